"""Reports in files: opened again, they say what was written, and nothing in them runs."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from engine.language import say
from engine.model import Sentence
from engine.reckoning.months import Period
from engine.reckoning.report import Chart, Figure, Grid, Head, Report, Row
from engine.sheets import Made, comma_separated, workbook

MADE = Made(datetime(2026, 4, 2, 9, 30, tzinfo=UTC), "赵主管")
RISKY = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1"]


def english(sentence: Sentence) -> str:
    return say(sentence, "en")


def report_of(*rows: Row, chart: Chart | None = None, grids: int = 1) -> Report:
    heads = (
        Head("原因", width=28),
        Head(Sentence("Complaints"), "count"),
        Head(Sentence("Share"), "share"),
    )
    total = Row((Sentence("Total"), Figure(sum(row.cells[1].value for row in rows)), None))
    grid = Grid(heads, rows, "投诉热点", total, chart)
    remark = Sentence("Share")
    return Report(
        "hot-spots",
        "投诉热点分析",
        Period("2026-03", "2026-03"),
        (grid,) * grids,
        (remark,),
    )


def row(name: str, count: int, part: str, mark: Sentence | None = None) -> Row:
    return Row((name, Figure(count), Figure(Decimal(part))), mark)


@pytest.fixture
def opened():
    def open_again(report: Report):
        return load_workbook(BytesIO(workbook(report, MADE, english)))

    return open_again


def test_it_has_the_layout_of_the_house(opened):
    page = opened(report_of(row("漏水", 3, "0.75"), row("异响", 1, "0.25"))).active

    assert [page.cell(1, 1).value, page.cell(2, 1).value, page.cell(3, 1).value] == [
        "投诉热点分析",
        "Period: 2026-03",
        "Made 2026-04-02 09:30 by 赵主管",
    ]
    assert page.freeze_panes == "B5"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["A"].width == pytest.approx(28, abs=1)


def test_numbers_stay_numbers_in_their_format(opened):
    page = opened(report_of(row("漏水", 3, "0.75"))).active

    assert [cell.value for cell in page[5]] == ["漏水", 3, 0.75]
    assert page["C5"].number_format == "0.0%"
    assert [cell.value for cell in page[6]] == ["Total", 3, None]


def test_remarks_and_marks_stand_in_the_sheet(opened):
    few = Sentence("one of the few that matter most")

    page = opened(report_of(row("漏水", 3, "1", few))).active

    assert page["D4"].value == "Note"
    assert page["D5"].value == "one of the few that matter most"
    assert "Share" in [cell.value for cell in page["A"]][6:]


@pytest.mark.parametrize("text", RISKY)
def test_what_looks_like_a_formula_is_text_in_excel(opened, text):
    cell = opened(report_of(row(text, 1, "1"))).active["A5"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.quotePrefix


@pytest.mark.parametrize("text", RISKY)
def test_what_looks_like_a_formula_is_text_in_csv(text):
    content = comma_separated(report_of(row(text, 1, "1")), english)

    [_, first, _] = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    assert first[0] == f"'{text}"


def test_csv_begins_with_the_mark_that_excel_looks_for():
    content = comma_separated(report_of(row("漏水", 3, "0.75")), english)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "原因,Complaints,Share",
        "漏水,3,0.75",
        "Total,3,",
    ]


def test_numbers_below_zero_are_no_formulas():
    grid = Grid((Head("a", "number"),), (Row((Decimal("-2.5"),)),))
    report = Report("x", "x", Period("2026-03", "2026-03"), (grid,))

    assert comma_separated(report, english).decode("utf-8-sig").split() == ["a", "-2.5"]


def test_several_grids_are_told_apart(opened):
    report = report_of(row("漏水", 3, "1"), grids=3)

    assert opened(report).sheetnames == ["投诉热点", "投诉热点 2", "投诉热点 3"]
    assert comma_separated(report, english).decode("utf-8-sig").count("投诉热点\r\n") == 3


@pytest.mark.parametrize("title", ["a/b:c*[d]?", "长" * 60, "'", ""])
def test_any_title_can_name_a_sheet(opened, title):
    grid = Grid((Head("a"),), (Row(("b",)),), title)
    report = Report("x", title, Period("2026-03", "2026-03"), (grid, grid))

    assert len(opened(report).sheetnames) == 2


def test_a_pareto_has_its_line_on_a_second_axis():
    chart = Chart("pareto", "热点", 0, (1,), line=2)
    report = report_of(row("漏水", 3, "0.75"), row("异响", 1, "1"), chart=chart)

    with ZipFile(BytesIO(workbook(report, MADE, english))) as packed:
        drawn = packed.read("xl/charts/chart1.xml").decode()

    assert drawn.index("<c:barChart>") < drawn.index("<c:lineChart>")
    assert "$B$5:$B$6" in drawn
    assert "$C$5:$C$6" in drawn
    assert drawn.count("<c:valAx>") == 2


def test_a_trend_has_its_limits(opened):
    heads = (Head("Month"), *(Head(name, "number") for name in ("n", "CL", "LCL", "UCL")))
    rows = [
        Row((f"2026-0{month}", Decimal(5), Decimal(5), 0, Decimal(11))) for month in (1, 2)
    ]
    chart = Chart("trend", "n", 0, (1,), limits=(2, 3, 4))
    grid = Grid(heads, tuple(rows), "n", chart=chart)
    report = Report("trend", "趋势", Period("2026-01", "2026-02"), (grid,))

    [drawn] = opened(report).active._charts

    assert len(drawn.series) == 4


def test_days_moments_and_truths_are_what_they_are(opened):
    heads = (Head("a", "date"), Head("b", "moment"), Head("c"), Head("d"))
    cells = (date(2026, 3, 2), datetime(2026, 3, 2, 9, 10, tzinfo=UTC), True, None)
    report = Report("x", "x", Period("2026-03", "2026-03"), (Grid(heads, (Row(cells),)),))

    found = [cell.value for cell in opened(report).active[5]]

    assert [str(cell) for cell in found[:2]] == [
        "2026-03-02 00:00:00",
        "2026-03-02 09:10:00",
    ]
    assert found[2:] == ["yes", None]
    text = comma_separated(report, english).decode("utf-8-sig").splitlines()[1]
    assert text == "2026-03-02,2026-03-02 09:10,yes,"


def test_a_very_long_text_is_cut_where_it_can_be_seen(opened):
    page = opened(report_of(row("长" * 40_000, 1, "1"))).active

    assert page["A5"].value == "长" * 32_766 + "…"
