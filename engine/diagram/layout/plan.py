"""Gives the arrangement of a scene its measures: boxes, routes and names."""

from engine.diagram.geometry import Box, Point
from engine.diagram.labels import STRIP, Lettering
from engine.diagram.layout.draft import RIDER, Draft
from engine.diagram.layout.lattice import Place
from engine.diagram.layout.lettering import (
    Note,
    set_at_bend,
    set_at_rider,
    set_at_start,
    set_beside_node,
)
from engine.diagram.layout.noting import LEAST_COLUMN, plan_notes
from engine.diagram.layout.repair import repair_labels
from engine.diagram.layout.rooms import TRACK, Measures, boxes_aside, measure, node_box
from engine.diagram.layout.scene import Flow, Plan, Rider
from engine.diagram.layout.tracks import Piece
from engine.diagram.layout.ways import Side
from engine.diagram.notation import EVENTS, GATEWAYS


def draw(draft: Draft) -> Plan:
    """Return the plan of *draft*."""
    plan_notes(draft)
    for node in draft.scene.nodes.values():
        draft.room.ask(draft.room.columns, draft.place(node)[0], LEAST_COLUMN)
    measures = measure(draft.scene, draft.lattice, draft.rows, draft.room, draft.counts)
    plan = Plan(width=measures.width, height=measures.height, bands=measures.bands)
    _set_boxes(draft, measures, plan)
    for id_, flow in draft.flows.items():
        if not flow.guide:
            plan.routes[id_] = _route(draft, measures, plan, id_)
    _set_labels(draft, plan)
    names = {id_: _name_of(draft, id_) for id_ in plan.labels}
    repair_labels(draft.scene, plan, names)
    for node in [*draft.scene.nodes.values(), *draft.scene.aside]:
        if node.inner is not None:
            box = plan.boxes[node.id]
            plan.take_in(node.inner, box.x, box.y)
            plan.expanded.add(node.id)
    return plan


def _name_of(draft: Draft, id_: str) -> str:
    if id_ in draft.flows:
        return draft.flows[id_].name
    riders = draft.scene.riders
    return riders[id_].name if id_ in riders else draft.scene.nodes[id_].name


def _set_boxes(draft: Draft, measures: Measures, plan: Plan) -> None:
    for node in draft.scene.nodes.values():
        x, y = draft.place(node)
        plan.boxes[node.id] = node_box(node, measures.across[x], measures.down[y])
    for rider in draft.scene.riders.values():
        plan.boxes[rider.id] = _rider_box(draft, rider, plan.boxes[rider.host])
    strips = max(
        (band.depth + 1 for band in draft.scene.bands if band.pool >= 0), default=0
    )
    plan.boxes.update(boxes_aside(draft.scene, measures, strips * STRIP))


def _rider_box(draft: Draft, rider: Rider, host: Box) -> Box:
    middle = host.cx + draft.rider_offsets[rider.id]
    return Box(middle - RIDER / 2, host.bottom - RIDER / 2, RIDER, RIDER)


def _route(draft: Draft, measures: Measures, plan: Plan, id_: str) -> tuple[Point, ...]:
    flow = draft.flows[id_]
    way, pieces = draft.ways[id_], draft.pieces[id_]
    places = [_line(draft, measures, way, piece) for piece in pieces]
    start = _dock(draft, plan, flow, places[0], draft.leaves(id_), at_source=True)
    end = _dock(draft, plan, flow, places[-1], draft.enters(id_), at_source=False)
    points = [start]
    for index in range(1, len(pieces)):
        upright = way[index - 1][0] == way[index][0]
        one, other = places[index - 1], places[index]
        points.append(Point(one, other) if upright else Point(other, one))
    points.append(end)
    return tuple(reversed(points)) if flow.backwards else tuple(points)


def _line(draft: Draft, measures: Measures, way: tuple[Place, ...], piece: Piece) -> float:
    """Return the x of an upright piece or the y of a level one."""
    from_, to = way[piece.index], way[piece.index + 1]
    if from_[0] == to[0]:
        span = measures.across[piece.line]
        if piece.line % 2:
            return span.middle + piece.track
        count = draft.counts[0][piece.line]
        return span.middle + (piece.track - (count - 1) / 2) * TRACK
    middle = measures.down[piece.line]
    if piece.line in draft.lattice.row_lines:
        return middle + piece.track
    return middle + piece.track * TRACK


def _dock(
    draft: Draft, plan: Plan, flow: Flow, line: float, side: Side, *, at_source: bool
) -> Point:
    """Return where a flow touches its source or target on the line of its piece."""
    rider = flow.source_rider if at_source else flow.target_rider
    if rider is not None:
        box = plan.boxes[rider]
        return Point(box.cx, box.bottom)
    if not at_source and flow.to_band is not None:
        band = plan.bands[flow.to_band]
        return Point(line, band.y if side == "top" else band.bottom)
    node = draft.scene.nodes[flow.source if at_source else flow.target]
    return dock(node.kind, plan.boxes[node.id], line, side)


def dock(kind: str, box: Box, line: float, side: Side) -> Point:
    """Return the point of the outline at *side* that lies on *line*."""
    level = side in ("left", "right")
    half = (box.width if level else box.height) / 2
    off = abs(line - (box.cy if level else box.cx))
    if kind in GATEWAYS:
        half -= off
    elif kind in EVENTS:
        half = (half**2 - off**2) ** 0.5
    if level:
        return Point(box.cx + (half if side == "right" else -half), line)
    return Point(line, box.cy + (half if side == "bottom" else -half))


def _set_labels(draft: Draft, plan: Plan) -> None:
    for id_, note in draft.notes.items():
        if id_ in draft.flows:
            plan.labels[id_] = _flow_label(draft, plan, id_, note)
        elif id_ in draft.scene.riders:
            host = plan.boxes[draft.scene.riders[id_].host]
            plan.labels[id_] = set_at_rider(note, plan.boxes[id_], host)
        else:
            slanted = draft.scene.nodes[id_].kind in GATEWAYS
            plan.labels[id_] = set_beside_node(note, plan.boxes[id_], slanted=slanted)


def _flow_label(draft: Draft, plan: Plan, id_: str, note: Note) -> Lettering:
    flow = draft.flows[id_]
    route = plan.routes[id_][::-1] if flow.backwards else plan.routes[id_]
    if note.spot == "bend":
        return set_at_bend(note, route[1])
    slanted = draft.scene.nodes[flow.source].kind in GATEWAYS
    return set_at_start(note, route[0], draft.leaves(id_), slanted=slanted)
