"""Moves a task that waits back to an earlier one of the same scope.

What is safe it is told: it knows where the tokens of the scope are, and asks whether they
could be there together after the move.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from engine.bpmn.nodes import Node
from engine.bpmn.nodes.node import top_of
from engine.bpmn.nodes.tasks import UserTaskNode
from engine.bpmn.phases import FLOW, INCIDENT, JOINING, PHASE, WATCHING
from engine.bpmn.workflow import ROOT, Token
from engine.model import InvalidState, NotFound


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token is, as a diagram shows it."""

    element: str
    #: At a join that holds it back for others: the element that it came from.
    source: str | None = None
    #: Whether everything may still happen that can happen beside the element.
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a task stands, and what else is in its scope."""

    file: str  #: Of the diagram.
    scope: str  #: Id of the process or sub-process that it lies in.
    element: str
    others: tuple[Place, ...]

    def after(self, target: str) -> tuple[Place, ...]:
        """Return where the tokens are once the task has gone back to *target*."""
        return (*self.others, Place(target, is_new=True))


#: Tells whether tokens may be at places: the diagram's file, the scope's id, the places.
Judge: TypeAlias = Callable[[str, str, tuple[Place, ...]], bool]


def standing_of(token: Token) -> Standing:
    """Return where the task at *token* stands.

    Raises:
        InvalidState: If it is one that can go nowhere else.
    """
    node, tree = token.task_spec, token.workflow
    if token._parent != ROOT:
        raise InvalidState(
            "Expected a step that is done once, but {task} is done several times, and"
            " cannot be returned for one of them.",
            task=node.element.name or node.element.id,
        )
    if tree.is_undoing:
        raise InvalidState(
            "Expected a step on the way of the case, but {task} undoes another one.",
            task=node.element.name or node.element.id,
        )
    others = [each for each in tree.task_tree.children if each is not token]
    for other in others:
        if INCIDENT in other.internal_data:
            raise InvalidState(
                "Expected the case to be on its way, but it is stopped at {place};"
                " operations has to see to that first.",
                place=other.task_spec.element.name or other.task_spec.element.id,
            )
    return Standing(
        file=node.element.file,
        scope=tree.spec.name,
        element=node.element.id,
        others=tuple(_places(others)),
    )


def send_back(token: Token, target: str, judge: Judge) -> None:
    """Let the task *target* wait again in place of the one at *token*.

    Raises:
        NotFound: If the scope has no such user task.
        InvalidState: If the diagram could never stand so.
    """
    standing = standing_of(token)
    tree, node = token.workflow, token.task_spec
    onto = tree.spec.task_specs.get(target)
    if not isinstance(onto, UserTaskNode) or onto.element.for_compensation:
        raise NotFound(
            "Expected a task that {task} can be returned to, but {target} is none.",
            task=node.element.name or node.element.id,
            target=target,
        )
    if not judge(standing.file, standing.scope, standing.after(target)):
        raise InvalidState(
            "Expected {task} to be returned without disturbing the rest of the case, but"
            " from {target} on its paths could no longer come together. Choose a later"
            " step.",
            task=node.element.name or node.element.id,
            target=onto.element.name or target,
        )
    arrived = tree.put(onto)
    _take_away(token)
    onto._update(arrived)


def _take_away(token: Token) -> None:
    """Take *token* away with the events that watch it; it was returned, not completed."""
    node: Node = token.task_spec
    top_of(token).log.close(token.id)
    for child in token.children:
        token.workflow.withdraw(child)
    node.record(token, "returned")
    token.workflow.forget(token)


def _places(tokens: list[Token]) -> Iterator[Place]:
    """Yield where *tokens* are, without what goes on beside the flow of the scope."""
    for token in tokens:
        node, notes = token.task_spec, token.internal_data
        if notes.get(PHASE) == WATCHING or node.element.event_sub:
            continue
        if notes.get(PHASE) == JOINING:
            flow = next(each for each in node.incoming if each.id == notes[FLOW])
            yield Place(node.element.id, source=flow.source)
        else:
            yield Place(node.element.id, is_new=_is_watched(token))


def _is_watched(token: Token) -> bool:
    """Tell whether something may yet happen at *token* that does not end it."""
    watchers = {
        child.task_spec
        for child in token.children
        if child.internal_data.get(PHASE) == WATCHING
    }
    return any(
        event in watchers or event.element.event.kind == "escalation"
        for event in token.task_spec.boundaries
        if not event.element.interrupting
    )
