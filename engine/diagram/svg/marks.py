"""Marks on a drawing that say how far a case has come, readable without colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagram.drawing import Shape
from engine.diagram.geometry import Point
from engine.diagram.svg.markup import circle, lettering, number, path, tag
from engine.diagram.text import LINE
from engine.model import Sentence

State = Literal["done", "present", "waiting", "incident", "cancelled", "untaken"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the case has come at an element."""

    state: State
    note: str | None = None  #: Who and when, in the reader's language; hover and print.


WORDS: Mapping[State, Sentence] = {
    "done": Sentence("done"),
    "present": Sentence("the case is here"),
    "waiting": Sentence("waiting for a time"),
    "incident": Sentence("stopped by an incident"),
    "cancelled": Sentence("cancelled"),
    "untaken": Sentence("not taken"),
}

_SIGNS: Mapping[State, str] = {
    "done": "M-4.5 0.2L-1.4 3.4 4.5-3.4",
    "present": "M-3-4.5L4.5 0-3 4.5z",
    "waiting": "M0-5V0H3.5",
    "incident": "M0-5V1.2M0 3.6v1.4",
    "cancelled": "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
}


def draw_mark(shape: Shape, mark: Mark) -> str:
    """Return the badge of *mark* and its note at *shape*."""
    return _badge(shape, mark.state) + _note(shape, mark.note)


def _badge(shape: Shape, state: State) -> str:
    if state not in _SIGNS:
        return ""
    box = shape.box
    inset = 0.0 if box.width > 60 else box.width * 0.15
    place = Point(box.right - inset, box.y + inset)
    ground = (
        path("M0-11.5L11 8H-11z", "bpmn-badge")
        if state == "incident"
        else circle(Point(0, 0), 9, "bpmn-badge")
    )
    solid = " bpmn-badge-solid" if state == "present" else ""
    sign = path(_SIGNS[state], f"bpmn-badge-sign{solid}")
    return tag(
        "g",
        ground + sign,
        transform=f"translate({number(place.x)} {number(place.y)})",
    )


def _note(shape: Shape, note: str | None) -> str:
    if not note:
        return ""
    lines = note.splitlines()
    top = shape.box.y - 2 - LINE * len(lines)
    return lettering(lines, shape.box.cx, top, "bpmn-note")
