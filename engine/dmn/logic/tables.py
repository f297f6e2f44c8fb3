"""Compiles decision tables (DMN 8) to code that leaves a trace of the rules that hit."""

from dataclasses import dataclass
from typing import TypeAlias

from engine.dmn.logic.boxed import register
from engine.dmn.logic.builder import Builder, Owner
from engine.dmn.logic.fitting import fit, fit_input
from engine.dmn.logic.hit_policies import (
    AGGREGATIONS,
    POLICIES,
    RANKED,
    SEVERAL,
    Hit,
    Undecided,
    decide,
    ranked,
    without_hits,
)
from engine.dmn.outcome import RuleHit, TableTrace
from engine.dmn.reading.elements import DecisionTable, InputClause, OutputClause, Rule
from engine.dmn.run import DecisionRun, shown
from engine.feel.compiling.code import Code, Place
from engine.feel.compiling.scope import Scope
from engine.feel.expression import UnaryTests
from engine.feel.run import Run
from engine.feel.syntax.names import Names
from engine.feel.types import FeelType
from engine.feel.values.kinds import FeelValue, kind_words
from engine.model import Sentence

_ANYTHING = ("", "-")
Condition: TypeAlias = UnaryTests | None  #: None: anything passes.


@dataclass(frozen=True, slots=True)
class _Input:
    label: str
    code: Code
    type: FeelType
    allowed: Condition

    def value(self, scope: Scope) -> FeelValue:
        return fit_input(self.code(scope), self.type, scope.run, self.label)

    def allows(self, value: FeelValue, scope: Scope) -> bool:
        if self.allowed is None or value is None:
            return True
        items = value if isinstance(value, list) else [value]
        return all(self.allowed.within(scope, item) is True for item in items)


@dataclass(frozen=True, slots=True)
class _Output:
    name: str
    type: FeelType
    order: Code | None  #: The list of its possible values.
    default: Code | None


@dataclass(frozen=True, slots=True)
class _Row:
    index: int
    rule: Rule
    conditions: tuple[Condition, ...]
    outputs: tuple[Code, ...]

    def hits(self, inputs: list[FeelValue], scope: Scope) -> bool:
        scope.run.spend()
        return all(
            condition is None or condition.within(scope, value) is True
            for condition, value in zip(self.conditions, inputs, strict=False)
        )


@dataclass(frozen=True, slots=True)
class _Table:
    owner: Owner
    file: str
    policy: str
    aggregation: str | None
    inputs: tuple[_Input, ...]
    outputs: tuple[_Output, ...]
    rows: tuple[_Row, ...]
    place: Place

    def evaluate(self, scope: Scope) -> FeelValue:
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
        hits: list[Hit] = []
        for row in self.rows:
            if row.hits(values, scope):
                hits.append(Hit(row.index, row.rule, self._conclusion(row, scope)))
                if self.policy == "FIRST":
                    break
        if self.policy in RANKED and len(hits) > 1:
            orders = [
                None if out.order is None else out.order(scope) for out in self.outputs
            ]
            return ranked(hits, orders, scope.run)
        return hits

    def _conclusion(self, row: _Row, scope: Scope) -> dict[str, FeelValue]:
        return {
            output.name: fit(code(scope), output.type, scope.run, output.name)
            for output, code in zip(self.outputs, row.outputs, strict=False)
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


@register(DecisionTable)
def _table(node: DecisionTable, builder: Builder, names: Names) -> Code:
    compiled = _Compiler(builder, names)
    inputs = tuple(compiled.input(clause) for clause in node.inputs)
    outputs = tuple(compiled.output(clause) for clause in node.outputs)
    rows = tuple(
        compiled.row(index, rule) for index, rule in enumerate(node.rules, start=1)
    )
    _check(node, builder)
    if compiled.broken:
        return lambda scope: None
    return _Table(
        builder.owner,
        builder.file.file,
        node.hit_policy,
        node.aggregation,
        inputs,
        outputs,
        rows,
        builder.place,
    ).evaluate


class _Compiler:
    def __init__(self, builder: Builder, names: Names) -> None:
        self._builder, self._names = builder, names
        self.broken = False  #: Whether a condition cannot be carried out.

    def _tests(self, text: str | None, element: str, line: int | None = None) -> Condition:
        if text is None or text in _ANYTHING:
            return None
        tests = self._builder.tests(text, element, self._names, line)
        self.broken |= tests is None
        return tests

    def input(self, clause: InputClause) -> _Input:
        expression = clause.expression
        return _Input(
            clause.label,
            self._builder.literal(expression, self._names),
            self._builder.type(expression.type_ref if expression else None, clause.element),
            self._tests(clause.allowed, clause.element),
        )

    def output(self, clause: OutputClause) -> _Output:
        allowed = clause.allowed
        item = self._builder.file.items.get(clause.type_ref or "")
        if allowed is None and item is not None:
            allowed = item.allowed
        order = None
        if allowed and allowed not in _ANYTHING:
            order = self._builder.expression(f"[{allowed}]", clause.element, self._names)
        default = clause.default
        return _Output(
            clause.name,
            self._builder.type(clause.type_ref, clause.element),
            None if order is None else order.within,
            None if default is None else self._builder.literal(default, self._names),
        )

    def row(self, index: int, rule: Rule) -> _Row:
        conditions = tuple(
            self._tests(text, rule.element, rule.line) for text in rule.inputs
        )
        return _Row(
            index,
            rule,
            conditions,
            tuple(self._conclusion(text, rule) for text in rule.outputs),
        )

    def _conclusion(self, text: str, rule: Rule) -> Code:
        if not text or text == "-":
            return lambda scope: None
        expression = self._builder.expression(text, rule.element, self._names, rule.line)
        return (lambda scope: None) if expression is None else expression.within


def _check(node: DecisionTable, builder: Builder) -> None:
    remedy = Sentence("Choose another hit policy for the table.")
    if node.hit_policy not in POLICIES:
        what = Sentence("There is no hit policy “{policy}”.", {"policy": node.hit_policy})
        builder.problem(node.element, "dmn-hit-policy", what, remedy, node.line)
    if node.aggregation is not None and node.aggregation not in AGGREGATIONS:
        what = Sentence("There is no aggregation “{name}”.", {"name": node.aggregation})
        builder.problem(node.element, "dmn-aggregation", what, remedy, node.line)
    if not node.outputs:
        builder.problem(
            node.element,
            "dmn-no-output",
            Sentence("The table concludes nothing."),
            Sentence("Give the table an output column."),
            node.line,
        )
    names = [output.name for output in node.outputs]
    if len(names) > 1 and len(set(names)) < len(names):
        builder.problem(
            node.element,
            "dmn-output-names",
            Sentence("Several output columns have the same name, or none."),
            Sentence("Give each output column a name of its own."),
            node.line,
        )
    _check_rules(node, builder)


def _check_rules(node: DecisionTable, builder: Builder) -> None:
    wanted = (len(node.inputs), len(node.outputs))
    for index, rule in enumerate(node.rules, start=1):
        if (len(rule.inputs), len(rule.outputs)) != wanted:
            builder.problem(
                rule.element,
                "dmn-cells",
                Sentence(
                    "Rule {rule} does not have a cell for each column.", {"rule": index}
                ),
                Sentence("Give the rule one cell for each column of the table."),
                rule.line,
            )
