"""Conditional events: what they wait for depends on variables."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.feel.syntax import tree
from engine.model import Sentence

_CLOCKS = frozenset({"now", "today"})


def check_condition(element: ElementInfo) -> Iterator[Problem]:
    """Yield a problem where the event *element* would have to be told of passing time."""
    condition = element.event.condition
    if condition is None or condition.test.expression is None:
        return
    clocks = sorted(_CLOCKS & set(_called(condition.test.expression.tree)))
    if clocks:
        yield at(
            element,
            "bpmn-conditional-clock",
            Sentence(
                "Expected a condition that depends on variables, since only their changes "
                "are noticed, but it asks for {clock}().",
                {"clock": clocks[0]},
            ),
            Sentence("Wait for a time with a timer event."),
        )


def _called(node: tree.Node) -> Iterator[str]:
    """Yield the names of the functions that *node* calls."""
    if isinstance(node, tree.Call | tree.NamedCall) and isinstance(
        node.function, tree.Name
    ):
        yield node.function.name
    for child in node.children():
        yield from _called(child)
