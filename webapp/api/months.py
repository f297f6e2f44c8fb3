"""Months of a ledger: which are closed, what changed since, and closing one."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from engine.commands.ledger.closings import CloseMonth
from engine.model import Sentence
from engine.queries.reports.months import LedgerMonths, MonthRow, OneMonth
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import spoken


class MonthTold(msgspec.Struct, frozen=True):
    """A month of a ledger."""

    month: Annotated[str, about("Such as 2026-03")]
    closed_at: datetime | None
    closed_by: str | None
    changed: Annotated[int, about("Cases that are not what they were when it was closed")]
    is_whole: Annotated[bool, about("Whether what was kept is as it was kept")]
    closes_from: Annotated[date, about("The first day on which it can be closed")]
    can_close: Annotated[bool, about("Whether the person can close it now")]


class FigureThenAndNow(msgspec.Struct, frozen=True):
    """A figure when the month was closed, and as it would be now."""

    name: str
    then: Any
    now: Any


class CaseChanged(msgspec.Struct, frozen=True):
    """A case that is not what it was when the month was closed."""

    case_id: int
    number: str
    is_demo: Annotated[bool, about("Whether it is made up, for a demonstration")]
    title: str
    kind: Annotated[str, about("added, gone, ended or changed")]


class ClosedMonthTold(msgspec.Struct, frozen=True):
    """A closed month, and what changed since."""

    month: MonthTold
    digest: Annotated[str, about("Of the lines and figures that were kept")]
    figures: list[FigureThenAndNow]
    changes: list[CaseChanged]
    hidden: Annotated[int, about("Changed cases that are not for the person to see")]


class MonthJustClosed(msgspec.Struct, frozen=True):
    """What came of closing a month."""

    month: str
    digest: str
    figures: dict[str, Any]
    is_new: Annotated[bool, about("Whether it was closed now, and not before")]


@operation(
    "GET",
    "/policies/{key}/months",
    Sentence("List the months of a ledger"),
    scopes=("reports", "months"),
)
def list_months(key: str) -> list[MonthTold]:
    """Return them, the newest first."""
    return [_told(row) for row in ask(LedgerMonths(key)).months]


@operation(
    "GET",
    "/policies/{key}/months/{month}",
    Sentence("Read a closed month, then and now"),
    scopes=("reports", "months"),
)
def show_month(key: str, month: str) -> ClosedMonthTold:
    """Return it with what changed since."""
    found = ask(OneMonth(key, month))
    return ClosedMonthTold(
        month=_told(found.row),
        digest=found.digest,
        figures=[
            FigureThenAndNow(
                spoken(figure.name) if isinstance(figure.name, Sentence) else figure.name,
                figure.then,
                figure.now,
            )
            for figure in found.figures
        ],
        changes=[
            CaseChanged(
                each.case_id, each.number, is_made_up(each.number), each.title, each.kind
            )
            for each in found.changes
        ],
        hidden=found.hidden,
    )


@operation(
    "POST",
    "/policies/{key}/months/{month}/close",
    Sentence("Close a month of a ledger"),
    scopes=("months",),
)
def close_month(key: str, month: str) -> MonthJustClosed:
    """Keep its lines and figures; what was closed before stays as it was."""
    closed = run(CloseMonth(key, month))
    return MonthJustClosed(closed.month, closed.digest, dict(closed.figures), closed.is_new)


def _told(row: MonthRow) -> MonthTold:
    return MonthTold(
        month=row.month,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        changed=row.changed,
        is_whole=row.is_whole,
        closes_from=row.closes_from,
        can_close=row.can_close,
    )
