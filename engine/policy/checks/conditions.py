"""Conditions that can never hold, because they ask nothing."""

from collections.abc import Iterator
from decimal import Decimal

from engine.bpmn import Term
from engine.feel.syntax import tree
from engine.model import Finding, Sentence
from engine.policy.parts import Parts

#: What gives a number, a text, a moment, a list or the like, whatever the variables.
_NO_QUESTIONS = (
    tree.AtLiteral,
    tree.Negation,
    tree.Arithmetic,
    tree.ListOf,
    tree.RangeOf,
    tree.ContextOf,
    tree.For,
    tree.FunctionOf,
)


def condition_findings(parts: Parts) -> Iterator[Finding]:
    """Yield the conditions of flows and loops that never give true or false."""
    for process in parts.processes.values():
        for flow in process.flows.values():
            if _is_no_question(flow.test):
                yield _finding(process.file, flow.id, flow.test)
        for element in process.elements.values():
            completion = element.loop.completion if element.loop else None
            if _is_no_question(completion):
                yield _finding(process.file, element.id, completion)


def _is_no_question(term: Term | None) -> bool:
    return (
        term is not None
        and term.expression is not None
        and _gives_no_boolean(term.expression.tree)
    )


def _gives_no_boolean(node: tree.Node) -> bool:
    if isinstance(node, tree.Literal):
        return isinstance(node.value, Decimal | str)
    if isinstance(node, tree.If):
        return _gives_no_boolean(node.chosen) and _gives_no_boolean(node.otherwise)
    return isinstance(node, _NO_QUESTIONS)


def _finding(file: str, element: str, term: Term | None) -> Finding:
    return Finding(
        file=file,
        element=element,
        rule="condition-no-question",
        what=Sentence(
            "The condition {expression} is no question: it never gives true or false.",
            {"expression": term.source if term else ""},
        ),
        remedy=Sentence("Write a comparison, such as amount > 100."),
    )
