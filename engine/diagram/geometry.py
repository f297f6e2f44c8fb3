"""Points, boxes and segments in the plane of a drawing; y grows downwards."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def cx(self) -> float:
        """The x of the centre."""
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        """The y of the centre."""
        return self.y + self.height / 2

    def grown(self, by: float) -> "Box":
        """Return the box with *by* more on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the box at another place."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether the insides meet by more than *slack*."""
        return (
            self.x + slack < other.right
            and other.x + slack < self.right
            and self.y + slack < other.bottom
            and other.y + slack < self.bottom
        )

    def contains(self, other: "Box", slack: float = 0.5) -> bool:
        """Tell whether *other* lies within, give or take *slack*."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all *boxes*; there must be one."""
    held = list(boxes)
    left, top = min(box.x for box in held), min(box.y for box in held)
    return Box(
        left,
        top,
        max(box.right for box in held) - left,
        max(box.bottom for box in held) - top,
    )


class Segment(NamedTuple):
    """A straight piece of a flow."""

    a: Point
    b: Point

    @property
    def horizontal(self) -> bool:
        """Whether it runs left to right, give or take half a pixel."""
        return abs(self.a.y - self.b.y) < 0.5

    @property
    def vertical(self) -> bool:
        """Whether it runs top to bottom, give or take half a pixel."""
        return abs(self.a.x - self.b.x) < 0.5

    @property
    def length(self) -> float:
        """How long it is."""
        return math.dist(self.a, self.b)

    @property
    def box(self) -> Box:
        """The box around it, with no width or no height if it is upright."""
        return Box(
            min(self.a.x, self.b.x),
            min(self.a.y, self.b.y),
            abs(self.a.x - self.b.x),
            abs(self.a.y - self.b.y),
        )


def segments(points: Sequence[Point]) -> Iterator[Segment]:
    """Yield the pieces of a line that have any length."""
    for a, b in pairwise(points):
        if math.dist(a, b) > 0.01:
            yield Segment(a, b)


def meets_box(segment: Segment, box: Box) -> bool:
    """Tell whether a piece of *segment* lies inside *box* (Liang and Barsky's clipping)."""
    dx, dy = segment.b.x - segment.a.x, segment.b.y - segment.a.y
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, segment.a.x - box.x),
        (dx, box.right - segment.a.x),
        (-dy, segment.a.y - box.y),
        (dy, box.bottom - segment.a.y),
    ):
        if abs(step) < 1e-9:
            if room <= 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter < leave - 1e-9


def crosses(one: Segment, other: Segment) -> bool:
    """Tell whether two segments cross at a point inside both."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

    margin = 0.01
    ends = side(other.a, other.b, one.a), side(other.a, other.b, one.b)
    ends_too = side(one.a, one.b, other.a), side(one.a, one.b, other.b)
    return (
        min(ends) < -margin
        and max(ends) > margin
        and min(ends_too) < -margin
        and max(ends_too) > margin
    )
