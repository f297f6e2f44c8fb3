"""The months of a ledger: which are closed, which can be, and what changed since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.model import Json, NotFound, Sentence
from engine.policy.sections.ledger import Ledger
from engine.queries.reports.found import visible_titles
from engine.queries.showing.names import people_names
from engine.reckoning.book import Book
from engine.reckoning.line import Line
from engine.reckoning.months import Month, Period, is_month, month_of, moved
from engine.reckoning.report import Words
from engine.reports.access import closes_months, reads_ledger, refuse_stranger
from engine.reports.closing import (
    Change,
    Difference,
    Kept,
    closes_from,
    differences,
    kept_months,
)
from engine.reports.kinds.counts import summary
from engine.reports.ledgers import first_month, lines, policy_with_ledger, today
from engine.reports.making import material
from engine.store.reading import Reading

_MOST = 36
FIGURES: Mapping[str, Sentence] = {
    "registered": Sentence("Registered"),
    "closed": Sentence("Closed"),
    "cancelled": Sentence("Cancelled"),
    "openAtEnd": Sentence("Open at the end"),
    "meanDays": Sentence("Mean days until closed"),
}
_STATES = {
    "open": Sentence("open"),
    "closed": Sentence("closed"),
    "cancelled": Sentence("cancelled"),
}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a ledger."""

    month: Month
    closed_at: datetime | None
    closed_by: str | None
    changed: int  #: Cases that are not what they were when it was closed.
    is_whole: bool  #: False: somebody changed what was kept.
    closes_from: date
    can_close: bool


@dataclass(frozen=True, slots=True)
class MonthsView:
    """The months of a ledger, the newest first."""

    policy: str
    policy_title: str
    title: str
    months: tuple[MonthRow, ...]
    may_close: bool
    reads_ledger: bool


@dataclass(frozen=True, slots=True)
class LedgerMonths:
    """Which months of a ledger are closed and which can be."""

    policy: str

    def answer(self, reading: Reading) -> MonthsView:
        """Return them, as far back as there are cases, at most three years.

        Raises:
            NotFound: If there is no such policy, or it keeps no ledger.
            NotAllowed: If the person may read nothing of it.
        """
        policy, ledger = policy_with_ledger(reading, self.policy)
        refuse_stranger(reading.actor, policy)
        day = today(reading, policy)
        now = month_of(day)
        first = max(first_month(reading, self.policy) or now, moved(now, 1 - _MOST))
        period = Period(first, now)
        kept = kept_months(reading, self.policy, period)
        present = lines(reading, self.policy, period) if kept else ()
        people = people_names(reading, (each.row.closed_by for each in kept.values()))
        may_close = closes_months(reading.actor, policy)
        rows = [
            _row(month, kept.get(month), (ledger, day, may_close), present, people)
            for month in period.months()
        ]
        return MonthsView(
            policy=self.policy,
            policy_title=policy.settings.title,
            title=ledger.title,
            months=tuple(reversed(rows)),
            may_close=may_close,
            reads_ledger=reads_ledger(reading.actor, policy),
        )


@dataclass(frozen=True, slots=True)
class FigureThen:
    """A figure when the month was closed, and as it would be now."""

    name: Words
    then: Decimal | int | None
    now: Decimal | int | None


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case that is not what it was, and in what it differs."""

    case_id: int
    number: str
    title: str
    kind: Change
    differs: tuple[tuple[Words, Words, Words], ...]  #: What, before, and now.


@dataclass(frozen=True, slots=True)
class MonthView:
    """A closed month, and what changed since."""

    policy: str
    policy_title: str
    title: str
    row: MonthRow
    digest: str
    figures: tuple[FigureThen, ...]
    changes: tuple[ChangedCase, ...]
    hidden: int  #: Changed cases that are not for this person.
    reads_ledger: bool


@dataclass(frozen=True, slots=True)
class OneMonth:
    """A closed month of a ledger."""

    policy: str
    month: str

    def answer(self, reading: Reading) -> MonthView:
        """Return it.

        Raises:
            NotFound: If there is no such policy, or the month is not closed.
            NotAllowed: If the person may read nothing of it.
        """
        policy, ledger = policy_with_ledger(reading, self.policy)
        refuse_stranger(reading.actor, policy)
        kept = self._kept(reading)
        period = Period(self.month, self.month)
        present = lines(reading, self.policy, period, demo=kept.row.demo)
        changed = differences(kept, present)
        titles = visible_titles(reading, [it.line.case_id for it in changed])
        people = people_names(reading, [kept.row.closed_by])
        facts = (ledger, today(reading, policy), False)
        return MonthView(
            policy=self.policy,
            policy_title=policy.settings.title,
            title=ledger.title,
            row=_row(self.month, kept, facts, present, people),
            digest=kept.row.digest,
            figures=self._figures(reading, kept, present),
            changes=tuple(
                _changed(ledger, it, titles[it.line.case_id])
                for it in changed
                if it.line.case_id in titles
            ),
            hidden=sum(1 for it in changed if it.line.case_id not in titles),
            reads_ledger=reads_ledger(reading.actor, policy),
        )

    def _kept(self, reading: Reading) -> Kept:
        if is_month(self.month):
            found = kept_months(reading, self.policy, Period(self.month, self.month))
            if self.month in found:
                return found[self.month]
        raise NotFound(
            "Expected {month} to be closed, but it is not.", month=self.month[:20]
        )

    def _figures(
        self, reading: Reading, kept: Kept, present: Sequence[Line]
    ) -> tuple[FigureThen, ...]:
        given = material(reading, self.policy, Period(self.month, self.month))
        fresh = Book(Period(self.month, self.month), present)
        now = summary(given.with_book(fresh), self.month)
        then: Mapping[str, Json] = kept.row.figures
        return tuple(
            FigureThen(name, then.get(key), now.get(key)) for key, name in FIGURES.items()
        )


def _row(
    month: Month,
    kept: Kept | None,
    facts: tuple[Ledger, date, bool],
    present: Sequence[Line],
    people: Mapping[str, str],
) -> MonthRow:
    ledger, day, may_close = facts
    begins = closes_from(ledger, month)
    return MonthRow(
        month=month,
        closed_at=kept.row.closed_at if kept else None,
        closed_by=people.get(kept.row.closed_by) if kept else None,
        changed=len(differences(kept, present)) if kept else 0,
        is_whole=kept is None or kept.is_whole,
        closes_from=begins,
        can_close=may_close and kept is None and day >= begins,
    )


def _changed(ledger: Ledger, it: Difference, title: str) -> ChangedCase:
    return ChangedCase(
        case_id=it.line.case_id,
        number=it.line.number,
        title=title,
        kind=it.kind,
        differs=tuple(_differs(ledger, it.before, it.now)),
    )


def _differs(
    ledger: Ledger, before: Line | None, now: Line | None
) -> Iterator[tuple[Words, Words, Words]]:
    if before is None or now is None:
        return
    if before.state != now.state:
        yield Sentence("State"), _STATES[before.state], _STATES[now.state]
    if before.closed_on != now.closed_on:
        yield Sentence("Ended"), _text(before.closed_on), _text(now.closed_on)
    for column in ledger.columns:
        if column.id not in before.values:
            continue
        pair = [
            "、".join(column.labels.get(key, key) for key in line.keys(column.id))
            for line in (before, now)
        ]
        if pair[0] != pair[1]:
            yield column.title, pair[0] or "–", pair[1] or "–"
    if before.solved_once != now.solved_once:
        yield Sentence("Solved at once"), _said(before.solved_once), _said(now.solved_once)
    if before.score != now.score:
        yield Sentence("Satisfaction"), _text(before.score), _text(now.score)
    if before.reopened != now.reopened:
        yield Sentence("Reopened"), _said(before.reopened), _said(now.reopened)


def _text(value: date | Decimal | None) -> str:
    return "–" if value is None else str(value)


def _said(answer: bool | None) -> Words:
    if answer is None:
        return "–"
    return Sentence("yes") if answer else Sentence("no")
