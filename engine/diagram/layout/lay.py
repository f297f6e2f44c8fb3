"""Lays out a whole file: every process in its pool, every sub-process inside or beside."""

from itertools import pairwise

from lxml import etree

from engine.diagram.drawing import NotDrawn
from engine.diagram.geometry import Box, Point, around
from engine.diagram.labels import STRIP
from engine.diagram.layout.choice import best_plan
from engine.diagram.layout.reading import BETWEEN_POOLS, Loose, Reader
from engine.diagram.layout.scene import Plan
from engine.diagram.layout.writing import (
    add_pools,
    drawing_order,
    without_drawings,
    write_plane,
)
from engine.diagram.notation import (
    BPMN,
    NAMESPACES,
    SUB_PROCESSES,
    children,
    kind_of,
    refers,
    text_of,
)
from engine.markup import parse_xml

HEADER = 26.0  #: Above the content of an expanded sub-process, for its name.


def lay_out(source: bytes) -> bytes:
    """Return *source*, a BPMN file, with all its drawings placed afresh.

    A process with lanes gets a pool if it has none, as lanes are drawn in a pool.
    Sub-processes that were drawn collapsed stay so and get a picture of their own.
    Ids, names, order and extension elements stay as they are; comments are dropped.

    Raises:
        MarkupError: If the file is no XML that we read.
        NotDrawn: If it holds no process.
    """
    original = parse_xml(source)
    closed = _closed(original)
    root = without_drawings(original)
    processes = list(children(root, "process"))
    if not processes:
        raise NotDrawn("Expected a file with a process, but it has none.")
    owner = _owner(root, processes)
    order = drawing_order(root)
    write_plane(root, owner, _whole_plan(root, owner, closed), order)
    for inner in root.iter(*(f"{{{BPMN}}}{kind}" for kind in sorted(SUB_PROCESSES))):
        if inner.get("id") in closed:
            write_plane(root, inner, _inner_plan(inner, closed, framed=False), order)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _closed(root: etree._Element) -> frozenset[str]:
    """Return the sub-processes that the file draws collapsed, or that hold nothing."""
    found = {
        shape.get("bpmnElement", "")
        for shape in root.iterfind(".//bpmndi:BPMNShape", NAMESPACES)
        if shape.get("isExpanded") != "true"
    }
    subs = {
        sub.get("id", ""): sub
        for kind in SUB_PROCESSES
        for sub in root.iterfind(f".//bpmn:{kind}", NAMESPACES)
    }
    return frozenset(id_ for id_, sub in subs.items() if id_ in found or _is_bare(sub))


def _is_bare(sub: etree._Element) -> bool:
    return not any(kind_of(child).endswith(("Event", "ask", "way")) for child in sub)


def _owner(root: etree._Element, processes: list[etree._Element]) -> etree._Element:
    """Return what the main picture shows: the collaboration, else the one process."""
    collaboration = next(children(root, "collaboration"), None)
    with_lanes = [p for p in processes if next(children(p, "laneSet"), None) is not None]
    if collaboration is None:
        if len(processes) == 1 and not with_lanes:
            return processes[0]
        collaboration = etree.Element(f"{{{BPMN}}}collaboration")
        collaboration.set("id", _free_id(root, "Collaboration"))
        root.insert(root.index(processes[0]), collaboration)
    shown = {part.get("processRef") for part in children(collaboration, "participant")}
    for process in processes:
        if process.get("id") not in shown:
            participant = etree.Element(f"{{{BPMN}}}participant")
            id_ = process.get("id", "")
            participant.set("id", _free_id(root, f"Participant_{id_}"))
            participant.set("name", text_of(process) or id_)
            participant.set("processRef", id_)
            last = sum(1 for _ in children(collaboration, "participant"))
            collaboration.insert(last, participant)
    return collaboration


def _free_id(root: etree._Element, wanted: str) -> str:
    taken = {element.get("id") for element in root.iter()}
    id_, number = wanted, 1
    while id_ in taken:
        number += 1
        id_ = f"{wanted}_{number}"
    return id_


def _whole_plan(
    root: etree._Element, owner: etree._Element, closed: frozenset[str]
) -> Plan:
    reader = Reader(lambda inner: _inner_plan(inner, closed), closed)
    if kind_of(owner) == "process":
        reader.add_process(owner, -1, "")
        plan = best_plan(reader.finish())
        _add_loose(plan, reader.loose)
        return plan
    processes = {process.get("id"): process for process in children(root, "process")}
    pools = dict(enumerate(children(owner, "participant")))
    bands: dict[str, list[int]] = {}
    for index, participant in pools.items():
        first = len(reader.scene.bands)
        process = processes.get(participant.get("processRef"))
        if process is None:
            reader.add_empty_pool(index, participant)
        else:
            reader.add_process(process, index, text_of(participant))
        bands[participant.get("id", "")] = list(range(first, len(reader.scene.bands)))
    reader.add_collaboration(owner, bands)
    plan = best_plan(reader.finish())
    add_pools(plan, reader.scene, pools, owner)
    strips = STRIP * max(1 + band.depth for band in reader.scene.bands)
    _add_loose(plan, reader.loose, strips)
    return plan


def _inner_plan(
    inner: etree._Element, closed: frozenset[str], *, framed: bool = True
) -> Plan:
    """Return the plan of a sub-process; *framed*: with room for its name above."""
    reader = Reader(lambda deeper: _inner_plan(deeper, closed), closed)
    reader.add_process(inner, -1, "")
    plan = best_plan(reader.finish())
    _add_loose(plan, reader.loose)
    if not framed:
        return plan
    moved = Plan(width=plan.width, height=plan.height + HEADER)
    moved.take_in(plan, 0, HEADER)
    return moved


def _add_loose(plan: Plan, loose: Loose, strips: float = 0.0) -> None:
    """Add groups around their members, and lines to flows and between pools."""
    at = strips + BETWEEN_POOLS / 2
    for id_, source, target in loose.pointers:
        if source in plan.boxes and target in plan.boxes:
            plan.routes[id_] = _between_pools(plan.boxes[source], plan.boxes[target], at)
            at += BETWEEN_POOLS
        elif target in plan.routes and source in plan.boxes:
            plan.routes[id_] = _to_flow(plan.boxes[source], plan.routes[target])
        elif source in plan.routes and target in plan.boxes:
            plan.routes[id_] = _to_flow(plan.boxes[target], plan.routes[source])[::-1]
    for group in loose.groups:
        plan.boxes[group.get("id", "")] = _group_box(plan, group)


def _between_pools(one: Box, other: Box, x: float) -> tuple[Point, ...]:
    if one.y < other.y:
        return Point(x, one.bottom), Point(x, other.y)
    return Point(x, one.y), Point(x, other.bottom)


def _to_flow(box: Box, route: tuple[Point, ...]) -> tuple[Point, ...]:
    """Lead a line from the side of a remark level to above the flow, then upright to it."""
    level = [(a, b) for a, b in pairwise(route) if abs(a.y - b.y) < abs(a.x - b.x)]
    a, b = level[0] if level else (route[0], route[1])
    end = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    if box.x < end.x < box.right:
        return Point(end.x, box.bottom if end.y > box.cy else box.y), end
    return Point(box.right if end.x > box.cx else box.x, box.cy), Point(end.x, box.cy), end


def _group_box(plan: Plan, group: etree._Element) -> Box:
    wanted = group.get("categoryValueRef")
    members = [
        plan.boxes[element.get("id", "")]
        for element in group.getroottree().getroot().iter(f"{{{BPMN}}}*")
        if wanted in refers(element, "categoryValueRef")
        and element.get("id", "") in plan.boxes
    ]
    empty = Box(0, plan.height + BETWEEN_POOLS, 100, 80)
    return around(members).grown(12) if members else empty
