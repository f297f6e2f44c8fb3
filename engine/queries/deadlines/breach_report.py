"""The register of broken deadlines as a report, for files: its lines and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.model import Sentence
from engine.queries.deadlines.breaches import (
    MOST_LINES,
    BrokenDeadline,
    RegisterAsked,
    Tally,
    lines,
    register_rows,
    tallies,
)
from engine.queries.showing.names import people_names, unit_names
from engine.reckoning.months import Period, month_of
from engine.reckoning.report import Grid, Head, Report, Row, Words
from engine.store.models import Breach
from engine.store.reading import Reading

#: What became of a task whose deadline was broken, in words.
OUTCOMES = {
    None: Sentence("late still"),
    "completed": Sentence("completed late"),
    "cancelled": Sentence("the case went on without it"),
    "extended": Sentence("given more time"),
}
_NOBODY = Sentence("nobody had taken it")


@dataclass(frozen=True, slots=True)
class BreachExport:
    """The register as far as the asking person sees it, as a report."""

    asked: RegisterAsked
    title: str
    zone: str  #: Whose clocks its moments are of.

    def answer(self, reading: Reading) -> Report:
        """Return it, the latest first, at most `MOST_LINES` of them."""
        zone = ZoneInfo(self.zone)
        rows = register_rows(reading, self.asked, MOST_LINES)
        months = [row.month for row in rows] or [month_of(reading.now.astimezone(zone))]
        by_person = tallies(reading, self.asked, Breach.person, people_names)
        by_unit = tallies(reading, self.asked, Breach.unit, unit_names)
        return Report(
            kind="breaches",
            title=self.title,
            period=Period(min(months), max(months)),
            grids=(
                Grid(_HEADS, tuple(_row(each, zone) for each in lines(reading, rows))),
                _figures(Sentence("Person"), by_person, _NOBODY),
                _figures(Sentence("Unit"), by_unit, ""),
            ),
        )


_HEADS = (
    Head(Sentence("Number"), width=16),
    Head(Sentence("Policy"), width=22),
    Head(Sentence("Step"), width=20),
    Head(Sentence("Person"), width=12),
    Head(Sentence("Role"), width=14),
    Head(Sentence("Unit"), width=14),
    Head(Sentence("Due"), "moment", 17),
    Head(Sentence("Ended"), "moment", 17),
    Head(Sentence("What became of it"), width=16),
    Head(Sentence("Late (working hours)"), "hours", 12),
    Head(Sentence("Reviewed"), "moment", 17),
    Head(Sentence("Reviewed by"), width=12),
    Head(Sentence("What the review says"), width=30),
)


def _row(each: BrokenDeadline, zone: ZoneInfo) -> Row:
    return Row(
        (
            each.case_number,
            each.policy,
            each.task,
            each.person or _NOBODY,
            each.role,
            each.unit,
            each.due.astimezone(zone),
            _local(each.ended_at, zone),
            OUTCOMES[each.outcome],
            each.late_hours,
            _local(each.reviewed_at, zone),
            each.reviewed_by or "",
            each.remark,
        )
    )


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment and moment.astimezone(zone)


def _figures(of: Sentence, by: Sequence[Tally], nameless: Words) -> Grid:
    return Grid(
        heads=(
            Head(of, width=16),
            Head(Sentence("Times late"), "count", 12),
            Head(Sentence("late still"), "count", 12),
            Head(Sentence("Late (working hours)"), "hours", 12),
            Head(Sentence("Reviewed"), "count", 12),
        ),
        rows=tuple(
            Row(
                (
                    each.name or nameless,
                    each.count,
                    each.still,
                    each.late_hours,
                    each.reviewed,
                )
            )
            for each in by
        ),
        title=of,
    )
