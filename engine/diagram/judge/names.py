"""Whether every name is there, is short, and has room."""

from collections.abc import Iterator

from engine.diagram.drawing import Shape
from engine.diagram.judge.report import DrawingProblem, Picture, called
from engine.diagram.labels import beside, edge_lettering, room_inside, shape_lettering
from engine.diagram.notation import ACTIVITIES, CONTAINERS
from engine.diagram.text import LINE
from engine.model import Sentence

_ASKING = ("exclusiveGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway")
_ANSWERED = ("exclusiveGateway", "inclusiveGateway")


def cut_names(picture: Picture) -> Iterator[DrawingProblem]:
    """Find names that their shape, or the place meant for them, cannot hold."""
    for shape in picture.plane.shapes:
        if not shape.name:
            continue
        if not _fits(shape):
            yield _cut(shape.id, shape.name)
    for edge in picture.plane.edges:
        if edge.name and edge.label is not None:
            box = edge_lettering(edge).box
            if not _roughly_holds(
                edge.label.width, edge.label.height, box.width, box.height
            ):
                yield _cut(edge.id, edge.name)


def _fits(shape: Shape) -> bool:
    box = shape_lettering(shape).box
    if beside(shape.kind):
        if shape.label is None:
            return True
        room = shape.label
        return _roughly_holds(room.width, room.height, box.width, box.height)
    width, height = room_inside(shape)
    if shape.kind in CONTAINERS and box.width < box.height:
        box_width, box_height = box.height, box.width
    else:
        box_width, box_height = box.width, box.height
    return box_width <= width + 1 and box_height <= height + 1


def _roughly_holds(width: float, height: float, needs_width: float, needs: float) -> bool:
    """Allow for the modelers' smaller letters in names beside shapes."""
    return needs_width <= max(width, 90.0) * 1.1 + 2 and needs <= height + LINE


def _cut(element: str, name: str) -> DrawingProblem:
    return DrawingProblem(
        element,
        "drawing-cut-name",
        Sentence("The name “{name}” does not fit where it stands.", {"name": name}),
        Sentence("Shorten the name, or make room for it."),
    )


def long_names(picture: Picture) -> Iterator[DrawingProblem]:
    """Find steps whose names need more than two lines."""
    for shape in picture.plane.shapes:
        if shape.kind in ACTIVITIES and len(shape_lettering(shape).lines) > 2:
            yield DrawingProblem(
                shape.id,
                "drawing-long-name",
                Sentence(
                    "The name “{name}” needs more than two lines.", {"name": shape.name}
                ),
                Sentence("Shorten it to a verb and an object; the guide holds the rest."),
                severity="warning",
            )


def missing_names(picture: Picture) -> Iterator[DrawingProblem]:
    """Find gateways without a question, and their flows without an answer."""
    leaving: dict[str, int] = {}
    for edge in picture.plane.edges:
        if edge.kind == "sequenceFlow":
            leaving[edge.source or ""] = leaving.get(edge.source or "", 0) + 1
    for shape in picture.plane.shapes:
        if shape.kind in _ASKING and leaving.get(shape.id, 0) > 1 and not shape.name:
            yield DrawingProblem(
                shape.id,
                "drawing-no-question",
                Sentence("The gateway {gateway} asks no question.", {"gateway": shape.id}),
                Sentence("Name it with the question that decides the way on."),
            )
    for edge in picture.plane.edges:
        source = picture.shapes.get(edge.source or "")
        if source is None or source.kind not in _ANSWERED or edge.kind != "sequenceFlow":
            continue
        if leaving[source.id] > 1 and not edge.name:
            names = {"gateway": called(source), "target": _target(picture, edge.target)}
            yield DrawingProblem(
                edge.id,
                "drawing-no-answer",
                Sentence("The flow from “{gateway}” to “{target}” has no name.", names),
                Sentence("Name it with the answer to the question of the gateway."),
            )


def _target(picture: Picture, target: str | None) -> str:
    shape = picture.shapes.get(target or "")
    return called(shape) if shape is not None else target or ""
