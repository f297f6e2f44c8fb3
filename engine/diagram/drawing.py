"""Reads what a BPMN file draws: the planes with their shapes and flows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.diagram.geometry import Box, Point
from engine.diagram.notation import (
    BPMNDI,
    FLOW_NODES,
    NAMESPACES,
    SUB_PROCESSES,
    kind_of,
    text_of,
)
from engine.markup import parse_xml
from engine.model import EngineError


class NotDrawn(EngineError):
    """The file does not draw what was asked for."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An element as it is drawn."""

    id: str  #: Of the element that is drawn, not of the shape.
    kind: str
    name: str
    box: Box
    label: Box | None  #: Where the name stands, if the file says so.
    expanded: bool
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Edge:
    """A flow as it is drawn."""

    id: str
    kind: str
    name: str
    points: tuple[Point, ...]
    label: Box | None
    source: str | None
    target: str | None
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Plane:
    """One picture: a collaboration, a process, or the inside of a sub-process."""

    element_id: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All pictures of a file."""

    root: etree._Element
    elements: Mapping[str, etree._Element]
    planes: tuple[Plane, ...]

    def plane(self, element_id: str | None) -> Plane:
        """Return the picture of a process, collaboration or sub-process; None: the first.

        Raises:
            NotDrawn: If there is no such picture.
        """
        for plane in self.planes:
            if element_id is None or plane.element_id == element_id:
                return plane
        for plane in self.planes:
            if element_id in self._held_in(plane):
                return plane
        raise NotDrawn(
            "Expected a drawing of {element}, but the file has none.",
            element=element_id or "a process",
        )

    def _held_in(self, plane: Plane) -> Iterator[str | None]:
        for shape in plane.shapes:
            yield shape.element.get("processRef")
            yield shape.id


def read_drawing(source: bytes) -> Drawing:
    """Return what *source* draws; shapes of elements that do not exist are left out.

    Raises:
        MarkupError: If the file is no XML that we read.
        NotDrawn: If a number is missing or is none.
    """
    root = parse_xml(source)
    elements = {
        element.get("id", ""): element
        for element in root.iter()
        if element.get("id") and etree.QName(element).namespace != BPMNDI
    }
    planes = tuple(
        _read_plane(plane, elements)
        for plane in root.iterfind("bpmndi:BPMNDiagram/bpmndi:BPMNPlane", NAMESPACES)
    )
    return Drawing(root, elements, planes)


def _read_plane(plane: etree._Element, elements: Mapping[str, etree._Element]) -> Plane:
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for drawn in plane:
        element = elements.get(drawn.get("bpmnElement", ""))
        if element is None:
            continue
        if kind_of(drawn) == "BPMNShape":
            shapes.append(_read_shape(drawn, element))
        elif kind_of(drawn) == "BPMNEdge":
            edges.append(_read_edge(drawn, element))
    return _without_hidden(Plane(plane.get("bpmnElement", ""), tuple(shapes), tuple(edges)))


def _without_hidden(plane: Plane) -> Plane:
    """Leave out what lies inside a collapsed sub-process of the same plane."""
    closed = {
        shape.id
        for shape in plane.shapes
        if shape.kind in SUB_PROCESSES and not shape.expanded
    } - {plane.element_id}

    def shown(element: etree._Element) -> bool:
        return not any(parent.get("id") in closed for parent in element.iterancestors())

    return Plane(
        plane.element_id,
        tuple(shape for shape in plane.shapes if shown(shape.element)),
        tuple(edge for edge in plane.edges if shown(edge.element)),
    )


def _read_shape(drawn: etree._Element, element: etree._Element) -> Shape:
    bounds = drawn.find("dc:Bounds", NAMESPACES)
    if bounds is None:
        raise NotDrawn(
            "Expected the shape of {element} to have bounds, but it has none.",
            element=element.get("id"),
        )
    return Shape(
        id=element.get("id", ""),
        kind=kind_of(element),
        name=text_of(element),
        box=_read_box(bounds),
        label=_read_label(drawn),
        expanded=drawn.get("isExpanded") == "true",
        element=element,
    )


def _read_edge(drawn: etree._Element, element: etree._Element) -> Edge:
    source, target = ends_of(element)
    return Edge(
        id=element.get("id", ""),
        kind=kind_of(element),
        name=text_of(element),
        points=tuple(
            Point(_number(point, "x"), _number(point, "y"))
            for point in drawn.iterfind("di:waypoint", NAMESPACES)
        ),
        label=_read_label(drawn),
        source=source,
        target=target,
        element=element,
    )


def ends_of(flow: etree._Element) -> tuple[str | None, str | None]:
    """Return the ids of the elements that *flow* joins."""
    source, target = flow.get("sourceRef"), flow.get("targetRef")
    if source is None:
        source = flow.findtext("bpmn:sourceRef", None, NAMESPACES)
    if target is None:
        target = flow.findtext("bpmn:targetRef", None, NAMESPACES)
    owner = flow.getparent()
    if owner is not None and kind_of(owner) in FLOW_NODES:  # BPMN 2.0 §10.4.1: an end is
        if kind_of(flow) == "dataInputAssociation":  # the activity that holds it.
            target = owner.get("id")
        elif kind_of(flow) == "dataOutputAssociation":
            source = owner.get("id")
    return source, target


def _read_label(drawn: etree._Element) -> Box | None:
    bounds = drawn.find("bpmndi:BPMNLabel/dc:Bounds", NAMESPACES)
    return None if bounds is None else _read_box(bounds)


def _read_box(bounds: etree._Element) -> Box:
    x, y, width, height = (_number(bounds, name) for name in ("x", "y", "width", "height"))
    return Box(x, y, width, height)


def _number(element: etree._Element, name: str) -> float:
    text = element.get(name, "")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e6:
        raise NotDrawn(
            "Expected a number as {name} of a shape at line {line}, but it is “{text}”.",
            name=name,
            line=element.sourceline,
            text=text,
        )
    return number
