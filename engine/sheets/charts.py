"""Charts of a report as Excel draws them itself, from the cells of its grid."""

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as ExcelChart
from xlsxwriter.worksheet import Worksheet

from engine.model import Sentence
from engine.reckoning.report import CHARTED, Chart, Grid
from engine.sheets.cells import Say, Sheet, words

_SIZE = {"width": 860, "height": 340}
_INK, _LINE, _LIMIT, _CENTRE = "#2F6DB5", "#B45309", "#AB1F1B", "#176437"
_SHARE_AXIS = Sentence("Cumulative share")


def place_chart(
    book: Workbook,
    page: Worksheet,
    grid: Grid,
    sheet: Sheet,
    rows: tuple[int, int],
    say: Say,
) -> None:
    """Put the chart of *grid* below its table.

    Args:
        book: The workbook.
        page: Where the grid stands.
        grid: With its chart.
        sheet: The grid as it was written.
        rows: That of the heads, and the one where the chart begins.
        say: Speaks the reader's language.
    """
    chart = grid.chart
    if chart is None:
        return
    first = rows[0] + 1
    last = first + len(sheet.rows) - 1
    if chart.kind != "trend":
        last = min(last, first + CHARTED - 1)
    drawn = _Drawing(page.get_name(), chart, sheet, (rows[0], first, last))
    made = drawn.trend(book) if chart.kind == "trend" else drawn.bars(book)
    made.set_title({"name": words(chart.title, say), "name_font": {"size": 12}})
    made.set_legend({"position": "bottom"})
    made.set_size(_SIZE)
    if chart.line is not None:
        made.combine(drawn.cumulative(book, say))
    page.insert_chart(rows[1], 0, made)


class _Drawing:
    """Series over the rows of one sheet.

    Args:
        name: Of the sheet.
        chart: What is drawn.
        sheet: With the titles of the series.
        rows: That of the heads, the first and the last of the data.
    """

    def __init__(
        self, name: str, chart: Chart, sheet: Sheet, rows: tuple[int, int, int]
    ) -> None:
        self._name, self._chart, self._sheet, self._rows = name, chart, sheet, rows

    def bars(self, book: Workbook) -> ExcelChart:
        """Return columns, one series a column of the grid."""
        made = book.add_chart({"type": "column"})
        for place, column in enumerate(self._chart.bars):
            colour = (_INK, _LINE)[place % 2]
            made.add_series({**self._series(column), "fill": {"color": colour}, "gap": 60})
        return made

    def cumulative(self, book: Workbook, say: Say) -> ExcelChart:
        """Return the line of cumulative shares, on an axis of its own up to 100 %."""
        made = book.add_chart({"type": "line"})
        made.add_series(
            {
                **self._series(self._chart.line or 0),
                "y2_axis": True,
                "line": {"color": _LINE, "width": 2},
                "marker": {"type": "circle", "size": 5, "fill": {"color": _LINE}},
            }
        )
        made.set_y2_axis({"min": 0, "max": 1, "num_format": "0%", "name": say(_SHARE_AXIS)})
        return made

    def trend(self, book: Workbook) -> ExcelChart:
        """Return a line with its limits."""
        made = book.add_chart({"type": "line"})
        for column in self._chart.bars:
            made.add_series(
                {
                    **self._series(column),
                    "line": {"color": _INK, "width": 2.25},
                    "marker": {"type": "circle", "size": 6, "fill": {"color": _INK}},
                }
            )
        looks = ((_CENTRE, "solid"), (_LIMIT, "dash"), (_LIMIT, "dash"))
        for column, (colour, dash) in zip(self._chart.limits, looks, strict=False):
            line = {"color": colour, "width": 1.25, "dash_type": dash}
            made.add_series({**self._series(column), "line": line})
        return made

    def _series(self, column: int) -> dict[str, object]:
        heads, first, last = self._rows
        labels = self._chart.labels
        return {
            "name": [self._name, heads, column],
            "categories": [self._name, first, labels, last, labels],
            "values": [self._name, first, column, last, column],
        }
