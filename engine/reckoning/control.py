"""Control charts of Shewhart: is what varies from month to month more than chance?

Counts vary by chance as a Poisson variable does (c chart), shares as a binomial one (p
chart); three standard deviations from the centre line are the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FEWEST = 8  #: Points; from fewer, limits would say more than is known.
RUN = 8  #: So many points in a row on one side of the centre line are no chance either.
_WIDE = Decimal(3)

Signal = Literal["above", "below", "run"]


@dataclass(frozen=True, slots=True)
class Point:
    """One month; limits are None where there are too few months to reckon them."""

    value: Decimal | None  #: None: nothing happened that a share could be taken of.
    centre: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    signal: Signal | None = None  #: Why it is out of control.


def chart_of_counts(counts: Sequence[int]) -> tuple[Point, ...]:
    """Return a c chart: the limits are the same for all points."""
    values = [Decimal(count) for count in counts]
    if len(values) < FEWEST:
        return tuple(Point(value) for value in values)
    centre = sum(values, Decimal(0)) / len(values)
    reach = _WIDE * centre.sqrt()
    return _judged(
        [Point(it, centre, _floor(centre - reach), centre + reach) for it in values]
    )


def chart_of_shares(parts: Sequence[tuple[int, int]]) -> tuple[Point, ...]:
    """Return a p chart; its limits are the wider, the fewer a month has.

    Args:
        parts: For each month how many it is true of, and of how many.
    """
    known = [(count, of) for count, of in parts if of]
    shares = [Decimal(count) / of if of else None for count, of in parts]
    if len(known) < FEWEST:
        return tuple(Point(share) for share in shares)
    centre = Decimal(sum(count for count, _ in known)) / sum(of for _, of in known)
    points = []
    for share, (_, of) in zip(shares, parts, strict=True):
        if share is None:
            points.append(Point(None))
            continue
        reach = _WIDE * (centre * (1 - centre) / of).sqrt()
        upper = min(centre + reach, Decimal(1))
        points.append(Point(share, centre, _floor(centre - reach), upper))
    return _judged(points)


def _judged(points: Sequence[Point]) -> tuple[Point, ...]:
    run, side, judged = 0, 0, []
    for point in points:
        here = _side(point)
        run = run + 1 if here and here == side else abs(here)
        side = here
        judged.append(_with_signal(point, run))
    return tuple(judged)


def _with_signal(point: Point, run: int) -> Point:
    signal: Signal | None = None
    if point.value is not None and point.upper is not None and point.lower is not None:
        if point.value > point.upper:
            signal = "above"
        elif point.value < point.lower:
            signal = "below"
        elif run >= RUN:
            signal = "run"
    return Point(point.value, point.centre, point.lower, point.upper, signal)


def _side(point: Point) -> int:
    """Return 1 above the centre line, -1 below it, 0 on it or without one."""
    if point.value is None or point.centre is None or point.value == point.centre:
        return 0
    return 1 if point.value > point.centre else -1


def _floor(value: Decimal) -> Decimal:
    return max(value, Decimal(0))
