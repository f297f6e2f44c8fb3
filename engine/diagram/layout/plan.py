"""Gives the arrangement of a scene its measures: boxes, routes and names."""

from collections import defaultdict

from engine.diagram.geometry import Box, Point
from engine.diagram.labels import STRIP, Lettering
from engine.diagram.layout.lattice import Lattice, Place
from engine.diagram.layout.lettering import (
    ASIDE,
    GAP,
    RIDER_LABEL,
    Note,
    Room,
    Spot,
    flow_note,
    flow_spots,
    node_note,
    set_at_bend,
    set_at_rider,
    set_at_start,
    set_beside_node,
)
from engine.diagram.layout.rooms import Measures, boxes_aside, measure, node_box
from engine.diagram.layout.scene import Flow, Node, Plan, Rider, Scene
from engine.diagram.layout.tracks import (
    Piece,
    Tracks,
    number_channel,
    offset_cell_line,
    order_tracks,
)
from engine.diagram.layout.ways import Side, side_towards
from engine.diagram.notation import EVENTS, GATEWAYS
from engine.diagram.text import wrap_evenly

STEP = 14.0  #: Between two flows at one side of a shape, if it is long enough.
RIDER = 36.0
LEAST_COLUMN = 50.0


class Draft:
    """An arrangement on its way to become a plan."""

    def __init__(
        self,
        scene: Scene,
        lattice: Lattice,
        rows: dict[str, int],
        ways: dict[str, tuple[Place, ...]],
    ) -> None:
        self.scene, self.lattice, self.rows, self.ways = scene, lattice, rows, ways
        self.flows = {flow.id: flow for flow in scene.flows if flow.id in ways}
        self.tracks: Tracks = order_tracks(ways)
        self.pieces = {id_: self.tracks.pieces(id_) for id_ in ways}
        self.rider_offsets = self._place_riders()
        self.counts = self._number_tracks()
        self.notes: dict[str, Note] = {}
        self.room = Room()

    def place(self, node: Node) -> Place:
        """Return the point of the lattice on which *node* stands."""
        return (
            self.lattice.x_of(node.column),
            self.lattice.y_of(node.band, self.rows[node.id]),
        )

    def leaves(self, flow: str) -> Side:
        """Return the side by which *flow* leaves its source."""
        return side_towards(self.ways[flow][0], self.ways[flow][1])

    def enters(self, flow: str) -> Side:
        """Return the side by which *flow* enters its target."""
        return side_towards(self.ways[flow][-1], self.ways[flow][-2])

    def _number_tracks(self) -> tuple[dict[int, int], dict[int, int]]:
        upright: dict[int, int] = {}
        level: dict[int, int] = {}
        for x, pieces in self.tracks.upright.items():
            if x % 2:
                self._offset(pieces, touching=True)
            else:
                upright[x] = number_channel(pieces, touching=True)
        for y, pieces in self.tracks.level.items():
            if y in self.lattice.row_lines:
                self._offset(pieces, touching=False)
            else:
                level[y] = number_channel(pieces, touching=False)
        return upright, level

    def _offset(self, pieces: list[Piece], *, touching: bool) -> None:
        """Set the pieces of a row or column of cells beside its middle."""
        liking = {id(piece): self._liking(piece) for piece in pieces}
        steps = offset_cell_line(pieces, liking, touching=touching)
        for piece in pieces:
            fixed = self._fixed(piece)
            together = [p for p in pieces if p.shares(piece, touching=touching)]
            most = max(abs(steps[id(p)]) for p in [*together, piece])
            room = min(self._reach(p) for p in [*together, piece])
            step = min(STEP, room / most) if most else STEP
            base = next((f for f in map(self._fixed, together) if f is not None), 0.0)
            piece.track = fixed if fixed is not None else base + steps[id(piece)] * step

    def _ends(self, piece: Piece) -> list[Node]:
        """Return the nodes at which *piece* begins or ends."""
        flow = self.flows[piece.flow]
        last = len(self.ways[piece.flow]) - 2
        ends = []
        if piece.index == 0:
            ends.append(self.scene.nodes[flow.source])
        if piece.index == last and flow.target in self.scene.nodes:
            ends.append(self.scene.nodes[flow.target])
        return ends

    def _liking(self, piece: Piece) -> float:
        """Return how much *piece* should lie in the middle of its cells."""
        if self._fixed(piece) is not None:
            return 1000.0
        ends = self._ends(piece)
        liking = 100.0 if len(ends) == 2 else 0.0
        liking += sum(10.0 if node.kind in GATEWAYS else 5.0 for node in ends)
        return liking + self.flows[piece.flow].main

    def _fixed(self, piece: Piece) -> float | None:
        """Return how far off the middle an event on a border holds *piece*."""
        flow = self.flows[piece.flow]
        if piece.index == 0 and flow.source_rider:
            return self.rider_offsets[flow.source_rider]
        if piece.index == len(self.ways[piece.flow]) - 2 and flow.target_rider:
            return self.rider_offsets[flow.target_rider]
        return None

    def _reach(self, piece: Piece) -> float:
        """Return how far off the middle *piece* may lie and still touch its ends."""
        reach = 30.0
        for node in self._ends(piece):
            if node.kind in GATEWAYS:
                reach = min(reach, 15.0)
            elif node.kind in EVENTS:
                reach = min(reach, 11.0)
        return reach

    def _place_riders(self) -> dict[str, float]:
        """Set the events on a border side by side, in the order of their flows."""
        ranks: dict[str, int] = {}
        for id_, flow in self.flows.items():
            if flow.source_rider:
                ranks[flow.source_rider] = self.pieces[id_][0].rank
        offsets: dict[str, float] = {}
        for host in {rider.host for rider in self.scene.riders.values()}:
            riders = self.scene.riders_of(host)
            riders.sort(key=lambda rider: ranks.get(rider.id, len(self.flows)))
            edge = max(
                self.scene.nodes[host].width / 2 - RIDER / 2, 21.0 * (len(riders) - 1)
            )
            for index, rider in enumerate(riders):
                share = index / (len(riders) - 1) if len(riders) > 1 else 0.0
                offsets[rider.id] = edge * (2 * share - 1)
        return offsets


def draw(draft: Draft) -> Plan:
    """Return the plan of *draft*."""
    _plan_node_notes(draft)
    _plan_rider_notes(draft)
    _plan_flow_notes(draft)
    for node in draft.scene.nodes.values():
        draft.room.ask(draft.room.columns, draft.place(node)[0], LEAST_COLUMN)
    measures = measure(draft.scene, draft.lattice, draft.rows, draft.room, draft.counts)
    plan = Plan(width=measures.width, height=measures.height, bands=measures.bands)
    _set_boxes(draft, measures, plan)
    for id_, flow in draft.flows.items():
        if not flow.guide:
            plan.routes[id_] = _route(draft, measures, plan, id_)
    _set_labels(draft, plan)
    for node in [*draft.scene.nodes.values(), *draft.scene.aside]:
        if node.inner is not None:
            box = plan.boxes[node.id]
            plan.take_in(node.inner, box.x, box.y)
            plan.expanded.add(node.id)
    return plan


def _plan_node_notes(draft: Draft) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for id_, flow in draft.flows.items():
        used[flow.source].add(draft.leaves(id_))
        used[flow.target].add(draft.enters(id_))
    for node in draft.scene.nodes.values():
        if node.kind not in _NAMED_BESIDE:
            continue
        note = node_note(node.id, node.kind, node.name, used[node.id])
        if note is None:
            continue
        draft.notes[node.id] = note
        x, y = draft.place(node)
        width, height = note.size
        if note.spot == "upper right":
            draft.room.ask(draft.room.above, y, node.height / 2 + height)
            _ask_behind(draft, x, ASIDE + width)
        else:
            where = draft.room.above if note.spot == "above" else draft.room.below
            draft.room.ask(where, y, node.height / 2 + GAP + height + 2)
            draft.room.ask(draft.room.columns, x, width)


_NAMED_BESIDE = EVENTS | GATEWAYS | {"dataObjectReference", "dataStoreReference"}


def _ask_behind(draft: Draft, x: int, reach: float) -> None:
    """Ask for room in the channel behind a column, *reach* from the column's middle."""
    half = _half_column(draft, x)
    if reach + GAP > half:
        draft.room.ask(draft.room.behind, x + 1, reach + GAP - half)


def _ask_before(draft: Draft, x: int, reach: float) -> None:
    half = _half_column(draft, x)
    if reach + GAP > half:
        draft.room.ask(draft.room.before, x - 1, reach + GAP - half)


def _half_column(draft: Draft, x: int) -> float:
    widths = [n.width for n in draft.scene.nodes.values() if 2 * n.column + 1 == x]
    return max([*widths, LEAST_COLUMN, draft.room.columns[x]]) / 2


def _plan_rider_notes(draft: Draft) -> None:
    for rider in draft.scene.riders.values():
        node = draft.scene.nodes[rider.host]
        x, y = draft.place(node)
        draft.room.ask(draft.room.below, y, node.height / 2 + RIDER / 2 + GAP)
        if not rider.name:
            continue
        offset = draft.rider_offsets[rider.id]
        first = offset < 0 and len(draft.scene.riders_of(rider.host)) > 1
        spot: Spot = "left" if first else "right"
        note = Note(rider.id, tuple(wrap_evenly(rider.name, RIDER_LABEL)), spot)
        draft.notes[rider.id] = note
        width, height = note.size
        draft.room.ask(draft.room.below, y, node.height / 2 + GAP + height + 2)
        if first:
            _ask_before(draft, x, RIDER / 2 + GAP + width - offset)
        else:
            _ask_behind(draft, x, RIDER / 2 + GAP + width + offset)


def _plan_flow_notes(draft: Draft) -> None:
    for (source, leaves), ids in _named_flows(draft).items():
        corner = draft.notes.get(source)
        taken = corner is not None and corner.spot == "upper right"
        spots = flow_spots(leaves, ids, left_only=taken and leaves == "top")
        for id_, spot in spots.items():
            if spot == "bend" and not _bends_to_row(draft, id_):
                spot = "right" if leaves in ("top", "bottom") else "over"
            note = flow_note(id_, draft.flows[id_].name, spot)
            if note is not None:
                draft.notes[id_] = note
                _ask_for_flow_note(draft, id_, note)


def _named_flows(draft: Draft) -> dict[tuple[str, Side], list[str]]:
    """Return the flows with names by source and side, as they lie beside each other."""
    found: dict[tuple[str, Side], list[str]] = defaultdict(list)
    for id_, flow in draft.flows.items():
        if flow.source_rider is None and (flow.name or draft.leaves(id_) == "right"):
            found[flow.source, draft.leaves(id_)].append(id_)
    for ids in found.values():
        ids.sort(key=lambda id_: draft.pieces[id_][0].track)
    return found


def _bends_to_row(draft: Draft, id_: str) -> bool:
    """Tell whether a flow turns right into a row of cells at its first bend."""
    way = draft.ways[id_]
    return len(way) > 2 and way[2][0] > way[1][0] and way[1][1] in draft.lattice.row_lines


def _ask_for_flow_note(draft: Draft, id_: str, note: Note) -> None:
    source = draft.scene.nodes[draft.flows[id_].source]
    track = draft.pieces[id_][0].track
    leaves = draft.leaves(id_)
    width, height = note.size
    x, y = draft.place(source)
    room = draft.room
    if note.spot == "bend":
        room.ask(room.above, draft.ways[id_][1][1], height + GAP)
        _ask_behind(draft, x, ASIDE + width + track)
    elif leaves in ("top", "bottom"):
        where = room.above if leaves == "top" else room.below
        room.ask(where, y, source.height / 2 + height + GAP)
        if note.spot == "left":
            _ask_before(draft, x, ASIDE + width - track)
        else:
            _ask_behind(draft, x, ASIDE + width + track)
    else:
        where = room.above if note.spot == "over" else room.below
        room.ask(where, y, abs(track) + height + GAP)
        _ask_behind(draft, x, source.width / 2 + ASIDE + width)


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
        return span.middle + (piece.track - (count - 1) / 2) * _TRACK
    middle = measures.down[piece.line]
    if piece.line in draft.lattice.row_lines:
        return middle + piece.track
    return middle + piece.track * _TRACK


_TRACK = 14.0


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
