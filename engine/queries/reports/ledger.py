"""The ledger as a list: the lines behind a figure, as far as the person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.model import Sentence
from engine.policy import LoadedPolicy, PolicySettings
from engine.policy.sections.ledger import Column
from engine.queries.reports.found import Choice, Found, LedgerRow
from engine.queries.reports.periods import period_asked
from engine.queries.showing.listing import LARGEST_PAGE, PAGE, Page
from engine.reckoning.months import Month, Period, month_of, moved
from engine.reckoning.report import Grid, Head, Kind, Report, Row
from engine.reckoning.selection import ANSWERS, BASES, GRADES, STATES, Basis, Selection
from engine.reports.access import reads_ledger, refuse_stranger
from engine.reports.ledgers import policy_with_ledger, today
from engine.reports.making import said_of_demo
from engine.store.reading import Reading

MONTHS = 12  #: That the ledger shows unless somebody asks for others.
_STATES = {
    "open": Sentence("open"),
    "closed": Sentence("closed"),
    "cancelled": Sentence("cancelled"),
}


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A page of the ledger, and what one can narrow it to."""

    policy: str
    policy_title: str
    title: str
    columns: tuple[Column, ...]
    page: Page[LedgerRow]
    hidden: int  #: Lines that the figures count, of cases that are not for this person.
    selection: Selection
    choices: tuple[Choice, ...]
    closed: tuple[Month, ...]
    reads_ledger: bool
    zone: str
    demo: int = 0  #: Demo cases that the figures of these months count.


@dataclass(frozen=True, slots=True)
class LedgerAsked:
    """What somebody wants to see of a ledger, as an address says it."""

    first: str = ""
    last: str = ""
    basis: str = "opened"
    day: str = ""
    state: str = ""
    solved: str = ""
    reopened: str = ""
    grade: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def selection(self, now: Month, settings: PolicySettings) -> Selection:
        """Return the selection; odd words ask for nothing.

        By what is personal nothing is selected: who looks on could guess it by the count.

        Raises:
            InvalidValues: If the months are none.
        """
        usual = Period(moved(now, 1 - MONTHS), now)
        period = period_asked(self.first, self.last, usual)
        basis: Basis = next((each for each in BASES if each == self.basis), "opened")
        columns = () if settings.ledger is None else settings.ledger.columns
        known = {column.id for column in columns} - settings.personal_columns
        return Selection(
            first=period.last if basis == "open" else period.first,
            last=period.last,
            basis=basis,
            day=self.day if _is_day(self.day) else "",
            state=self.state if self.state in STATES else "",
            solved=self.solved if self.solved in ANSWERS else "",
            reopened=self.reopened if self.reopened in ANSWERS else "",
            grade=self.grade if self.grade in GRADES else "",
            values=tuple((name, key) for name, key in self.values if name in known),
        )


@dataclass(frozen=True, slots=True)
class LedgerList:
    """The lines of a ledger that a figure counts, or somebody looks for."""

    policy: str
    asked: LedgerAsked = LedgerAsked()
    text: str = ""
    sort: str = "-opened"  #: opened, closed, number, state or the id of a column.
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> LedgerView:
        """Return the page.

        Raises:
            NotFound: If there is no such policy, or it keeps no ledger.
            NotAllowed: If the person may read nothing of it.
            InvalidValues: If the months are none.
        """
        policy, ledger = policy_with_ledger(reading, self.policy)
        selection, found = _found(reading, policy, self.asked, self.text)
        size = min(max(self.size, 1), LARGEST_PAGE)
        lines = found.sorted(self.sort)
        last = max(1, -(-len(lines) // size))
        number = min(max(self.page, 1), last)
        shown = lines[(number - 1) * size : number * size]
        return LedgerView(
            policy=self.policy,
            policy_title=policy.settings.title,
            title=ledger.title,
            columns=ledger.columns,
            page=Page(tuple(found.rows(shown)), len(lines), number, size),
            hidden=found.hidden,
            selection=selection,
            choices=tuple(found.choices()),
            closed=tuple(found.books.kept),
            reads_ledger=reads_ledger(reading.actor, policy),
            zone=policy.settings.zone,
            demo=found.demo,
        )


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """All lines of a list, and the time zone that their days are of."""

    report: Report
    zone: str


@dataclass(frozen=True, slots=True)
class LedgerExport:
    """All lines of a list as a table for a file."""

    policy: str
    asked: LedgerAsked = LedgerAsked()
    text: str = ""
    sort: str = "-opened"

    def answer(self, reading: Reading) -> LedgerTable:
        """Return the table, with what is left out said below it.

        Raises:
            NotFound: If there is no such policy, or it keeps no ledger.
            NotAllowed: If the person may read nothing of it.
            InvalidValues: If the months are none.
        """
        policy, ledger = policy_with_ledger(reading, self.policy)
        selection, found = _found(reading, policy, self.asked, self.text)
        rows = found.rows(found.sorted(self.sort))
        remarks = () if not found.hidden else (said_of_hidden(found.hidden),)
        if found.demo:
            remarks = (*remarks, said_of_demo(found.demo))
        told = Report(
            kind="ledger",
            title=ledger.title,
            period=Period(selection.first, selection.last),
            grids=(
                Grid(_heads(ledger.columns), tuple(map(_grid_row, rows)), ledger.title),
            ),
            remarks=remarks,
        )
        return LedgerTable(told, policy.settings.zone)


def _found(
    reading: Reading, policy: LoadedPolicy, asked: LedgerAsked, text: str
) -> tuple[Selection, Found]:
    """Return the lines that are asked for, if the person may read any of the ledger."""
    refuse_stranger(reading.actor, policy)
    now = month_of(today(reading, policy))
    selection = asked.selection(now, policy.settings)
    return selection, Found(reading, policy, selection, text)


def said_of_hidden(count: int) -> Sentence:
    """Return what stands below a list that does not show all that its figure counts."""
    return Sentence(
        "{count} more are counted, but their cases are not for you to see.",
        {"count": count},
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_KINDS: Mapping[str, Kind] = {
    "number": "number",
    "money": "money",
    "date": "date",
    "moment": "moment",
    "hours": "hours",
}


def _heads(columns: Sequence[Column]) -> tuple[Head, ...]:
    return (
        Head(Sentence("Number"), width=16),
        Head(Sentence("Complaint"), width=30),
        Head(Sentence("Registered"), "date"),
        Head(Sentence("Ended"), "date"),
        Head(Sentence("State"), width=9),
        *(
            Head(column.title, _KINDS.get(column.kind, "text"), column.width)
            for column in columns
        ),
    )


def _grid_row(row: LedgerRow) -> Row:
    known = (row.number, row.title, row.opened_on, row.closed_on, _STATES[row.state])
    mark = Sentence("changed since the month was closed") if row.is_changed else None
    return Row((*known, *row.cells), mark)
