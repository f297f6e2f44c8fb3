"""Draws flows: rounded corners, arrowheads, and the marks for default and condition."""

from collections.abc import Sequence
from math import atan2, cos, dist, sin

from lxml import etree

from engine.diagram.drawing import Edge
from engine.diagram.geometry import Point
from engine.diagram.labels import edge_lettering
from engine.diagram.notation import GATEWAYS, has_child, kind_of
from engine.diagram.svg.markup import circle, lettering, number, path

CORNER = 6.0  #: Radius of a flow's bends.


def draw_edge(edge: Edge) -> str:
    """Return line, ends and name of *edge*."""
    points = [p for n, p in enumerate(edge.points) if n == 0 or p != edge.points[n - 1]]
    if len(points) < 2:
        return ""
    drawn = path(_rounded(points), "bpmn-line") + _ends(edge, points)
    setting = edge_lettering(edge)
    box = setting.box
    return drawn + lettering(list(setting.lines), box.cx, box.y, "bpmn-label")


def _ends(edge: Edge, points: Sequence[Point]) -> str:
    if edge.kind == "messageFlow":
        start = _along(points[0], points[1], 4)
        return circle(start, 4, "bpmn-tail") + _arrow(points, "bpmn-head bpmn-open")
    if edge.kind == "sequenceFlow":
        return _arrow(points, "bpmn-head") + _mark_of_condition(edge, points)
    if edge.kind == "association":
        direction = edge.element.get("associationDirection", "None")
        drawn = _arrow(points, "bpmn-open") if direction in ("One", "Both") else ""
        back = _arrow(points[::-1], "bpmn-open") if direction == "Both" else ""
        return drawn + back
    return _arrow(points, "bpmn-open")


def _mark_of_condition(edge: Edge, points: Sequence[Point]) -> str:
    """Cross out a default flow; put a diamond on a conditional flow of an activity."""
    source = _source(edge)
    a, b = points[0], points[1]
    turn = atan2(b.y - a.y, b.x - a.x)
    if source is not None and source.get("default") == edge.id:
        middle = _along(a, b, 11)
        one, other = _polar(middle, turn + 2.1, 6), _polar(middle, turn + 2.1, -6)
        return path(_polyline([one, other]), "bpmn-line bpmn-slash")
    conditional = has_child(edge.element, "conditionExpression")
    if conditional and source is not None and kind_of(source) not in GATEWAYS:
        corners = [a, _polar(a, turn - 0.5, 9), _along(a, b, 16), _polar(a, turn + 0.5, 9)]
        return path(_polyline(corners) + "z", "bpmn-tail")
    return ""


def _source(edge: Edge) -> etree._Element | None:
    owner = edge.element.getparent()
    if owner is None:
        return None
    return next((node for node in owner if node.get("id") == edge.source), None)


def _arrow(points: Sequence[Point], class_: str) -> str:
    tip, before = points[-1], points[-2]
    turn = atan2(before.y - tip.y, before.x - tip.x)
    sides = [_polar(tip, turn - 0.42, 10), tip, _polar(tip, turn + 0.42, 10)]
    closed = "" if class_ == "bpmn-open" else "z"
    return path(_polyline(sides) + closed, class_)


def _rounded(points: Sequence[Point]) -> str:
    d = f"M{number(points[0].x)} {number(points[0].y)}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, dist(before, corner) / 2, dist(corner, after) / 2)
        one, other = _along(corner, before, radius), _along(corner, after, radius)
        d += (
            f"L{number(one.x)} {number(one.y)}Q{number(corner.x)} {number(corner.y)} "
            f"{number(other.x)} {number(other.y)}"
        )
    return d + f"L{number(points[-1].x)} {number(points[-1].y)}"


def _polyline(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{number(p.x)} {number(p.y)}" for p in points)


def _along(a: Point, b: Point, length: float) -> Point:
    whole = dist(a, b) or 1.0
    return Point(a.x + (b.x - a.x) * length / whole, a.y + (b.y - a.y) * length / whole)


def _polar(centre: Point, turn: float, length: float) -> Point:
    return Point(centre.x + cos(turn) * length, centre.y + sin(turn) * length)
