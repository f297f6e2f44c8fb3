"""Where names stand: inside activities, beside everything else."""

from dataclasses import dataclass

from engine.diagram.drawing import Edge, Shape
from engine.diagram.geometry import Box, Point, segments
from engine.diagram.notation import CONTAINERS, DATA, EVENTS, GATEWAYS
from engine.diagram.text import LINE, WIDEST_LABEL, block_size, wrap, wrap_evenly

PADDING = 5.0  #: Between the border of a task and its name.
STRIP = 30.0  #: Width of the strip in which the name of a pool or lane stands.


@dataclass(frozen=True, slots=True)
class Lettering:
    """The lines of a name and the box that they fill."""

    lines: tuple[str, ...]
    box: Box


def beside(kind: str) -> bool:
    """Tell whether the name of a shape of *kind* stands beside it."""
    return kind in EVENTS or kind in GATEWAYS or kind in DATA or kind == "group"


def shape_lettering(shape: Shape) -> Lettering:
    """Return how the name of *shape* is set."""
    if shape.kind in CONTAINERS:
        return _strip_lettering(shape)
    if not beside(shape.kind):
        return _inner_lettering(shape)
    if shape.label is not None:
        return _lettering_in(shape.name, shape.label)
    box = shape.box
    if shape.kind == "group":
        return _hung(shape.name, Point(box.cx, box.y - LINE))
    return _hung(shape.name, Point(box.cx, box.bottom + 4))


def edge_lettering(edge: Edge) -> Lettering:
    """Return how the name of *edge* is set."""
    if edge.label is not None:
        return _lettering_in(edge.name, edge.label)
    pieces = list(segments(edge.points))
    if not pieces or not edge.name:
        return Lettering((), Box(0, 0, 0, 0))
    longest = max(pieces, key=lambda piece: piece.length)
    middle = Point(longest.box.cx, longest.box.cy)
    lines = wrap(edge.name, WIDEST_LABEL)
    width, height = block_size(lines)
    if longest.vertical:
        return _hung(edge.name, Point(middle.x + 6 + width / 2, middle.y - height / 2))
    return _hung(edge.name, Point(middle.x, middle.y - 4 - height))


def room_inside(shape: Shape) -> tuple[float, float]:
    """Return width and height that the name of an activity or annotation may fill."""
    if shape.kind in CONTAINERS:
        return shape.box.height - 2 * PADDING, STRIP
    if shape.expanded:
        return shape.box.width - 2 * PADDING, LINE * 2
    return shape.box.width - 2 * PADDING, shape.box.height - 2 * PADDING


def _inner_lettering(shape: Shape) -> Lettering:
    width, _ = room_inside(shape)
    left_set = shape.kind == "textAnnotation"
    lines = wrap_evenly(shape.name, width)
    filled, height = block_size(lines)
    box = shape.box
    top = box.y + PADDING if shape.expanded or left_set else box.cy - height / 2
    left = box.x + PADDING if left_set else box.cx - filled / 2
    return Lettering(tuple(lines), Box(left, top, filled, height))


def _strip_lettering(shape: Shape) -> Lettering:
    """Set the name upright along the left side; the box is as it appears, turned."""
    length, _ = room_inside(shape)
    box = shape.box
    lines = wrap(shape.name, length)
    width, height = block_size(lines)
    if _is_strip_only(shape):
        return Lettering(
            tuple(lines), Box(box.cx - width / 2, box.cy - height / 2, width, height)
        )
    left = box.x + STRIP / 2 - height / 2
    return Lettering(tuple(lines), Box(left, box.cy - width / 2, height, width))


def _is_strip_only(shape: Shape) -> bool:
    """A pool without a process is one band, and its name stands in the middle."""
    return shape.kind == "participant" and shape.element.get("processRef") is None


def turned(shape: Shape) -> bool:
    """Tell whether the name of *shape* runs from bottom to top."""
    return shape.kind in CONTAINERS and not _is_strip_only(shape)


def _lettering_in(name: str, box: Box) -> Lettering:
    lines = wrap(name, box.width)
    width, height = block_size(lines)
    if width > box.width + 0.5 or height > box.height + 0.5:
        lines = wrap(name, max(box.width, WIDEST_LABEL))
        width, height = block_size(lines)
    return Lettering(tuple(lines), Box(box.cx - width / 2, box.y, width, height))


def _hung(name: str, top: Point) -> Lettering:
    lines = wrap(name, WIDEST_LABEL)
    width, height = block_size(lines)
    return Lettering(tuple(lines), Box(top.x - width / 2, top.y, width, height))
