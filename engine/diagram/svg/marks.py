"""Marks on a drawing that say how far a case has come, readable without colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagram.drawing import Shape
from engine.diagram.geometry import Point
from engine.diagram.labels import shape_lettering
from engine.diagram.notation import ACTIVITIES
from engine.diagram.svg.markup import circle, lettering, number, path, tag
from engine.diagram.text import block_size, wrap
from engine.model import Sentence

NOTE = 10.0  #: Height of the letters of a note.
NOTE_WIDTH = 68.0  #: Notes break here, so that they fit beside the sign of a task.
BESIDE_ICON = 26.0  #: Where the note of a task begins, right of its sign.
State = Literal["done", "present", "waiting", "incident", "cancelled", "untaken", "cited"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the case has come at an element, or that a clause is carried out there."""

    state: State
    note: str | None = None  #: When and who, a line each, for hover and print.


WORDS: Mapping[State, Sentence] = {
    "done": Sentence("done"),
    "present": Sentence("the case is here"),
    "waiting": Sentence("waiting for a time"),
    "incident": Sentence("stopped by an incident"),
    "cancelled": Sentence("cancelled"),
    "untaken": Sentence("not taken"),
    "cited": Sentence("the clause is carried out here"),
}

_SIGNS: Mapping[State, str] = {
    "done": "M-4.5 0.2L-1.4 3.4 4.5-3.4",
    "present": "M-3-4.5L4.5 0-3 4.5z",
    "waiting": "M0-5V0H3.5",
    "incident": "M0-5V1.2M0 3.6v1.4",
    "cancelled": "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
    "cited": "M-3-5H3V4.6L0 1.8-3 4.6z",
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
    solid = " bpmn-badge-solid" if state in ("present", "cited") else ""
    sign = path(_SIGNS[state], f"bpmn-badge-sign{solid}")
    return tag(
        "g",
        ground + sign,
        transform=f"translate({number(place.x)} {number(place.y)})",
    )


def _note(shape: Shape, note: str | None) -> str:
    """Set the note above and below the name of an activity, else at that of the shape."""
    if not note:
        return ""
    lines = [line for said in note.splitlines() for line in wrap(said, NOTE_WIDTH, NOTE)]
    box = shape.box
    if shape.kind in ACTIVITIES:
        left, bottom = box.x + BESIDE_ICON, box.bottom - 3
        top = bottom - block_size(lines[1:], NOTE)[1]
        first = lettering(lines[:1], left, box.y + 3, "bpmn-note", "start", NOTE)
        return first + lettering(lines[1:], box.right - 6, top, "bpmn-note", "end", NOTE)
    _, height = block_size(lines, NOTE)
    name = shape_lettering(shape)
    top = box.y - 2 - height
    if name.lines and name.box.cy > box.cy:
        top = name.box.bottom
    elif name.lines:
        top = name.box.y - height
    middle = name.box.cx if name.lines else box.cx
    return lettering(lines, middle, top, "bpmn-note", size=NOTE)
