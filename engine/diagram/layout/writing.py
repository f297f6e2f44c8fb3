"""Writes a plan into the file as diagram interchange, and touches nothing else."""

from collections.abc import Mapping
from typing import cast

from lxml import etree

from engine.diagram.geometry import Box, Point
from engine.diagram.labels import STRIP, Lettering
from engine.diagram.layout.scene import Plan, Scene
from engine.diagram.notation import (
    BPMN,
    BPMNDI,
    CONTAINERS,
    DC,
    DI,
    FLOWS,
    GATEWAYS,
    NAMESPACES,
    SUB_PROCESSES,
    children,
    kind_of,
)
from engine.diagram.svg.markup import number

PREFIXES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}


def without_drawings(root: etree._Element) -> etree._Element:
    """Return a copy of the file without drawings that can name their parts shortly."""
    names: dict[str | None, str] = dict(root.nsmap)
    for prefix, namespace in PREFIXES.items():
        if namespace not in names.values():
            names[_free(prefix, names)] = namespace
    copy = etree.Element(
        root.tag,
        {str(k): str(v) for k, v in root.attrib.items()},
        nsmap=cast("dict[str, str]", names),
    )
    copy.text = root.text
    for child in root:
        if child.tag != f"{{{BPMNDI}}}BPMNDiagram":
            copy.append(child)
    return copy


def _free(prefix: str, names: Mapping[str | None, str]) -> str:
    while prefix in names:
        prefix += "1"
    return prefix


def write_plane(
    root: etree._Element, owner: etree._Element, plan: Plan, order: list[str]
) -> None:
    """Add a picture of *owner*: the shapes and flows of *plan*, as in *order*."""
    id_ = owner.get("id", "")
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id=f"BPMNDiagram_{id_}")
    plane = etree.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", id=f"BPMNPlane_{id_}", bpmnElement=id_
    )
    elements = {e.get("id", ""): e for e in root.iter() if e.get("id")}
    for name in order:
        if name in plan.boxes:
            _write_shape(plane, elements[name], plan)
    for name in order:
        if name in plan.routes:
            _write_edge(plane, name, plan.routes[name], plan.labels.get(name))


def _write_shape(plane: etree._Element, element: etree._Element, plan: Plan) -> None:
    id_, kind = element.get("id", ""), kind_of(element)
    shape = etree.SubElement(
        plane, f"{{{BPMNDI}}}BPMNShape", id=f"{id_}_di", bpmnElement=id_
    )
    if kind in CONTAINERS:
        shape.set("isHorizontal", "true")
    if kind in SUB_PROCESSES:
        shape.set("isExpanded", "true" if id_ in plan.expanded else "false")
    if kind in GATEWAYS and kind == "exclusiveGateway":
        shape.set("isMarkerVisible", "true")
    _write_bounds(shape, plan.boxes[id_])
    _write_label(shape, plan.labels.get(id_))


def _write_edge(
    plane: etree._Element, id_: str, route: tuple[Point, ...], label: Lettering | None
) -> None:
    edge = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{id_}_di", bpmnElement=id_)
    for point in route:
        etree.SubElement(edge, f"{{{DI}}}waypoint", x=number(point.x), y=number(point.y))
    _write_label(edge, label)


def _write_label(drawn: etree._Element, label: Lettering | None) -> None:
    if label is not None and label.lines:
        holder = etree.SubElement(drawn, f"{{{BPMNDI}}}BPMNLabel")
        _write_bounds(holder, label.box)


def _write_bounds(drawn: etree._Element, box: Box) -> None:
    etree.SubElement(
        drawn,
        f"{{{DC}}}Bounds",
        x=number(box.x),
        y=number(box.y),
        width=number(box.width),
        height=number(box.height),
    )


def drawing_order(root: etree._Element) -> list[str]:
    """Return the ids of all that can be drawn, in the order of the file."""
    found = []
    for element in root.iter(f"{{{BPMN}}}*"):
        if element.get("id") and (kind_of(element) in FLOWS or element.tag):
            found.append(element.get("id", ""))
    return found


def add_pools(
    plan: Plan, scene: Scene, pools: Mapping[int, etree._Element], owner: etree._Element
) -> None:
    """Add the boxes of pools and lanes around the bands of *plan*."""
    for index, participant in pools.items():
        bands = [n for n, band in enumerate(scene.bands) if band.pool == index]
        top, last = plan.bands[bands[0]], plan.bands[bands[-1]]
        box = Box(0, top.y, plan.width, last.bottom - top.y)
        plan.boxes[participant.get("id", "")] = box
    lanes = {band.lane_id: box for band, box in zip(scene.bands, plan.bands, strict=True)}
    for lane in owner.getroottree().getroot().iterfind(".//bpmn:lane", NAMESPACES):
        boxes = [lanes[id_] for id_ in _leaves(lane) if id_ in lanes]
        if boxes:
            left = STRIP * sum(1 for up in lane.iterancestors() if kind_of(up) == "lane")
            left += STRIP
            box = Box(left, boxes[0].y, plan.width - left, boxes[-1].bottom - boxes[0].y)
            plan.boxes[lane.get("id", "")] = box


def _leaves(lane: etree._Element) -> list[str]:
    inner = [
        id_
        for lanes in children(lane, "childLaneSet")
        for child in children(lanes, "lane")
        for id_ in _leaves(child)
    ]
    return inner or [lane.get("id", "")]
