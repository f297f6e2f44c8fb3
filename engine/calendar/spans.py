"""Counts working time in one year: its stretches of work in order, with running totals."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """Return the microseconds since 1970 of an aware *moment*."""
    return (moment - _EPOCH) // _TICK


def moment_at(count: int) -> datetime:
    """Return the moment *count* microseconds after 1970, in UTC."""
    return _EPOCH + count * _TICK


class Spans:
    """Half-open stretches of work within one year, none overlapping; never changed."""

    __slots__ = ("_begins", "_ends", "_totals")

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(pairs)
        self._begins = [begin for begin, _ in ordered]
        self._ends = [end for _, end in ordered]
        lengths = (end - begin for begin, end in ordered)
        self._totals = list(accumulate(lengths, initial=0))

    @property
    def total(self) -> int:
        """The working time of the whole year."""
        return self._totals[-1]

    def worked_until(self, at: int) -> int:
        """Return the working time between the start of the year and *at*."""
        index = bisect_right(self._begins, at)
        if index == 0:
            return 0
        begin, end = self._begins[index - 1], self._ends[index - 1]
        return self._totals[index - 1] + min(at, end) - begin

    def earliest(self, worked: int) -> int:
        """Return the first moment by which *worked* (above 0, at most total) is done."""
        index = bisect_left(self._totals, worked) - 1
        return self._begins[index] + worked - self._totals[index]

    def latest(self, worked: int) -> int:
        """Return the last moment at which *worked* (below total) is all that is done."""
        index = bisect_right(self._totals, worked) - 1
        return self._begins[index] + worked - self._totals[index]
