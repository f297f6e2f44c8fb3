"""Whether shapes and names lie on top of each other."""

from collections.abc import Iterator
from itertools import combinations

from engine.diagram.drawing import Edge, Shape
from engine.diagram.geometry import Box
from engine.diagram.judge.report import DrawingProblem, Label, Picture, called, lies_in
from engine.diagram.notation import CONTAINERS, GATEWAYS
from engine.model import Sentence

SLACK = 1.0  #: Overlaps of less than this, in px, nobody sees.


def overlapping_shapes(picture: Picture) -> Iterator[DrawingProblem]:
    """Find pairs of shapes of which one covers a part of the other."""
    for one, other in combinations(picture.plane.shapes, 2):
        if one.box.overlaps(other.box, SLACK) and not _may_overlap(one, other):
            yield _problem(one, other)


def _may_overlap(one: Shape, other: Shape) -> bool:
    if "group" in (one.kind, other.kind):
        return True
    if (one.kind in CONTAINERS) != (other.kind in CONTAINERS):
        return True  # The rules about lanes and pools judge these.
    if lies_in(one, other) or lies_in(other, one):
        return True
    if {one.kind, other.kind} == {"participant", "lane"}:
        return True
    hosts = one.element.get("attachedToRef"), other.element.get("attachedToRef")
    return hosts[0] == other.id or hosts[1] == one.id


def overlapping_labels(picture: Picture) -> Iterator[DrawingProblem]:
    """Find names that lie on shapes or on other names."""
    for label in picture.labels:
        for shape in picture.plane.shapes:
            if shape.kind in CONTAINERS or shape.kind == "group":
                continue
            holds = shape.expanded and lies_in(label.owner, shape)
            if not holds and covers(shape, label.box):
                yield _problem(label.owner, shape)
        for border in _borders(picture):
            if label.box.overlaps(border, SLACK):
                yield _on_border(label)
                break
    for one, other in combinations(picture.labels, 2):
        if one.box.overlaps(other.box, SLACK):
            yield _problem(one.owner, other.owner)


def _borders(picture: Picture) -> Iterator[Box]:
    """Yield the lines between lanes as thin boxes."""
    for shape in picture.plane.shapes:
        if shape.kind in CONTAINERS:
            box = shape.box
            yield Box(box.x, box.y - 1.5, box.width, 3)
            yield Box(box.x, box.bottom - 1.5, box.width, 3)


def covers(shape: Shape, box: Box) -> bool:
    """Tell whether *shape* itself, not only the box around it, meets *box*."""
    if not shape.box.overlaps(box, SLACK):
        return False
    if shape.kind not in GATEWAYS:
        return True
    across = max(box.x - shape.box.cx, shape.box.cx - box.right, 0.0)
    along = max(box.y - shape.box.cy, shape.box.cy - box.bottom, 0.0)
    reach = across / (shape.box.width / 2) + along / (shape.box.height / 2)
    return reach < 1 - SLACK / shape.box.width


def _problem(one: Shape | Edge, other: Shape | Edge) -> DrawingProblem:
    names = {"one": called(one), "other": called(other)}
    return DrawingProblem(
        one.id,
        "drawing-overlap",
        Sentence("“{one}” and “{other}” lie on top of each other.", names),
        Sentence("Move one of them, or its name, to a free place."),
    )


def _on_border(label: Label) -> DrawingProblem:
    return DrawingProblem(
        label.owner.id,
        "drawing-overlap",
        Sentence(
            "The name “{name}” lies on the border of a lane.", {"name": called(label.owner)}
        ),
        Sentence("Move the name into the lane."),
    )
