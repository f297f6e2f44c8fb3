"""Decision tables as they are carried out, leaving a trace of the rules that hit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.dmn.logic.fitting import fit, fit_input
from engine.dmn.logic.hit_policies import (
    RANKED,
    SEVERAL,
    Hit,
    Undecided,
    decide,
    ranked,
    without_hits,
)
from engine.dmn.outcome import RuleHit, TableTrace
from engine.dmn.reading.elements import Rule
from engine.dmn.run import DecisionRun, shown
from engine.feel.compiling.code import Code, Place
from engine.feel.compiling.scope import Scope
from engine.feel.expression import Expression, UnaryTests
from engine.feel.run import Run
from engine.feel.types import FeelType
from engine.feel.values.kinds import FeelValue, kind_words

Condition: TypeAlias = UnaryTests | None  #: None: anything passes.


@dataclass(frozen=True, slots=True)
class Owner:
    """The decision or knowledge model whose logic something is."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class InputColumn:
    """What a table asks."""

    label: str  #: Unlike those of the table's other columns.
    expression: Expression | None
    type: FeelType
    allowed: Condition

    @property
    def source(self) -> str:
        """The text of what it asks."""
        return "" if self.expression is None else self.expression.source

    def value(self, scope: Scope) -> FeelValue:
        """Return the answer."""
        if self.expression is None:
            return None
        return self.fitted(self.expression.within(scope), scope)

    def fitted(self, value: FeelValue, scope: Scope) -> FeelValue:
        """Return *value* made to fit the type of the column."""
        return fit_input(value, self.type, scope.run, self.label)

    def allows(self, value: FeelValue, scope: Scope) -> bool:
        """Tell whether the answer is one that the table expects."""
        if self.allowed is None or value is None:
            return True
        items = value if isinstance(value, list) else [value]
        return all(self.allowed.within(scope, item) is True for item in items)


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """What a table concludes."""

    name: str
    label: str  #: What its head shows.
    type: FeelType
    order: Code | None  #: The list of its possible values.
    default: Code | None


@dataclass(frozen=True, slots=True)
class Row:
    """A rule."""

    index: int  #: From one.
    rule: Rule
    conditions: tuple[Condition, ...]
    conclusions: tuple[Expression | None, ...]  #: None: nothing is concluded.


#: A condition of a rule: its number among those of the table that differ, the number of
#: its column, and what it tests.
Check: TypeAlias = tuple[int, int, UnaryTests]


def checks_of(rows: Sequence[Row], width: int) -> tuple[tuple[Check, ...], ...]:
    """Return what is to be tested for each rule; equal cells of a column are one check.

    Args:
        rows: The rules.
        width: How many columns there are.
    """
    numbers: dict[tuple[int, str], int] = {}
    return tuple(
        tuple(
            (numbers.setdefault((at, condition.source), len(numbers)), at, condition)
            for at, condition in enumerate(row.conditions[:width])
            if condition is not None
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table, ready to be carried out."""

    element: str
    owner: Owner
    file: str
    policy: str
    aggregation: str | None
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
    checks: tuple[tuple[Check, ...], ...]  #: For each rule, as `checks_of` gives them.
    place: Place

    def evaluate(self, scope: Scope) -> FeelValue:
        """Return the conclusion; if the hit policy allows none, null with a warning."""
        values = [clause.value(scope) for clause in self.inputs]
        hits = self._hits(values, scope) if self._allowed(values, scope) else None
        self._record(values, hits or [], scope.run)
        if hits is None:
            return None
        if not hits:
            default = self._default(scope)
            return (
                without_hits(self.policy, self.aggregation) if default is None else default
            )
        try:
            return decide(self.policy, self.aggregation, hits, scope.run)
        except Undecided as reason:
            rules = ", ".join(str(hit.index) for hit in hits)
            self.place.warn(scope.run, reason.kind, reason.template, rules=rules)
            return None

    def _allowed(self, values: list[FeelValue], scope: Scope) -> bool:
        for clause, value in zip(self.inputs, values, strict=True):
            if not clause.allows(value, scope):
                self.place.warn(
                    scope.run,
                    "not-allowed",
                    "“{input}” has a value that the table does not allow: {value}.",
                    input=clause.label,
                    value=kind_words(value),
                )
                return False
        return True

    def _hits(self, values: list[FeelValue], scope: Scope) -> list[Hit]:
        hits = [
            Hit(row.index, row.rule, self._conclusion(row, scope))
            for row in self._matching(values, scope)
        ]
        if self.policy in RANKED and len(hits) > 1:
            orders = [
                None if out.order is None else out.order(scope) for out in self.outputs
            ]
            return ranked(hits, orders, scope.run)
        return hits

    def _matching(self, values: list[FeelValue], scope: Scope) -> Iterator[Row]:
        """Give the rules whose conditions all hold, each check being made once at most."""
        scope.run.spend(len(self.rows))
        passed: dict[int, bool] = {}
        for row, checks in zip(self.rows, self.checks, strict=True):
            for number, column, condition in checks:
                holds = passed.get(number)
                if holds is None:
                    holds = condition.within(scope, values[column]) is True
                    passed[number] = holds
                if not holds:
                    break
            else:
                yield row
                if self.policy == "FIRST":
                    return

    def _conclusion(self, row: Row, scope: Scope) -> dict[str, FeelValue]:
        return {
            output.name: None
            if conclusion is None
            else fit(conclusion.within(scope), output.type, scope.run, output.name)
            for output, conclusion in zip(self.outputs, row.conclusions, strict=False)
        }

    def _default(self, scope: Scope) -> FeelValue:
        if all(output.default is None for output in self.outputs):
            return None
        values = {
            output.name: None if output.default is None else output.default(scope)
            for output in self.outputs
        }
        result: FeelValue = next(iter(values.values())) if len(values) == 1 else values
        return [result] if self.policy in SEVERAL and not self.aggregation else result

    def _record(self, values: list[FeelValue], hits: list[Hit], run: Run) -> None:
        if not isinstance(run, DecisionRun):
            return
        inputs = {
            clause.label: shown(value, run)
            for clause, value in zip(self.inputs, values, strict=True)
        }
        rules = tuple(
            RuleHit(
                hit.index,
                hit.rule.element,
                hit.rule.annotations,
                {name: shown(value, run) for name, value in hit.outputs.items()},
            )
            for hit in hits
        )
        owner, policy = self.owner, self.policy
        run.record(TableTrace(owner.id, owner.name, self.file, policy, inputs, rules))
