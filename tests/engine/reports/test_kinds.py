"""Behind every figure of every report stand exactly as many lines as it says."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Sentence
from engine.reckoning.book import Book
from engine.reckoning.line import Line
from engine.reckoning.months import Period
from engine.reckoning.report import Figure
from engine.reckoning.selection import Selection
from engine.reports.kinds import KINDS
from tests.engine.reckoning.lines import ledgers, lines, steps
from tests.engine.reports.grounds import LABELS, material, report

SPRING = Period("2026-02", "2026-04")


def figures(told):
    for grid in told.grids:
        for row in (*grid.rows, *([grid.total] if grid.total else [])):
            assert len(row.cells) == len(grid.heads)
            for place, cell in enumerate(row.cells):
                if isinstance(cell, Figure):
                    yield grid.heads[place], cell


def behind(given_, cell: Figure):
    if isinstance(cell.behind, Selection):
        return list(given_.book.chosen(cell.behind))
    return [step for step in given_.steps if cell.behind.takes(step)]


@pytest.mark.parametrize("kind", KINDS)
@given(ledgers, st.lists(steps(), max_size=20), st.lists(lines(), max_size=8))
def test_every_figure_leads_to_its_lines(kind, present, tasks, frozen):
    made = material(present, SPRING, tasks, {"2026-03": frozen})

    told = report(kind, made)

    for head, cell in figures(told):
        assert cell.behind is not None
        assert len(behind(made, cell)) == cell.rows
        if head.kind == "count":
            assert cell.value == cell.rows


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_ledger_has_reports_too(kind):
    told = report(kind, material([], SPRING))

    assert told.grids
    assert told.period == SPRING


@given(ledgers)
def test_rows_of_months_add_up_to_the_total(present):
    for kind in ("daily-count", "monthly-summary"):
        [grid] = report(kind, material(present, SPRING)).grids
        for place in (1, 2):
            rows = sum(row.cells[place].value for row in grid.rows)
            assert rows == grid.total.cells[place].value


def case(day, **more) -> Line:
    told = {"closed_on": None, "state": "open", **more}
    return Line(1, "N", date.fromisoformat(day), **told)


def test_the_summary_of_a_month_tells_what_came_ended_and_stayed():
    present = [
        case("2026-02-27"),
        case("2026-03-02", state="closed", closed_on=date(2026, 3, 6)),
        case("2026-03-03", state="cancelled", closed_on=date(2026, 3, 4)),
        case("2026-03-30", state="closed", closed_on=date(2026, 4, 1)),
    ]

    told = report("monthly-summary", material(present, Period("2026-03", "2026-03")))

    assert told.figures == {
        "registered": 3,
        "closed": 1,
        "cancelled": 1,
        "openAtEnd": 2,
        "meanDays": Decimal(4),
    }


def test_labels_that_never_come_stand_in_the_table_and_blanks_come_last():
    present = [case("2026-03-02", values={"cause": "b"}), case("2026-03-02")]

    grid = report("statistics-table", material(present, SPRING)).grids[0]

    assert [row.cells[0] for row in grid.rows] == [
        *LABELS.values(),
        Sentence("not filled in"),
    ]
    assert [row.cells[-1].value for row in grid.rows] == [0, 1, 0, 1]


def test_units_go_by_their_names():
    present = [case("2026-02-02", values={"unit": "north"})]

    [grid] = report("unit-rate", material(present, SPRING)).grids

    assert grid.rows[0].cells[0] == "北区营业所"


def test_causes_are_ranked_and_the_few_that_matter_marked():
    causes = ["a"] * 8 + ["b"] + ["c"]
    present = [case("2026-03-02", values={"cause": cause}) for cause in causes]

    told = report("hot-spots", material(present, SPRING))

    [grid] = told.grids
    assert [row.cells[3] for row in grid.rows] == [Decimal("0.8"), Decimal("0.9"), 1]
    assert [row.mark is not None for row in grid.rows] == [True, False, False]
    assert told.remarks[0].values["few"] == 1


def test_a_month_far_out_is_named_in_the_trend():
    quiet = [case(f"2025-{month:02}-05") for month in range(1, 12) for _ in range(5)]
    wild = [case("2025-12-05")] * 40
    made = material([*quiet, *wild], Period("2025-01", "2026-01"), today=date(2026, 1, 9))

    told = report("trend", made)

    grid = told.grids[0]
    assert "2025-12" in told.figures["outOfControl"]
    assert grid.rows[-2].mark == Sentence("above the upper limit")
    assert grid.rows[-1].mark == Sentence("not over yet")
    assert "2025-12" in told.remarks[0].values["months"]


def test_a_young_ledger_has_no_limits_and_says_why():
    present = [case("2026-02-05"), case("2026-03-05")]

    told = report("trend", material(present, Period("2025-01", "2026-05")))

    assert told.grids[0].rows[0].cells[0] == "2026-02"
    assert all(row.cells[-1] is None for row in told.grids[0].rows)
    assert told.remarks[0].values == {"needed": 8, "count": 4}


def test_a_closed_month_is_marked_with_what_changed():
    made = material([case("2026-03-02")], SPRING)
    marked = Book(made.book.period, made.book.present, {"2026-03": []})
    made = type(made)(
        **{
            **{name: getattr(made, name) for name in made.__dataclass_fields__},
            "book": marked,
            "changes": {"2026-03": 2},
        }
    )

    [grid] = report("monthly-summary", made).grids

    assert grid.rows[1].mark.values == {"count": 2}
    assert grid.rows[1].cells[1].value == 0
