"""Errors and escalations: who catches them, and what then happens.

They go outwards from the place where they are thrown. In each scope the event
sub-processes come first, then the boundary events of the activity around it. One without
a code catches what no other at the same place does.
"""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.bpmn.workflow import Token, TokenTree
from engine.model import Variables

Thrown = Literal["error", "escalation"]


@dataclass(frozen=True, slots=True)
class Catcher:
    """An event that catches what is thrown: it lies in `tree`."""

    tree: TokenTree
    event: Any

    @property
    def interrupting(self) -> bool:
        """Whether what is around the thrower ends."""
        return bool(self.event.element.interrupting)

    @abstractmethod
    def catch(self, values: Variables) -> None:
        """Let the event happen."""


@dataclass(frozen=True, slots=True)
class BorderCatcher(Catcher):
    """A boundary event, which catches what is thrown inside its activity."""

    host: Token

    def catch(self, values: Variables) -> None:
        """Go along the flow of the event; the activity ends where it interrupts."""
        if self.interrupting:
            self.tree.withdraw(self.host)
        self.event.occur(self.tree, values)


@dataclass(frozen=True, slots=True)
class ScopeCatcher(Catcher):
    """An event sub-process, which catches what is thrown in its scope."""

    def catch(self, values: Variables) -> None:
        """Begin the event sub-process; the rest of the scope ends where it interrupts."""
        self.event.occur(self.tree, values)


def find_catcher(
    token: Token, kind: Thrown, code: str | None, *, own: bool = False
) -> Catcher | None:
    """Return who catches *code* thrown at *token*; with *own*, its own border counts."""
    for catchers in _around(token, own):
        found = [one for one in catchers if one.event.element.event.kind == kind]
        exact = [one for one in found if one.event.element.event.code == code]
        any_code = [one for one in found if one.event.element.event.code is None]
        for catcher in (*exact, *any_code):
            return catcher
    return None


def throw(catcher: Catcher, values: Variables | None = None) -> None:
    """Let *catcher* catch what was thrown."""
    catcher.catch(values or {})


def _around(token: Token, own: bool) -> Iterator[list[Catcher]]:
    """Yield the events at each place around *token*, innermost first."""
    place: Token | None = token
    while place is not None:
        tree: TokenTree = place.workflow
        if own or place is not token:
            yield [
                BorderCatcher(tree, event, place) for event in place.task_spec.boundaries
            ]
        if place.parent is tree.task_tree:
            yield list(_of_scope(tree, place))
            place = tree.host
        else:
            place = place.parent


def _of_scope(tree: TokenTree, inside: Token) -> Iterator[Catcher]:
    """Yield the event sub-processes of *tree* but the one that *inside* is.

    None is left when an interrupting one is under way.
    """
    watches = () if tree.is_undoing else tree.spec.watches
    ending = {watch.sub for watch in watches if watch.element.interrupting}
    if not watches or any(child.task_spec in ending for child in tree.task_tree.children):
        return
    for watch in watches:
        if watch.sub is not inside.task_spec:
            yield ScopeCatcher(tree, watch)
