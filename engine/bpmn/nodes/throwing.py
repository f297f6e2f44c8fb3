"""Errors and escalations: who catches them, and what then happens.

They go outwards from the place where they are thrown, through embedded sub-processes
and called processes, to the nearest activity with a boundary event for their code. One
without a code catches what no other at the same activity does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from engine.bpmn.workflow import Token
from engine.model import Variables

Thrown = Literal["error", "escalation"]


@dataclass(frozen=True, slots=True)
class Catcher:
    """A boundary event that catches what is thrown inside its activity."""

    host: Token
    boundary: Any

    @property
    def interrupting(self) -> bool:
        """Whether the activity ends."""
        return bool(self.boundary.element.interrupting)


def find_catcher(
    token: Token, kind: Thrown, code: str | None, *, own: bool = False
) -> Catcher | None:
    """Return who catches *code* thrown at *token*; with *own*, its own border counts."""
    for host in _around(token, own):
        events = [
            event for event in host.task_spec.boundaries if event.element.event.kind == kind
        ]
        exact = [event for event in events if event.element.event.code == code]
        any_code = [event for event in events if event.element.event.code is None]
        for event in (*exact, *any_code):
            return Catcher(host, event)
    return None


def throw(catcher: Catcher, values: Variables | None = None) -> None:
    """Let *catcher* catch what was thrown; its activity ends where it interrupts."""
    tree = catcher.host.workflow
    if catcher.interrupting:
        tree.withdraw(catcher.host)
    catcher.boundary.occur(tree, values or {})


def _around(token: Token, own: bool) -> Iterator[Token]:
    """Yield the activities around *token*, innermost first."""
    place: Token | None = token if own else token.parent
    while place is not None:
        while place.parent is not None:
            yield place
            place = place.parent
        place = place.workflow.host
