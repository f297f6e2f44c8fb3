"""Whether everything in the model is drawn, and every flow touches what it joins."""

from collections.abc import Iterator
from math import dist, hypot

from lxml import etree

from engine.diagram.drawing import Drawing, Edge, Shape
from engine.diagram.geometry import Box, Point
from engine.diagram.judge.report import DrawingProblem, Picture, called
from engine.diagram.notation import (
    ARTIFACTS,
    CONTAINERS,
    DATA,
    EVENTS,
    FLOW_NODES,
    FLOWS,
    GATEWAYS,
    NAMESPACES,
    kind_of,
    text_of,
)
from engine.model import Sentence

TOUCH = 3.0  #: How far, in px, a flow may end from the outline of its shape.
_SHAPES = FLOW_NODES | ARTIFACTS | CONTAINERS | (DATA - {"dataInput", "dataOutput"})


def what_is_missing(drawing: Drawing) -> Iterator[DrawingProblem]:
    """Find elements that no shape shows and flows that no line shows."""
    drawn = {
        found.get("bpmnElement")
        for found in drawing.root.iterfind(".//bpmndi:BPMNPlane/*", NAMESPACES)
    }
    for id_, element in drawing.elements.items():
        kind = kind_of(element)
        if id_ in drawn or kind not in _SHAPES | FLOWS:
            continue
        yield DrawingProblem(
            id_,
            "drawing-missing",
            Sentence("“{element}” is not drawn.", {"element": _title(element)}),
            Sentence("Draw it, or have the file laid out afresh."),
        )


def _title(element: etree._Element) -> str:
    return text_of(element) or element.get("id", "")


def ends_that_hang(picture: Picture) -> Iterator[DrawingProblem]:
    """Find flows that do not touch the shapes which they join."""
    for edge in picture.plane.edges:
        if len(edge.points) < 2:
            yield _hanging(edge, edge.source or edge.id)
            continue
        for end, point in ((edge.source, edge.points[0]), (edge.target, edge.points[-1])):
            shape = picture.shapes.get(end or "")
            if shape is not None and outline_distance(shape, point) > TOUCH:
                yield _hanging(edge, called(shape))


def _hanging(edge: Edge, end: str) -> DrawingProblem:
    return DrawingProblem(
        edge.id,
        "drawing-loose-end",
        Sentence(
            "The flow “{flow}” does not touch “{shape}”, which it joins.",
            {"flow": called(edge), "shape": end},
        ),
        Sentence("Drag the end of the flow onto the shape."),
    )


def outline_distance(shape: Shape, point: Point) -> float:
    """Return how far *point* is from the outline of *shape*."""
    box = shape.box
    centre = Point(box.cx, box.cy)
    if shape.kind in EVENTS:
        return abs(dist(centre, point) - box.width / 2)
    if shape.kind in GATEWAYS:
        across = abs(point.x - centre.x) / (box.width / 2)
        along = abs(point.y - centre.y) / (box.height / 2)
        return abs(across + along - 1) * min(box.width, box.height) / 2 / 2**0.5
    return _border_distance(box, point)


def _border_distance(box: Box, point: Point) -> float:
    beyond_x = max(box.x - point.x, point.x - box.right)
    beyond_y = max(box.y - point.y, point.y - box.bottom)
    if beyond_x <= 0 and beyond_y <= 0:
        return -max(beyond_x, beyond_y)
    return hypot(max(beyond_x, 0.0), max(beyond_y, 0.0))
