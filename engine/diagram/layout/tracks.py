"""Orders the pieces of flows that share a line, so that they lie beside each other.

A line is a channel or a row or column of cells. Two pieces that share a stretch of it
get different tracks, in the order in which they cross each other least.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from engine.diagram.layout.lattice import Place

Key = tuple[int, int]  #: A place along a line: the lattice point, then the track there.


@dataclass(slots=True)
class Piece:
    """A straight piece of a flow on a line."""

    flow: str
    index: int  #: Which piece of the flow it is, from its start.
    line: int
    upright: bool
    low: Key
    high: Key
    low_turn: int  #: Where the flow goes on at the low end: -1 up or left, 1 down or right.
    high_turn: int  #: Likewise at the high end; 0 where a node is.
    rank: int = 0  #: Its place in the order of the line.
    track: float = 0.0  #: In a channel: the number of its track; else px off the middle.

    def shares(self, other: "Piece", *, touching: bool) -> bool:
        """Tell whether both need room on the same stretch.

        Where *touching* counts, two corners at one place do; two ends at a node do not.
        """
        if self.low < other.high and other.low < self.high:
            return True
        if not touching:
            return False
        if self.high == other.low:
            return bool(self.high_turn and other.low_turn)
        return self.low == other.high and bool(self.low_turn and other.high_turn)


@dataclass(slots=True)
class Tracks:
    """The pieces of all flows by line."""

    upright: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    level: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    def pieces(self, flow: str) -> list[Piece]:
        """Return the pieces of *flow* from its start to its end."""
        found = [
            piece
            for lines in (self.upright, self.level)
            for line in lines.values()
            for piece in line
            if piece.flow == flow
        ]
        return sorted(found, key=lambda piece: piece.index)


def order_tracks(ways: dict[str, tuple[Place, ...]]) -> Tracks:
    """Cut *ways* into pieces and rank those that share a line."""
    tracks = Tracks()
    by_flow: dict[tuple[str, int], Piece] = {}
    for flow, points in ways.items():
        for piece in cut(flow, points):
            by_flow[flow, piece.index] = piece
            lines = tracks.upright if piece.upright else tracks.level
            lines[piece.line].append(piece)
    for pieces in tracks.upright.values():
        _rank(pieces, touching=True)
    for pieces in tracks.level.values():
        for piece in pieces:
            points = ways[piece.flow]
            _sharpen(piece, points[piece.index], points[piece.index + 1], by_flow)
        _rank(pieces, touching=False)
    return tracks


def cut(flow: str, points: Sequence[Place]) -> list[Piece]:
    """Return the pieces of a way over the lattice."""
    return [
        _piece(flow, index, points, along=1 if a[0] == b[0] else 0)
        for index, (a, b) in enumerate(pairwise(points))
    ]


def entanglement(pieces: Sequence[Piece], others: Sequence[Piece]) -> float:
    """Return how often two ways cross on the lines that they share, at least."""
    return sum(
        min(_cost_before(one, other), _cost_before(other, one))
        for one in pieces
        for other in others
        if one.line == other.line
        and one.upright == other.upright
        and one.shares(other, touching=True)
    )


def _piece(flow: str, index: int, points: Sequence[Place], along: int) -> Piece:
    a, b = points[index], points[index + 1]
    across = 1 - along
    before = _turn(points[index - 1], a, across) if index else 0
    after = _turn(points[index + 2], b, across) if index + 2 < len(points) else 0
    if a[along] > b[along]:
        a, b, before, after = b, a, after, before
    low, high = (a[along], 0), (b[along], 0)
    return Piece(flow, index, a[across], bool(along), low, high, before, after)


def _turn(neighbour: Place, corner: Place, axis: int) -> int:
    return 1 if neighbour[axis] > corner[axis] else -1


def _sharpen(
    piece: Piece, a: Place, b: Place, by_flow: dict[tuple[str, int], Piece]
) -> None:
    """Set the ends of a level piece to the tracks of the upright pieces that it joins."""
    before = by_flow.get((piece.flow, piece.index - 1))
    after = by_flow.get((piece.flow, piece.index + 1))
    first = (a[0], before.rank if before else 0)
    last = (b[0], after.rank if after else 0)
    piece.low, piece.high = min(first, last), max(first, last)


def _rank(pieces: list[Piece], *, touching: bool) -> None:
    """Order the pieces of a line by repeated insertion at the cheapest place."""
    pieces.sort(key=lambda p: (p.low, p.high, p.flow))
    costs = {
        (id(one), id(other)): _cost_before(one, other)
        for one in pieces
        for other in pieces
        if one is not other and one.shares(other, touching=touching)
    }
    for _ in range(4):
        moved = False
        for piece in list(pieces):
            at = pieces.index(piece)
            best = _best_place(piece, pieces, costs)
            if best != at:
                pieces.remove(piece)
                pieces.insert(best, piece)
                moved = True
        if not moved:
            break
    for rank, piece in enumerate(pieces):
        piece.rank = rank


def _best_place(
    piece: Piece, pieces: list[Piece], costs: dict[tuple[int, int], float]
) -> int:
    """Return where *piece* stands best among the others; where it is, if as good."""
    at = pieces.index(piece)
    others = [other for other in pieces if other is not piece]
    cost = sum(costs.get((id(piece), id(other)), 0.0) for other in others)
    best, least, here = 0, cost, cost if at == 0 else float("inf")
    for place, other in enumerate(others, start=1):
        cost += costs.get((id(other), id(piece)), 0.0)
        cost -= costs.get((id(piece), id(other)), 0.0)
        if place == at:
            here = cost
        if cost < least - 1e-9:
            best, least = place, cost
    return best if least < here - 1e-9 else at


def _cost_before(one: Piece, other: Piece) -> float:
    """Return how much the two cross if *one* lies left of or above *other*."""
    cost = 0.0
    for at, turn in ((other.low, other.low_turn), (other.high, other.high_turn)):
        if turn == -1:
            cost += _crossing(one, at, opposite=1)
    for at, turn in ((one.low, one.low_turn), (one.high, one.high_turn)):
        if turn == 1:
            cost += _crossing(other, at, opposite=None)
    return cost


def _crossing(crossed: Piece, at: Key, opposite: int | None) -> float:
    if crossed.low < at < crossed.high:
        return 1.0
    if opposite is None:
        return 0.0
    ends = ((crossed.low, crossed.low_turn), (crossed.high, crossed.high_turn))
    return 1.5 if any(at == end and turn == opposite for end, turn in ends) else 0.0


def number_channel(pieces: list[Piece], *, touching: bool) -> int:
    """Give the pieces of a channel the numbers of their tracks; return how many."""
    count = 0
    ordered = sorted(pieces, key=lambda piece: piece.rank)
    for index, piece in enumerate(ordered):
        piece.track = max(
            (
                other.track + 1
                for other in ordered[:index]
                if other.shares(piece, touching=touching)
            ),
            default=0,
        )
        count = max(count, int(piece.track) + 1)
    return count


def offset_cell_line(
    pieces: list[Piece], anchor_of: dict[int, float], *, touching: bool
) -> dict[int, int]:
    """Number the pieces of a row or column of cells from the middle outwards.

    Args:
        pieces: The pieces of the line.
        anchor_of: By the identity of a piece how much it should lie in the middle.
        touching: Whether pieces that only touch need different tracks.

    Returns:
        By the identity of a piece its steps off the middle, negative above or left.
    """
    steps: dict[int, int] = {}
    for cluster in _clusters(pieces, touching=touching):
        ordered = sorted(cluster, key=lambda piece: piece.rank)
        anchor = max(range(len(ordered)), key=lambda n: (anchor_of[id(ordered[n])], -n))
        steps[id(ordered[anchor])] = 0
        for n in range(anchor - 1, -1, -1):
            later = (
                o
                for o in ordered[n + 1 : anchor + 1]
                if o.shares(ordered[n], touching=touching)
            )
            steps[id(ordered[n])] = min((steps[id(o)] - 1 for o in later), default=0)
        for n in range(anchor + 1, len(ordered)):
            earlier = (o for o in ordered[:n] if o.shares(ordered[n], touching=touching))
            steps[id(ordered[n])] = max((steps[id(o)] + 1 for o in earlier), default=0)
    return steps


def _clusters(pieces: list[Piece], *, touching: bool) -> list[list[Piece]]:
    """Group pieces that share stretches with each other, directly or through others."""
    clusters: list[list[Piece]] = []
    for piece in pieces:
        near = [c for c in clusters if any(piece.shares(o, touching=touching) for o in c)]
        clusters = [c for c in clusters if c not in near]
        clusters.append([piece, *(other for cluster in near for other in cluster)])
    return clusters
