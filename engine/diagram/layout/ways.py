"""The ways that a flow may take over the lattice from one cell to another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from engine.diagram.layout.lattice import Lattice, Place
from engine.diagram.layout.tracks import Piece, cut, entanglement

Side = Literal["left", "right", "top", "bottom"]
SideCosts = tuple[tuple[Side, float], ...]

BEND = 2.0  #: All costs are relative to that of a crossing, which is ten.
LEVEL_STEP = 0.12
UPRIGHT_STEP = 0.25
CROSSING = 10.0
ALONG_IN_CELL = 6.0  #: Two flows side by side through one cell.
ALONG = 0.3  #: Two flows side by side in a channel.
TOUCH = 0.4  #: A bend on another flow.
REACH = 5  #: How far above and below its ends a way is looked for.


@dataclass(frozen=True, slots=True)
class Way:
    """One way over the lattice, with the sets of points that it uses."""

    points: tuple[Place, ...]
    cost: float
    leaves: Side
    enters: Side
    level: int  #: Points that it passes from left to right.
    upright: int  #: Points that it passes from top to bottom.
    bends: int
    body: int  #: All points but the two ends.


class WayFinder:
    """Finds ways on one lattice and remembers them."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self._known: dict[tuple[Place, Place, SideCosts, SideCosts], list[Way]] = {}
        self._clashes: dict[tuple[int, int], float] = {}
        self._pieces: dict[int, list[Piece]] = {}

    def ways(
        self, start: Place, end: Place, leaving: SideCosts, entering: SideCosts
    ) -> list[Way]:
        """Return ways from *start* to *end*, the cheapest first.

        Args:
            start: The cell from which the flow leaves.
            end: The cell that it enters.
            leaving: The sides by which it may leave, with what each costs.
            entering: The sides by which it may enter, with what each costs.
        """
        key = (start, end, leaving, entering)
        found = self._known.get(key)
        if found is None:
            found = self._find(start, end, dict(leaving), dict(entering))
            self._known[key] = found
        return found

    def clash(self, one: Way, other: Way) -> float:
        """Return what it costs that both ways, found here, are taken."""
        if not one.body & other.body:
            return 0.0
        key = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
        cost = self._clashes.get(key)
        if cost is None:
            cost = self._clashes[key] = self._clash(one, other)
        return cost

    def _clash(self, one: Way, other: Way) -> float:
        crossing = (one.level & other.upright).bit_count()
        crossing += (one.upright & other.level).bit_count()
        along = (one.level & other.level) | (one.upright & other.upright)
        touching = (one.bends & other.body) | (other.bends & one.body)
        entangled = 0.0
        if along or touching:
            entangled = entanglement(self._cut(one), self._cut(other))
        return (
            CROSSING * (crossing + entangled)
            + ALONG_IN_CELL * (along & self.lattice.cells).bit_count()
            + ALONG * along.bit_count()
            + TOUCH * touching.bit_count()
        )

    def _cut(self, way: Way) -> list[Piece]:
        pieces = self._pieces.get(id(way))
        if pieces is None:
            pieces = self._pieces[id(way)] = cut("", way.points)
        return pieces

    def _find(
        self,
        start: Place,
        end: Place,
        leaving: dict[Side, float],
        entering: dict[Side, float],
    ) -> list[Way]:
        found: dict[tuple[Place, ...], Way] = {}
        for drawn in chain(self._drafts(start, end), self._detours(start, end)):
            points = straightened(drawn)
            if len(points) < 2 or points in found:
                continue
            leaves = side_towards(points[0], points[1])
            enters = side_towards(points[-1], points[-2])
            if leaves in leaving and enters in entering:
                way = self._way(points, leaves, enters, leaving[leaves] + entering[enters])
                if way is not None:
                    found[points] = way
        return sorted(found.values(), key=lambda way: (way.cost, way.points))

    def _drafts(self, start: Place, end: Place) -> Iterator[list[Place]]:
        """Yield ways of up to five pieces, some of which double back."""
        (sx, sy), (tx, ty) = start, end
        width = self.lattice.width
        yield [start, (tx, sy), end]
        yield [start, (sx, ty), end]
        for x in _near(sx, tx, width):
            yield [start, (x, sy), (x, ty), end]
        first = [x for x in (sx + 1, sx + 3) if x < width]
        last = [x for x in (tx - 1, tx - 3) if x >= 0]
        lowest = min(self.lattice.height, max(sy, ty) + REACH + 1)
        for y in range(max(0, min(sy, ty) - REACH), lowest):
            yield [start, (sx, y), (tx, y), end]
            for x in last:
                yield [start, (sx, y), (x, y), (x, ty), end]
            for x in first:
                yield [start, (x, sy), (x, y), (tx, y), end]
                for other in last:
                    yield [start, (x, sy), (x, y), (other, y), (other, ty), end]

    def _detours(self, start: Place, end: Place) -> Iterator[list[Place]]:
        """Yield ways from above or below to above or below that use channels alone."""
        (sx, sy), (tx, ty) = start, end
        for y in (sy - 1, sy + 1):
            for x in {sx - 1, sx + 1, tx - 1, tx + 1} & set(range(self.lattice.width)):
                for last in (ty - 1, ty + 1):
                    yield [start, (sx, y), (x, y), (x, last), (tx, last), end]

    def _way(
        self, points: tuple[Place, ...], leaves: Side, enters: Side, sides: float
    ) -> Way | None:
        """Return the way over *points*, or None if it meets itself."""
        level = upright = length = height = 0
        bends = self.lattice.points(points[1:-1])
        for a, b in pairwise(points):
            if a[1] == b[1]:
                run = self.lattice.level_run(a, b)
                if run & level:
                    return None
                level |= run
                length += abs(a[0] - b[0])
            else:
                run = self.lattice.upright_run(a, b)
                if run & upright:
                    return None
                upright |= run
                height += abs(a[1] - b[1])
        ends = self.lattice.points((points[0], points[-1]))
        passed = level | upright
        if level & upright or passed & (bends | ends) or bends & ends:
            return None
        cost = (
            BEND * (len(points) - 2) + LEVEL_STEP * length + UPRIGHT_STEP * height + sides
        )
        return Way(points, cost, leaves, enters, level, upright, bends, passed | bends)


def _near(sx: int, tx: int, width: int) -> list[int]:
    """Return the x at which a flow with one upright piece may turn."""
    if tx > sx:
        return list(range(sx + 1, tx))
    return [x for x in (sx + 1, tx - 1) if 0 <= x < width]


def side_towards(here: Place, there: Place) -> Side:
    """Return the side of *here* that looks to *there*."""
    if here[1] == there[1]:
        return "right" if there[0] > here[0] else "left"
    return "bottom" if there[1] > here[1] else "top"


def straightened(points: list[Place] | tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out points at which nothing bends."""
    kept: list[Place] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept[-1] = point
            if kept[-1] == kept[-2]:
                kept.pop()
        else:
            kept.append(point)
    return tuple(kept)
