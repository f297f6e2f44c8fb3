"""Which of the rules that hit give a table's result (DMN 8.2.8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.reading.elements import Rule
from engine.feel.builtins import BUILT_INS
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.comparison import equal, in_range
from engine.feel.values.kinds import FeelValue, Range

SEVERAL = frozenset(("COLLECT", "RULE ORDER", "OUTPUT ORDER"))  #: Give a list.
RANKED = frozenset(("PRIORITY", "OUTPUT ORDER"))  #: Sort by the order of output values.
POLICIES = frozenset(("UNIQUE", "ANY", "FIRST", "PRIORITY")) | SEVERAL
AGGREGATIONS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule whose conditions held, and what it concludes."""

    index: int  #: From one.
    rule: Rule
    outputs: dict[str, FeelValue]  #: By the names of the columns.

    @property
    def value(self) -> FeelValue:
        """The conclusion: that of a single column by itself."""
        if len(self.outputs) == 1:
            return next(iter(self.outputs.values()))
        return dict(self.outputs)


class Undecided(Exception):
    """The hit policy does not allow these hits.

    Args:
        kind: Of the warning.
        template: Of the warning.
    """

    def __init__(self, kind: str, template: str) -> None:
        self.kind, self.template = kind, template


def decide(policy: str, aggregation: str | None, hits: list[Hit], run: Run) -> FeelValue:
    """Return the result of a table in which at least one rule hit.

    Args:
        policy: One of `POLICIES`.
        aggregation: For COLLECT, one of `AGGREGATIONS`.
        hits: In the order in which they count.
        run: The account of the evaluation.

    Raises:
        Undecided: If the policy does not allow these hits; the result is null.
    """
    if policy == "UNIQUE" and len(hits) > 1:
        raise Undecided(
            "not-unique", "Only one rule of the table may hit, but these did: {rules}."
        )
    if policy == "ANY":
        _check_agreement(hits, run)
    if policy not in SEVERAL:
        return hits[0].value
    values = [hit.value for hit in hits]
    if policy == "COLLECT" and aggregation:
        return _aggregated(aggregation, hits, values, run)
    return values


def _check_agreement(hits: Sequence[Hit], run: Run) -> None:
    first = hits[0].value
    if any(equal(hit.value, first, run) is not True for hit in hits[1:]):
        raise Undecided(
            "not-agreeing",
            "Rules that hit together must conclude the same, but these did not: {rules}.",
        )


def _aggregated(
    aggregation: str, hits: Sequence[Hit], values: list[FeelValue], run: Run
) -> FeelValue:
    if aggregation != "COUNT" and len(hits[0].outputs) > 1:
        raise Undecided("not-aggregable", "Several columns together cannot be aggregated.")
    try:
        return BUILT_INS[AGGREGATIONS[aggregation]].invoke([values], run)
    except NoValue:
        raise Undecided(
            "not-aggregable",
            "The conclusions of these rules cannot be aggregated: {rules}.",
        ) from None


def without_hits(policy: str, aggregation: str | None) -> FeelValue:
    """Return the result of a table in which no rule hit and nothing is the default."""
    if policy not in SEVERAL:
        return None
    if aggregation == "COUNT":
        return Decimal(0)
    return None if aggregation else []


def ranked(hits: list[Hit], orders: Sequence[FeelValue], run: Run) -> list[Hit]:
    """Sort hits by where their conclusions stand among the output values.

    Args:
        hits: The hits.
        orders: For each column the output values, the most important first, or null.
        run: The account of the evaluation.
    """

    def rank(hit: Hit) -> list[int]:
        return [
            _place(value, order, run)
            for value, order in zip(hit.outputs.values(), orders, strict=True)
            if isinstance(order, list)
        ]

    return sorted(hits, key=rank)


def _place(value: FeelValue, order: list[FeelValue], run: Run) -> int:
    is_at: Callable[[FeelValue], bool] = lambda allowed: (  # noqa: E731
        equal(allowed, value, run) is True
        or (isinstance(allowed, Range) and in_range(value, allowed, run) is True)
    )
    return next((at for at, allowed in enumerate(order) if is_at(allowed)), len(order))
