"""Reports as Excel workbooks in the layout of the house: one sheet for each grid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engine.model import Sentence
from engine.reckoning.report import Grid, Kind, Report
from engine.sheets.cells import Plain, Say, Sheet, is_risky, sheet_of, words
from engine.sheets.charts import place_chart

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_A4 = 9
_HEAD_ROW = 3  #: Title, period and maker stand above it.
_WIDTHS: Mapping[Kind, int] = {
    "text": 18,
    "date": 12,
    "moment": 17,
    "count": 11,
    "share": 11,
    "number": 12,
    "hours": 12,
    "money": 14,
}
_FORMATS: Mapping[Kind, str] = {
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "count": "#,##0",
    "share": "0.0%",
    "number": "#,##0.00",
    "hours": "#,##0.0",
    "money": "#,##0.00",
}
_PERIOD = Sentence("Period: {first} to {last}")
_ONE_MONTH = Sentence("Period: {month}")
_MADE = Sentence("Made {moment} by {name}")
_PAGES = Sentence("Page {number} of {all}")
_REMARK_WIDTH = 26
_UNFIT = re.compile(r"[\[\]:*?/\\']")  #: In names of sheets.
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767  #: Characters of a cell.


@dataclass(frozen=True, slots=True)
class Made:
    """Who had a report made, and when, on the clocks of the policy."""

    at: datetime
    by: str


def workbook(report: Report, made: Made, say: Say) -> bytes:
    """Return *report* as an Excel file, ready to be printed on A4 across."""
    written = BytesIO()
    book = Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties(
        {"title": report.title, "author": made.by, "created": _local(made.at)}
    )
    formats = _Formats(book)
    used: set[str] = set()
    for grid in report.grids:
        name = _sheet_name(words(grid.title, say) or report.title, used)
        _write(book, book.add_worksheet(name), (report, grid, made), formats, say)
    book.close()
    return written.getvalue()


class _Formats:
    """The few looks that cells have, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **look: object) -> Format:
        """Return the format with this look."""
        key = tuple(sorted(look.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format(look)
        return self._known[key]

    def cell(self, kind: Kind, **more: object) -> Format:
        """Return the format of a cell of a grid."""
        look: dict[str, object] = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
        if kind == "text":
            look["text_wrap"] = True
        else:
            look["num_format"] = _FORMATS[kind]
        return self.get(**look, **more)


def _write(
    book: Workbook,
    page: Worksheet,
    told: tuple[Report, Grid, Made],
    formats: _Formats,
    say: Say,
) -> None:
    report, grid, made = told
    sheet = sheet_of(grid, say)
    last = len(sheet.heads) - 1
    _lay_out(page, grid, sheet, say)
    _write_top(page, report, made, formats, say)
    head = formats.get(
        bold=True,
        border=1,
        border_color="#BFBFBF",
        bg_color="#E8EDF3",
        text_wrap=True,
        align="center",
        valign="vcenter",
    )
    for column, title in enumerate(sheet.heads):
        page.write_string(_HEAD_ROW, column, title, head)
    kinds: list[Kind] = [each.kind for each in grid.heads]
    kinds += ["text"] * (len(sheet.heads) - len(kinds))
    at = _HEAD_ROW + 1
    for row in sheet.rows:
        _write_row(page, at, row, kinds, formats)
        at += 1
    page.autofilter(_HEAD_ROW, 0, max(at - 1, _HEAD_ROW), last)
    if sheet.total is not None:
        _write_row(page, at, sheet.total, kinds, formats, bold=True, bg_color="#F4F6F9")
        at += 1
    for remark in report.remarks:
        at += 1
        page.write_string(at, 0, say(remark))
    if grid.chart is not None and sheet.rows:
        place_chart(book, page, grid, sheet, (_HEAD_ROW, at + 2), say)


def _lay_out(page: Worksheet, grid: Grid, sheet: Sheet, say: Say) -> None:
    for column, head in enumerate(grid.heads):
        page.set_column(column, column, head.width or _WIDTHS[head.kind])
    if len(sheet.heads) > len(grid.heads):
        page.set_column(len(grid.heads), len(grid.heads), _REMARK_WIDTH)
    page.freeze_panes(_HEAD_ROW + 1, 1)
    page.repeat_rows(_HEAD_ROW)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    pages = say(Sentence(_PAGES.template, {"number": "&P", "all": "&N"}))
    page.set_footer(f"&C{pages}")


def _write_top(
    page: Worksheet, report: Report, made: Made, formats: _Formats, say: Say
) -> None:
    first, last = report.period.first, report.period.last
    period = Sentence(_PERIOD.template, {"first": first, "last": last})
    if first == last:
        period = Sentence(_ONE_MONTH.template, {"month": first})
    moment = f"{made.at:%Y-%m-%d %H:%M}"
    quiet = formats.get(font_color="#595959")
    page.write_string(0, 0, report.title, formats.get(bold=True, font_size=16))
    page.set_row(0, 26)
    page.write_string(1, 0, say(period), quiet)
    page.write_string(
        2, 0, say(Sentence(_MADE.template, {"moment": moment, "name": made.by})), quiet
    )


def _write_row(
    page: Worksheet,
    at: int,
    row: tuple[Plain, ...],
    kinds: list[Kind],
    formats: _Formats,
    **look: object,
) -> None:
    for column, cell in enumerate(row):
        kind = kinds[column]
        if isinstance(cell, int | Decimal):
            page.write_number(at, column, float(cell), formats.cell(kind, **look))
        elif isinstance(cell, datetime):
            page.write_datetime(at, column, _local(cell), formats.cell("moment", **look))
        elif isinstance(cell, date):
            page.write_datetime(at, column, cell, formats.cell("date", **look))
        elif cell is None:
            page.write_blank(at, column, None, formats.cell(kind, **look))
        else:
            quoted = {"quote_prefix": True} if is_risky(cell) else {}
            text = cell if len(cell) <= _LONGEST_TEXT else cell[: _LONGEST_TEXT - 1] + "…"
            page.write_string(at, column, text, formats.cell("text", **look, **quoted))


def _local(moment: datetime) -> datetime:
    """Return *moment* as Excel keeps it, which knows no zones."""
    return moment.replace(tzinfo=None)


def _sheet_name(title: str, used: set[str]) -> str:
    plain = _UNFIT.sub(" ", title).strip()[:_LONGEST_NAME] or "1"
    name, count = plain, 1
    while name.lower() in used:
        count += 1
        ending = f" {count}"
        name = plain[: _LONGEST_NAME - len(ending)] + ending
    used.add(name.lower())
    return name
