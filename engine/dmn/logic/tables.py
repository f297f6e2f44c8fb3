"""Compiles decision tables (DMN 8), and finds what is wrong with their shape."""

from engine.dmn.logic.boxed import register
from engine.dmn.logic.builder import Builder
from engine.dmn.logic.hit_policies import AGGREGATIONS, POLICIES
from engine.dmn.logic.table import Condition, InputColumn, OutputColumn, Row, Table
from engine.dmn.reading.elements import DecisionTable, InputClause, OutputClause, Rule
from engine.feel.compiling.code import Code
from engine.feel.syntax.names import Names
from engine.model import Sentence

_ANYTHING = ("", "-")


@register(DecisionTable)
def _table(node: DecisionTable, builder: Builder, names: Names) -> Code:
    compiled = _Compiler(builder, names)
    inputs = tuple(compiled.input(at, node.inputs) for at in range(len(node.inputs)))
    outputs = tuple(compiled.output(clause) for clause in node.outputs)
    rows = tuple(
        compiled.row(index, rule) for index, rule in enumerate(node.rules, start=1)
    )
    _check(node, builder)
    if compiled.broken:
        return lambda scope: None
    table = Table(
        node.element,
        builder.owner,
        builder.file.file,
        node.hit_policy,
        node.aggregation,
        inputs,
        outputs,
        rows,
        builder.place,
    )
    builder.tables.append(table)
    return table.evaluate


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

    def input(self, at: int, clauses: tuple[InputClause, ...]) -> InputColumn:
        clause = clauses[at]
        expression = clause.expression
        alike = sum(1 for other in clauses[:at] if other.label == clause.label)
        return InputColumn(
            f"{clause.label} ({alike + 1})" if alike else clause.label,
            self._builder.literal(expression, self._names),
            self._builder.type(expression.type_ref if expression else None, clause.element),
            self._tests(clause.allowed, clause.element),
        )

    def output(self, clause: OutputClause) -> OutputColumn:
        allowed = clause.allowed
        item = self._builder.file.items.get(clause.type_ref or "")
        if allowed is None and item is not None:
            allowed = item.allowed
        order = None
        if allowed and allowed not in _ANYTHING:
            order = self._builder.expression(f"[{allowed}]", clause.element, self._names)
        default = clause.default
        return OutputColumn(
            clause.name,
            self._builder.type(clause.type_ref, clause.element),
            None if order is None else order.within,
            None if default is None else self._builder.literal(default, self._names),
        )

    def row(self, index: int, rule: Rule) -> Row:
        conditions = tuple(
            self._tests(text, rule.element, rule.line) for text in rule.inputs
        )
        return Row(
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
