"""The lines of a period: of months that are closed as they were, of others as they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.reckoning.line import Line
from engine.reckoning.months import Month, Period
from engine.reckoning.selection import BASES, Basis, Selection, belongs

_BASES: tuple[Basis, ...] = ("opened", "closed")


@dataclass(frozen=True, slots=True)
class Book:
    """All lines that any figure of the period counts.

    A closed month brings its own lines: nothing that happened later changes its figures.
    """

    period: Period
    present: Sequence[Line]
    closed: Mapping[Month, Sequence[Line]] = field(default_factory=dict)
    _known: dict[tuple[Month, Basis], list[Line]] = field(default_factory=dict)

    def of(self, month: Month, basis: Basis) -> Sequence[Line]:
        """Return the lines that belong to *month*."""
        if not self._known:
            self._sort()
        if basis == "open":
            lines = self.closed.get(month, self.present)
            return [line for line in lines if belongs(line, month, basis)]
        return self._known.get((month, basis), ())

    def chosen(self, selection: Selection) -> Iterator[Line]:
        """Yield the lines that stand behind a figure."""
        for month in Period(selection.first, selection.last).months():
            for line in self.of(month, selection.basis):
                if selection.takes(line):
                    yield line

    def made_up(self, period: Period) -> int:
        """Return how many demo cases figures of *period* count."""
        return len(
            {
                line.case_id
                for month in period.months()
                for basis in BASES
                for line in self.of(month, basis)
                if line.is_demo
            }
        )

    def _sort(self) -> None:
        for month in self.period.months():
            lines = self.closed.get(month)
            for basis in _BASES:
                mine = [] if lines is None else lines
                self._known[month, basis] = [it for it in mine if belongs(it, month, basis)]
        for line in self.present:
            self._enter(line, line.opened_in, "opened")
            self._enter(line, line.closed_in, "closed")

    def _enter(self, line: Line, month: Month | None, basis: Basis) -> None:
        if month is not None and month in self.period and month not in self.closed:
            self._known[month, basis].append(line)
