"""Compiles decision tables (DMN 8), and finds what is wrong with their shape."""

from engine.dmn.logic.boxed import register
from engine.dmn.logic.builder import Builder, nothing
from engine.dmn.logic.shape import check_shape, fits, fits_aggregation, is_too_large
from engine.dmn.logic.table import (
    Condition,
    InputColumn,
    OutputColumn,
    Row,
    Table,
    checks_of,
)
from engine.dmn.reading.elements import (
    DecisionTable,
    InputClause,
    LiteralExpression,
    OutputClause,
    Rule,
)
from engine.feel.compiling.code import Code
from engine.feel.expression import Expression, UnaryTests
from engine.feel.syntax.names import Names
from engine.model import Sentence

_ANYTHING = ("", "-")


@register(DecisionTable)
def _table(node: DecisionTable, builder: Builder, names: Names) -> Code:
    if is_too_large(node, builder):
        return nothing
    compiled = _Compiler(builder, names)
    inputs = tuple(compiled.input(at, node.inputs) for at in range(len(node.inputs)))
    outputs = tuple(compiled.output(clause) for clause in node.outputs)
    rows = tuple(
        compiled.row(index, rule, node) for index, rule in enumerate(node.rules, start=1)
    )
    check_shape(node, outputs, builder)
    if compiled.broken:
        return nothing
    table = Table(
        node.element,
        builder.owner,
        builder.file.file,
        node.hit_policy,
        node.aggregation,
        inputs,
        outputs,
        rows,
        checks_of(rows, len(inputs)),
        builder.place,
    )
    if all(fits(node, rule) for rule in node.rules):
        builder.tables.append(table)
    return table.evaluate


class _Compiler:
    def __init__(self, builder: Builder, names: Names) -> None:
        self._builder, self._names = builder, names
        #: Cells that are written alike are one.
        self._known: dict[str, UnaryTests] = {}
        self._concluded: dict[str, Expression] = {}
        self.broken = False  #: Whether a condition cannot be carried out.
        self.unread = False  #: Whether a conclusion cannot be.

    def _tests(self, text: str | None, element: str, line: int | None = None) -> Condition:
        if text is None or text in _ANYTHING:
            return None
        if text not in self._known:
            tests = self._builder.tests(text, element, self._names, line)
            if tests is None:
                self.broken = True
                return None
            self._known[text] = tests
        return self._known[text]

    def input(self, at: int, clauses: tuple[InputClause, ...]) -> InputColumn:
        clause = clauses[at]
        expression = clause.expression
        alike = sum(1 for other in clauses[:at] if other.label == clause.label)
        return InputColumn(
            f"{clause.label} ({alike + 1})" if alike else clause.label,
            self._asked(expression),
            self._builder.type(expression.type_ref if expression else None, clause.element),
            self._tests(clause.allowed, clause.element),
        )

    def _asked(self, literal: LiteralExpression | None) -> Expression | None:
        if literal is None or not literal.text:
            return None
        return self._builder.expression(
            literal.text, literal.element, self._names, literal.line
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
            clause.label,
            self._builder.type(clause.type_ref, clause.element),
            None if order is None else order.within,
            None if default is None else self._builder.literal(default, self._names),
        )

    def row(self, index: int, rule: Rule, node: DecisionTable) -> Row:
        conditions = tuple(
            self._tests(text, rule.element, rule.line) for text in rule.inputs
        )
        conclusions = [self._conclusion(text, rule) for text in rule.outputs]
        if len(conclusions) == len(node.outputs) == 1:
            self._check_aggregation(index, rule, conclusions[0], node)
        return Row(index, rule, conditions, tuple(conclusions))

    def _conclusion(self, text: str, rule: Rule) -> Expression | None:
        if text in _ANYTHING:
            return None
        if text not in self._concluded:
            found = self._builder.expression(text, rule.element, self._names, rule.line)
            if found is None:
                self.unread = True
                return None
            self._concluded[text] = found
        return self._concluded[text]

    def _check_aggregation(
        self, index: int, rule: Rule, conclusion: Expression | None, node: DecisionTable
    ) -> None:
        if self.unread or fits_aggregation(node, conclusion):
            return
        self._builder.problem(
            rule.element,
            "dmn-aggregated",
            Sentence(
                "{name} cannot aggregate what rule {rule} concludes: {conclusion}.",
                {
                    "name": node.aggregation,
                    "rule": index,
                    "conclusion": rule.outputs[0] or "–",
                },
            ),
            Sentence("Conclude a value that can be aggregated, or choose another policy."),
            rule.line,
        )
