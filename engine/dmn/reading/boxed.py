"""Reads boxed expressions and decision tables from XML."""

from collections.abc import Callable

from lxml import etree

from engine.dmn.reading.elements import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedList,
    Conditional,
    ContextEntry,
    DecisionTable,
    FunctionDefinition,
    InputClause,
    Invocation,
    Iteration,
    LiteralExpression,
    OutputClause,
    Relation,
    Rule,
    Typed,
    Unsupported,
)
from engine.dmn.reading.markup import child, children, line_of, name_of, tag, text_in
from engine.feel.syntax.names import plain

Node = etree._Element


def boxed_in(node: Node | None, around: str) -> Boxed | None:
    """Return the boxed expression directly in *node*, which belongs to *around*."""
    found = [] if node is None else [inner for inner in node if tag(inner) in _READERS]
    return boxed(found[0], around) if found else None


def boxed(node: Node, around: str) -> Boxed:
    """Return the boxed expression that *node* is."""
    element = node.get("id") or around
    read = _READERS.get(tag(node))
    if read is None:
        return Unsupported(element, line_of(node), None, tag(node))
    return read(node, element)


def _literal(node: Node, element: str) -> LiteralExpression:
    return LiteralExpression(
        element,
        line_of(node),
        node.get("typeRef"),
        text_in(node) or "",
    )


def _context(node: Node, element: str) -> BoxedContext:
    entries = tuple(
        ContextEntry(_variable(entry), boxed_in(entry, element))
        for entry in children(node, "contextEntry")
    )
    return BoxedContext(element, line_of(node), node.get("typeRef"), entries)


def _variable(entry: Node) -> Typed | None:
    variable = child(entry, "variable")
    if variable is None or variable.get("name") is None:
        return None
    return Typed(name_of(variable), variable.get("typeRef"))


def _invocation(node: Node, element: str) -> Invocation:
    bindings: list[tuple[str, Boxed | None]] = []
    for binding in children(node, "binding"):
        parameter = child(binding, "parameter")
        name = "" if parameter is None else name_of(parameter)
        bindings.append((name, boxed_in(binding, element)))
    return Invocation(
        element,
        line_of(node),
        node.get("typeRef"),
        boxed_in(node, element),
        tuple(bindings),
    )


def function_definition(node: Node, element: str) -> FunctionDefinition:
    """Return the function that *node* defines."""
    parameters = tuple(
        Typed(name_of(parameter), parameter.get("typeRef"))
        for parameter in children(node, "formalParameter")
    )
    return FunctionDefinition(
        element,
        line_of(node),
        node.get("typeRef"),
        node.get("kind", "FEEL"),
        parameters,
        boxed_in(node, element),
    )


def _relation(node: Node, element: str) -> Relation:
    columns = tuple(
        Typed(name_of(column), column.get("typeRef")) for column in children(node, "column")
    )
    rows = tuple(
        tuple(boxed(cell, element) for cell in row if tag(cell) in _READERS)
        for row in children(node, "row")
    )
    return Relation(element, line_of(node), node.get("typeRef"), columns, rows)


def _list(node: Node, element: str) -> BoxedList:
    items = tuple(boxed(item, element) for item in node if tag(item) in _READERS)
    return BoxedList(element, line_of(node), node.get("typeRef"), items)


def _conditional(node: Node, element: str) -> Conditional:
    return Conditional(
        element,
        line_of(node),
        node.get("typeRef"),
        boxed_in(child(node, "if"), element),
        boxed_in(child(node, "then"), element),
        boxed_in(child(node, "else"), element),
    )


def _filter(node: Node, element: str) -> BoxedFilter:
    return BoxedFilter(
        element,
        line_of(node),
        node.get("typeRef"),
        boxed_in(child(node, "in"), element),
        boxed_in(child(node, "match"), element),
    )


def _iteration(node: Node, element: str) -> Iteration:
    body = child(node, "return" if tag(node) == "for" else "satisfies")
    return Iteration(
        element,
        line_of(node),
        node.get("typeRef"),
        tag(node),
        plain(node.get("iteratorVariable", "")),
        boxed_in(child(node, "in"), element),
        boxed_in(body, element),
    )


def _table(node: Node, element: str) -> DecisionTable:
    return DecisionTable(
        element,
        line_of(node),
        node.get("typeRef"),
        node.get("hitPolicy", "UNIQUE").upper(),
        node.get("aggregation"),
        tuple(_input(clause, element) for clause in children(node, "input")),
        tuple(_output(clause, element) for clause in children(node, "output")),
        tuple(_rule(rule, element) for rule in children(node, "rule")),
    )


def _input(node: Node, around: str) -> InputClause:
    element = node.get("id") or around
    inner = child(node, "inputExpression")
    expression = None if inner is None else _literal(inner, inner.get("id") or element)
    label = node.get("label") or (expression.text if expression else "")
    return InputClause(element, label, expression, text_in(child(node, "inputValues")))


def _output(node: Node, around: str) -> OutputClause:
    element = node.get("id") or around
    inner = child(node, "defaultOutputEntry")
    name = name_of(node)
    return OutputClause(
        element,
        name,
        node.get("label") or name,
        node.get("typeRef"),
        text_in(child(node, "outputValues")),
        None if inner is None else _literal(inner, inner.get("id") or element),
    )


def _rule(node: Node, around: str) -> Rule:
    described = child(node, "description")
    notes = [] if described is None else [described.text]
    notes += [text_in(entry) for entry in children(node, "annotationEntry")]
    return Rule(
        node.get("id") or around,
        line_of(node),
        tuple(text_in(entry) or "" for entry in children(node, "inputEntry")),
        tuple(text_in(entry) or "" for entry in children(node, "outputEntry")),
        tuple(note.strip() for note in notes if note and note.strip()),
    )


_READERS: dict[str, Callable[[Node, str], Boxed]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": function_definition,
    "relation": _relation,
    "list": _list,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "every": _iteration,
    "some": _iteration,
    "decisionTable": _table,
}
