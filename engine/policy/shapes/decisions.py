"""What decisions give: the columns of tables, and the values in their cells."""

from collections.abc import Iterator

from engine.dmn import DecisionModel
from engine.dmn.reading.elements import (
    Boxed,
    BoxedContext,
    Decision,
    DecisionTable,
    LiteralExpression,
    OutputClause,
)
from engine.feel import FeelError, parse_expression
from engine.feel.shapes import (
    ANY,
    NUMBER,
    Known,
    Shape,
    context_of,
    list_of,
    shape_of,
    union,
)

_SEVERAL = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")


def shape_of_decision(model: DecisionModel | None, decision_id: str | None) -> Shape:
    """Return what the decision gives, or null where none of its rules fits."""
    for decision in decisions_of(model):
        if decision.id == decision_id:
            return _shape(decision.body).or_null
    return ANY


def decisions_of(model: DecisionModel | None) -> Iterator[Decision]:
    """Yield the decisions of all files."""
    for file in () if model is None else model.files:
        for element in file.elements:
            if isinstance(element, Decision):
                yield element


def _shape(body: Boxed | None) -> Shape:
    if isinstance(body, DecisionTable):
        return _of_table(body)
    if isinstance(body, LiteralExpression):
        return _of_text(body.text)
    if isinstance(body, BoxedContext):
        return _of_context(body)
    return ANY


def _of_context(body: BoxedContext) -> Shape:
    members: dict[str, Shape] = {}
    for entry in body.entries:
        if entry.variable is None:
            return ANY  # The last entry is the result.
        members[entry.variable.name] = _shape(entry.value).or_null
    return context_of(members)


def _of_table(table: DecisionTable) -> Shape:
    if table.aggregation is not None:
        return ANY if table.aggregation != "COUNT" else NUMBER
    columns = {
        output.name: _of_column(table, at, output)
        for at, output in enumerate(table.outputs)
    }
    row = context_of(columns)
    if len(table.outputs) == 1:
        row = next(iter(columns.values()))
    return list_of(row) if table.hit_policy in _SEVERAL else row


def _of_column(table: DecisionTable, at: int, output: OutputClause) -> Shape:
    texts = [rule.outputs[at] for rule in table.rules if at < len(rule.outputs)]
    if output.default is not None:
        texts.append(output.default.text)
    return union(_of_text(text) for text in texts).or_null


def _of_text(text: str) -> Shape:
    if text.strip() in ("", "-"):
        return shape_of(parse_expression("null").tree, Known())
    try:
        return shape_of(parse_expression(text).tree, Known()).stored
    except FeelError:
        return ANY
