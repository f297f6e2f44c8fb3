"""Plans the names of a draft: where each shall stand, and what room that needs."""

from collections import defaultdict

from engine.diagram.layout.draft import RIDER, Draft
from engine.diagram.layout.lettering import (
    ASIDE,
    GAP,
    RIDER_LABEL,
    Note,
    Spot,
    flow_note,
    flow_spots,
    node_note,
)
from engine.diagram.layout.ways import Side
from engine.diagram.notation import EVENTS, GATEWAYS
from engine.diagram.text import wrap_evenly

LEAST_COLUMN = 50.0


def plan_notes(draft: Draft) -> None:
    """Set the notes of *draft* and ask for the room that they need."""
    _plan_node_notes(draft)
    _plan_rider_notes(draft)
    _plan_flow_notes(draft)


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
