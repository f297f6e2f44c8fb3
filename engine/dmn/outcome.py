"""What a decision gives, and how it came to it."""

from dataclasses import dataclass

from engine.feel.run import Warning_
from engine.model import Json


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule whose conditions all held."""

    index: int  #: The row in its table, from one.
    rule_id: str
    annotations: tuple[str, ...]
    outputs: Json  #: By the names of the output columns.


@dataclass(frozen=True, slots=True)
class TableTrace:
    """A decision table that was carried out."""

    decision_id: str  #: Of the decision, or of the knowledge model.
    name: str
    file: str
    hit_policy: str
    inputs: Json  #: By what the input columns ask.
    rules: tuple[RuleHit, ...]  #: Those that hit, in the order in which they count.


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The value of a decision, and the tables that led to it, the innermost first."""

    value: Json
    tables: tuple[TableTrace, ...] = ()
    warnings: tuple[Warning_, ...] = ()
