"""The lattice: columns of cells with channels between, rows of cells with channels between.

A point has whole coordinates. Odd x are columns of cells, even x the channels beside
them. Each band has its rows, at odd places within the band, and channels around them.
A set of points is an integer with a bit for each point, so that meetings are counted
by a few machine instructions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Place = tuple[int, int]


@dataclass(frozen=True)
class Lattice:
    """The points on which nodes stand and flows bend."""

    columns: int
    rows: tuple[int, ...]  #: For each band, how many rows of cells it has.

    @cached_property
    def width(self) -> int:
        """How many x there are."""
        return 2 * self.columns + 1

    @cached_property
    def height(self) -> int:
        """How many y there are."""
        return sum(2 * count + 1 for count in self.rows)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """For each band the y of its uppermost channel."""
        tops, top = [], 0
        for count in self.rows:
            tops.append(top)
            top += 2 * count + 1
        return tuple(tops)

    def x_of(self, column: int) -> int:
        """Return the x of the cells of *column*."""
        return 2 * column + 1

    def y_of(self, band: int, row: int) -> int:
        """Return the y of the cells of *row* in *band*."""
        return self.tops[band] + 2 * row + 1

    @cached_property
    def row_lines(self) -> frozenset[int]:
        """The y on which cells lie."""
        return frozenset(
            self.y_of(band, row)
            for band, count in enumerate(self.rows)
            for row in range(count)
        )

    def bit(self, x: int, y: int) -> int:
        """Return the set that holds one point."""
        return 1 << (y * self.width + x)

    def points(self, places: Iterable[Place]) -> int:
        """Return the set that holds *places*."""
        found = 0
        for x, y in places:
            found |= 1 << (y * self.width + x)
        return found

    def level_run(self, a: Place, b: Place) -> int:
        """Return the points between two points of the same height."""
        left, right = min(a[0], b[0]), max(a[0], b[0])
        return ((1 << (right - left - 1)) - 1) << (a[1] * self.width + left + 1)

    def upright_run(self, a: Place, b: Place) -> int:
        """Return the points between two points above each other."""
        top, bottom = min(a[1], b[1]), max(a[1], b[1])
        return self._stacks[bottom - top - 1] << ((top + 1) * self.width + a[0])

    @cached_property
    def _stacks(self) -> tuple[int, ...]:
        """For each count that many points above each other, from the origin."""
        stacks = [0]
        for y in range(self.height):
            stacks.append(stacks[-1] | 1 << (y * self.width))
        return tuple(stacks)

    @cached_property
    def cells(self) -> int:
        """The set of the points on which nodes may stand."""
        return self.points((x, y) for y in self.row_lines for x in range(1, self.width, 2))
