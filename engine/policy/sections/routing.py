"""What policy.toml says of routing: how people may send work elsewhere by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.model import Sentence
from engine.policy.ids import listed_ids
from engine.policy.toml import Table, did_you_mean

Verb = Literal["return", "withdraw", "hand-on", "ask-opinion", "copy", "urge"]

VERBS: tuple[Verb, ...] = (
    "return",
    "withdraw",
    "hand-on",
    "ask-opinion",
    "copy",
    "urge",
)


@dataclass(frozen=True, slots=True)
class Routing:
    """What people may do with a task beside completing it."""

    allow: frozenset[Verb] = frozenset(VERBS)
    #: Whether a task may be handed on to whoever holds a role of it, in whatever unit.
    across_units: bool = False
    clauses: tuple[str, ...] = ()

    def allows(self, verb: Verb, properties: Mapping[str, str]) -> bool:
        """Tell whether that may be done with a task that has these properties."""
        narrowed = properties.get("routing")
        return verb in self.allow and (narrowed is None or verb in listed_ids(narrowed))


ANYTHING = Routing()


def read_routing(top: Table) -> Routing:
    """Return what ``[routing]`` says; everything is allowed where it says nothing."""
    table = top.table("routing")
    allow = table.texts("allow") if "allow" in table else VERBS
    for word in allow:
        if word not in VERBS:
            table.report(
                "allow",
                "routing-verb",
                Sentence(
                    "Expected one of {choices}, but it is {word}.",
                    {"choices": ", ".join(VERBS), "word": word},
                ),
                did_you_mean(word, VERBS),
            )
    routing = Routing(
        allow=frozenset(verb for verb in VERBS if verb in allow),
        across_units=table.flag("across-units"),
        clauses=table.texts("clauses"),
    )
    table.close()
    return routing
