"""Decides where names shall stand, before anything has its measures.

Names of events and gateways stand above or below them, where no flow leaves or enters;
the name of a flow stands at its start, so that question and answer are read together.
What that needs in room is asked of rows, columns and channels.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from engine.diagram.geometry import Box, Point
from engine.diagram.labels import Lettering
from engine.diagram.notation import EVENTS, GATEWAYS
from engine.diagram.text import WIDEST_LABEL, block_size, wrap_evenly

Spot = Literal["above", "below", "upper right", "over", "under", "right", "left", "bend"]

GAP = 4.0  #: Between a name and what it names.
ASIDE = 6.0  #: Between an upright line and the name beside it.
RIDER_LABEL = 62.0  #: Names of boundary events break here.


@dataclass(frozen=True, slots=True)
class Note:
    """A name with its lines and the spot where it shall stand."""

    owner: str
    lines: tuple[str, ...]
    spot: Spot

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return block_size(list(self.lines))


@dataclass(slots=True)
class Room:
    """What names need beside the shapes themselves."""

    above: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    below: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    columns: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    behind: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    before: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def ask(self, where: dict[int, float], line: int, amount: float) -> None:
        """Ask for *amount*: of a row from its middle, of a channel from its side."""
        where[line] = max(where[line], amount)


def node_note(id_: str, kind: str, name: str, used: set[str]) -> Note | None:
    """Return how the name beside a node stands, given the sides that flows use."""
    if not name:
        return None
    spot: Spot = "below"
    if kind in GATEWAYS:
        spot = "above"
    if kind in GATEWAYS or kind in EVENTS:
        if "top" in used and "bottom" in used:
            spot = "upper right"
        elif "top" in used:
            spot = "below"
        elif "bottom" in used:
            spot = "above"
    return Note(id_, tuple(wrap_evenly(name, WIDEST_LABEL)), spot)


def flow_note(id_: str, name: str, spot: Spot) -> Note | None:
    """Return how the name of a flow stands at its *spot*."""
    if not name:
        return None
    return Note(id_, tuple(wrap_evenly(name, WIDEST_LABEL)), spot)


def flow_spots(leaves: str, flows: list[str], *, left_only: bool) -> dict[str, Spot]:
    """Return the spots for the names of flows that leave a shape by one side.

    Args:
        leaves: The side.
        flows: The flows from left to right, or from top to bottom.
        left_only: Whether the right of upright flows is taken already.
    """
    first: Spot = "left" if leaves in ("top", "bottom") else "over"
    last: Spot = "right" if leaves in ("top", "bottom") else "under"
    if len(flows) == 1:
        alone: Spot = first if left_only or first == "over" else last
        return {flows[0]: alone}
    spots: dict[str, Spot] = dict.fromkeys(flows, "bend")
    spots[flows[0]] = first
    spots[flows[-1]] = "bend" if left_only and last == "right" else last
    return spots


def set_beside_node(note: Note, box: Box, *, slanted: bool) -> Lettering:
    """Return the place of the name of an event, a gateway (*slanted*) or data."""
    width, height = note.size
    left, top = box.cx - width / 2, box.bottom + GAP
    if note.spot == "above":
        top = box.y - GAP - height
    elif note.spot == "upper right":
        above = 2.0 if slanted else -1.0
        left, top = box.cx + ASIDE, box.y + above - height
    return Lettering(note.lines, Box(left, top, width, height))


def set_at_rider(note: Note, box: Box, host: Box) -> Lettering:
    """Return the place of the name of an event on the border of *host*."""
    width, height = note.size
    left = box.right + GAP if note.spot == "right" else box.x - GAP - width
    return Lettering(note.lines, Box(left, host.bottom + GAP, width, height))


def set_at_bend(note: Note, bend: Point) -> Lettering:
    """Return the place of the name of a flow that turns to the right at *bend*."""
    width, height = note.size
    return Lettering(note.lines, Box(bend.x + ASIDE, bend.y - 3 - height, width, height))


def set_at_start(note: Note, start: Point, leaves: str, *, slanted: bool) -> Lettering:
    """Return the place of the name of a flow at its *start*.

    Args:
        note: The name.
        start: Where the flow leaves its source.
        leaves: By which side of the source.
        slanted: Whether the source's border falls away there, as a gateway's does.
    """
    width, height = note.size
    if leaves in ("top", "bottom"):
        left = start.x + ASIDE if note.spot == "right" else start.x - ASIDE - width
        nearer = -4.0 if slanted else GAP
        top = start.y + nearer if leaves == "bottom" else start.y - nearer - height
    else:
        left = start.x + ASIDE
        top = start.y - 3 - height if note.spot == "over" else start.y + 3
    return Lettering(note.lines, Box(left, top, width, height))
