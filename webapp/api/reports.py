"""Reports and the ledger, as JSON and as files."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from werkzeug.wrappers import Response

from engine.model import Sentence
from engine.queries.reports.ledger import LedgerAsked, LedgerExport, LedgerList
from engine.queries.reports.one import OneReport
from engine.queries.reports.overview import ReportsOverview
from engine.queries.showing.listing import PAGE
from engine.reckoning.report import Cell, Figure, Grid, Row, Words
from engine.sheets import EXCEL
from webapp.api.declaring import about, operation
from webapp.api.listing import PageNumber, PageSize
from webapp.reports.files import file_of
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import spoken

Ending = Literal["xlsx", "csv"]
FILES = (EXCEL, "text/csv")
_Month = Annotated[str, about("YYYY-MM; empty for the usual months")]


class Months(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Over which months a report goes."""

    first: _Month = ""
    last: _Month = ""


class MonthsAsFile(Months, frozen=True, kw_only=True):
    """Over which months, and in which kind of file."""

    ending: Ending = "xlsx"


class LedgerFilters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which lines of the ledger are asked for."""

    first: _Month = ""
    last: _Month = ""
    basis: Annotated[str, about("Months of what: opened, closed or open")] = "opened"
    day: str = ""
    state: str = ""
    solved: str = ""
    reopened: str = ""
    grade: str = ""
    q: str = ""
    sort: str = "-opened"


class LedgerPage(LedgerFilters, frozen=True, kw_only=True):
    """Which page of the ledger is asked for."""

    page: PageNumber = 1
    size: PageSize = PAGE


class LedgerAsFile(LedgerFilters, frozen=True, kw_only=True):
    """Which lines, and in which kind of file."""

    ending: Ending = "xlsx"


class ReportOffered(msgspec.Struct, frozen=True):
    """A report that a policy owes."""

    kind: str
    title: str


class PolicyReports(msgspec.Struct, frozen=True):
    """What the person may read of one policy."""

    policy: str
    title: str
    ledger: Annotated[str | None, about("Its title, for who may read all of it")]
    reports: list[ReportOffered]


class HeadTold(msgspec.Struct, frozen=True):
    """What stands above a column."""

    title: str
    kind: str


class RowTold(msgspec.Struct, frozen=True):
    """A row of a table."""

    cells: list[Any]
    mark: str | None


class GridTold(msgspec.Struct, frozen=True):
    """A table of a report."""

    title: str
    heads: list[HeadTold]
    rows: list[RowTold]
    total: RowTold | None


class ReportTold(msgspec.Struct, frozen=True):
    """A report over some months."""

    policy: str
    kind: str
    title: str
    first: str
    last: str
    closed: Annotated[list[str], about("Months whose figures do not change any more")]
    figures: dict[str, Any]
    grids: list[GridTold]
    remarks: list[str]
    demo_cases: Annotated[int, about("How many of the cases counted are made up")]


class ColumnTold(msgspec.Struct, frozen=True):
    """A column of the ledger."""

    id: str
    title: str
    kind: str


class LedgerLine(msgspec.Struct, frozen=True):
    """A case in the ledger."""

    case_id: int
    number: str
    is_demo: Annotated[bool, about("Whether it is made up, for a demonstration")]
    title: str
    opened_on: date
    closed_on: date | None
    state: str
    values: Annotated[dict[str, Any], about("By the ids of the columns")]
    is_changed: Annotated[bool, about("Whether it changed after its month was closed")]


class LedgerTold(msgspec.Struct, frozen=True):
    """A page of the ledger."""

    policy: str
    title: str
    columns: list[ColumnTold]
    rows: list[LedgerLine]
    page: int
    total: int
    hidden: Annotated[int, about("Lines of cases that are not for the person to see")]
    demo_cases: Annotated[int, about("How many of the cases counted are made up")]


@operation(
    "GET", "/reports", Sentence("List the reports for the person"), scopes=("reports",)
)
def list_reports() -> list[PolicyReports]:
    """Return them by policy."""
    return [
        PolicyReports(
            policy=found.key,
            title=found.title,
            ledger=found.ledger,
            reports=[ReportOffered(owed.kind, owed.title) for owed in found.reports],
        )
        for found in ask(ReportsOverview())
    ]


@operation(
    "GET",
    "/policies/{key}/reports/{kind}",
    Sentence("Read the figures of a report over some months"),
    scopes=("reports",),
)
def show_report(key: str, kind: str, query: Months) -> ReportTold:
    """Return its figures and tables."""
    found = ask(OneReport(key, kind, query.first, query.last))
    told = found.report
    return ReportTold(
        policy=found.policy,
        kind=told.kind,
        title=told.title,
        first=told.period.first,
        last=told.period.last,
        closed=list(found.closed),
        figures=dict(told.figures),
        grids=[_grid(grid) for grid in told.grids],
        remarks=[spoken(remark) for remark in told.remarks],
        demo_cases=told.demo,
    )


@operation(
    "GET",
    "/policies/{key}/reports/{kind}/file",
    Sentence("Fetch a report as Excel or CSV"),
    scopes=("reports",),
    gives=FILES,
)
def fetch_report(key: str, kind: str, query: MonthsAsFile) -> Response:
    """Return the file."""
    found = ask(OneReport(key, kind, query.first, query.last))
    return file_of(found.report, query.ending, found.zone)


@operation(
    "GET",
    "/policies/{key}/ledger",
    Sentence("Read lines of the ledger"),
    scopes=("reports",),
)
def show_ledger(key: str, query: LedgerPage) -> LedgerTold:
    """Return a page of them."""
    asked = LedgerList(key, _asked(query), query.q, query.sort, query.page, query.size)
    found = ask(asked)
    ids = [column.id for column in found.columns]
    return LedgerTold(
        policy=found.policy,
        title=found.title,
        columns=[ColumnTold(each.id, each.title, each.kind) for each in found.columns],
        rows=[
            LedgerLine(
                case_id=row.case_id,
                number=row.number,
                is_demo=is_made_up(row.number),
                title=row.title,
                opened_on=row.opened_on,
                closed_on=row.closed_on,
                state=row.state,
                values=dict(zip(ids, map(_cell, row.cells), strict=True)),
                is_changed=row.is_changed,
            )
            for row in found.page.rows
        ],
        page=found.page.number,
        total=found.page.total,
        hidden=found.hidden,
        demo_cases=found.demo,
    )


@operation(
    "GET",
    "/policies/{key}/ledger/file",
    Sentence("Fetch lines of the ledger as Excel or CSV"),
    scopes=("reports",),
    gives=FILES,
)
def fetch_ledger(key: str, query: LedgerAsFile) -> Response:
    """Return the file."""
    found = ask(LedgerExport(key, _asked(query), query.q, query.sort))
    return file_of(found.report, query.ending, found.zone)


def _asked(query: LedgerFilters) -> LedgerAsked:
    return LedgerAsked(
        first=query.first,
        last=query.last,
        basis=query.basis,
        day=query.day,
        state=query.state,
        solved=query.solved,
        reopened=query.reopened,
        grade=query.grade,
    )


def _grid(grid: Grid) -> GridTold:
    return GridTold(
        title=_words(grid.title),
        heads=[HeadTold(_words(head.title), head.kind) for head in grid.heads],
        rows=[_row(row) for row in grid.rows],
        total=None if grid.total is None else _row(grid.total),
    )


def _row(row: Row) -> RowTold:
    mark = None if row.mark is None else spoken(row.mark)
    return RowTold([_cell(cell) for cell in row.cells], mark)


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Figure):
        return cell.value
    return spoken(cell) if isinstance(cell, Sentence) else cell


def _words(words: Words) -> str:
    return spoken(words) if isinstance(words, Sentence) else words
