"""Conditions that are no question, and comparisons that never hold."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo, Term
from engine.dmn.reading.elements import DecisionTable
from engine.feel import FeelError, parse_expression, parse_unary_tests
from engine.feel.shapes import (
    Doubt,
    Known,
    Shape,
    doubts_of,
    doubts_of_tests,
    kinds_in_words,
    shape_of,
)
from engine.feel.syntax import tree
from engine.model import Finding, Sentence
from engine.policy.parts import Parts
from engine.policy.readings import readings
from engine.policy.shapes import variables_of
from engine.policy.shapes.decisions import decisions_of, shape_of_decision
from engine.policy.shapes.forms import within_form
from engine.policy.toml import did_you_mean

_NO_QUESTION = "condition-no-question"


def condition_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what can never be true, or is neither true nor false, wherever it stands."""
    known = variables_of(parts).known
    conditions: set[tuple[str, str | None, str]] = set()
    for file, element, term in _conditions(parts):
        if term.expression is not None and _is_no_question(term.expression.tree, known):
            conditions.add((file, element, term.source))
            yield _no_question(file, element, term, known)
    told: set[tuple[str, str | None, str]] = set()
    for reading in readings(parts):
        inner = within_form(parts, reading.file, known)
        source = reading.expression.source.strip()
        if (reading.file, reading.element, f"={source}") in conditions:
            continue
        for doubt in doubts_of(reading.expression.tree, inner):
            key = (reading.file, reading.element, f"{source} {doubt.what}")
            if key not in told:
                told.add(key)
                yield _finding(reading.file, reading.element, source, doubt)
    yield from _in_tables(parts, known)


def _conditions(parts: Parts) -> Iterator[tuple[str, str, Term]]:
    for process in parts.processes.values():
        for flow in process.flows.values():
            if flow.test is not None:
                yield process.file, flow.id, flow.test
        for element in process.elements.values():
            for term in _conditions_of(element):
                yield process.file, element.id, term


def _conditions_of(element: ElementInfo) -> Iterator[Term]:
    if element.loop is not None and element.loop.completion is not None:
        yield element.loop.completion
    if element.repeat is not None and element.repeat.condition is not None:
        yield element.repeat.condition
    if element.event.condition is not None:
        yield element.event.condition.test


def _is_no_question(node: tree.Node, known: Known) -> bool:
    shape = shape_of(node, known)
    return bool(shape.kinds) and not shape.may_be("boolean")


def _no_question(file: str, element: str | None, term: Term, known: Known) -> Finding:
    expression = term.expression
    shape = shape_of(expression.tree, known) if expression else Shape()
    return Finding(
        file=file,
        element=element,
        rule=_NO_QUESTION,
        what=Sentence(
            "The condition {expression} is no question: it gives {kinds}, and never true "
            "or false.",
            {"expression": term.source, "kinds": kinds_in_words(shape)},
        ),
        remedy=Sentence("Write a comparison, such as amount > 100."),
    )


def _in_tables(parts: Parts, known: Known) -> Iterator[Finding]:
    """Yield the cells of tables that compare a variable with what it never is."""
    results = {
        decision.name: shape_of_decision(parts.decisions, decision.id).or_null
        for decision in decisions_of(parts.decisions)
    }
    for file in () if parts.decisions is None else parts.decisions.files:
        for decision in decisions_of(parts.decisions):
            if decision in file.elements and isinstance(decision.body, DecisionTable):
                yield from _in_table(file.file, decision.body, known.within(results))


def _in_table(file: str, table: DecisionTable, known: Known) -> Iterator[Finding]:
    for at, column in enumerate(table.inputs):
        text = column.expression.text if column.expression else ""
        shape = _column_shape(text, known)
        if column.expression is None or column.expression.type_ref not in _SAME_AS_STORED:
            continue
        for rule in table.rules:
            cell = rule.inputs[at] if at < len(rule.inputs) else "-"
            for doubt in _of_cell(cell, shape, text):
                yield _finding(file, rule.element, cell.strip(), doubt)


#: Declared types of columns for which a variable is taken as it is.
_SAME_AS_STORED = (None, "", "Any", "string", "number", "boolean")


def _column_shape(text: str, known: Known) -> Shape:
    try:
        return shape_of(parse_expression(text).tree, known)
    except FeelError:
        return Shape()


def _of_cell(cell: str, shape: Shape, name: str) -> list[Doubt]:
    try:
        return list(doubts_of_tests(parse_unary_tests(cell).tree, shape, name.strip()))
    except FeelError:
        return []  # Told by the reading of the table.


def _finding(file: str, element: str | None, source: str, doubt: Doubt) -> Finding:
    return Finding(
        file=file,
        element=element,
        rule=doubt.rule,
        what=Sentence(
            "In the expression {expression}: {doubt}",
            {"expression": source, "doubt": doubt.what},
        ),
        remedy=_remedy(doubt),
        severity="warning",
    )


def _remedy(doubt: Doubt) -> Sentence:
    if doubt.known:
        return did_you_mean(doubt.word, doubt.known)
    if doubt.rule == _NO_QUESTION:
        return Sentence("Write a comparison, such as amount > 100.")
    return Sentence(
        "Correct it: texts stand in double quotes and numbers do not, the lower end of a "
        "range stands first, and null is asked for with = null."
    )
