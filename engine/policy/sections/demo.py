"""What policy.toml says of demo data: how many cases, which ways they take, how late."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model import Sentence
from engine.policy.toml import Table

_MOST_MONTHLY = 200
_MOST_WEIGHT = 1000
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Demo:
    """How a year of made-up cases looks; what is not said is left to chance."""

    monthly: int = 3  #: Cases that come in a month on the average.
    late: int = 8  #: Of a hundred deadlines, those that are missed.
    #: How often the ways of these scenarios are taken, beside each other; 0: never.
    scenarios: Mapping[str, int] = field(default_factory=dict)
    #: How often a variable has a value, beside its others: causes, for the hot spots.
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: How much happens in a unit, beside the others of its kind; not said: 1.
    units: Mapping[str, int] = field(default_factory=dict)
    #: Of a hundred deadlines, those that a unit misses, where it is not as the others.
    late_units: Mapping[str, int] = field(default_factory=dict)


USUAL = Demo()


def read_demo(top: Table) -> Demo:
    """Return what ``[demo]`` says; the usual year where there is no such section."""
    table = top.table("demo")
    listed = table.table("values")
    names = [name for name, _ in listed.entries()]
    demo = Demo(
        monthly=table.whole("monthly", USUAL.monthly, least=0, most=_MOST_MONTHLY),
        late=table.whole("late", USUAL.late, least=0, most=_PERCENT),
        scenarios=_weights(table, "scenarios"),
        values={name: _weights(listed, name) for name in names},
        units=_weights(table, "units"),
        late_units=_weights(table, "late-units", most=_PERCENT),
    )
    table.close()
    return demo


def _weights(table: Table, key: str, most: int = _MOST_WEIGHT) -> dict[str, int]:
    """Return the whole numbers by name in the table at *key*."""
    found = {}
    for name, weight in table.values(key).items():
        if isinstance(weight, int) and not isinstance(weight, bool) and weight >= 0:
            found[name] = min(weight, most)
            continue
        table.report(
            key,
            "demo-weight",
            Sentence(
                "Expected a whole number from 0 on for {name}, but it is {value}.",
                {"name": name, "value": str(weight)},
            ),
            Sentence("Write how often it comes, beside the others."),
        )
    return found
