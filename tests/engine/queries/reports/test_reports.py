"""Reports from the tables: every figure leads to a list of just as many rows."""

import pytest

from engine.model import InvalidValues, NotAllowed, NotFound
from engine.policy.sections.reports import REPORT_KINDS
from engine.queries.reports.ledger import LedgerAsked, LedgerExport, LedgerList
from engine.queries.reports.one import OneReport
from engine.queries.reports.overview import HasReports, ReportsOverview
from engine.queries.reports.steps import StepList
from engine.reckoning.report import Figure
from engine.reckoning.selection import BLANK, COLUMN, Selection


def figures(told):
    for grid in told.grids:
        for row in (*grid.rows, *([grid.total] if grid.total else [])):
            yield from (cell for cell in row.cells if isinstance(cell, Figure))


def listed(engine, behind, by):
    """Ask for the list that a figure leads to, by the words of its address."""
    params = dict(behind.params())
    if isinstance(behind, Selection):
        values = tuple(
            (name.removeprefix(COLUMN), params.pop(name).replace(BLANK, ""))
            for name in [*params]
            if name.startswith(COLUMN)
        )
        return engine.ask(
            LedgerList("minimal", LedgerAsked(**params, values=values)), by=by
        )
    return engine.ask(StepList("minimal", **params), by=by)


@pytest.mark.parametrize("kind", REPORT_KINDS)
@pytest.mark.parametrize("login", ["root", "zhao"])
def test_every_figure_leads_to_as_many_rows(kept, who, kind, login):
    told = kept.ask(OneReport("minimal", kind, "2026-01", "2026-04"), by=who(login)).report

    seen = {(figure.behind, figure.rows) for figure in figures(told)}
    assert seen
    for behind, count in seen:
        view = listed(kept, behind, who(login))
        assert view.page.total + view.hidden == count, behind


def test_figures_count_cases_that_the_person_must_not_see(kept, who):
    view = kept.ask(LedgerList("minimal"), by=who("zhao"))

    assert (view.page.total, view.hidden) == (10, 1)
    assert kept.ask(LedgerList("minimal"), by=who("root")).hidden == 0


def summary_of(engine, by, *months):
    told = engine.ask(OneReport("minimal", "monthly-summary", *months), by=by).report
    return {
        row.cells[0]: [cell.value for cell in row.cells[1:5]] for row in told.grids[0].rows
    }


def test_the_summary_counts_by_the_days_of_the_policy(kept, who):
    assert summary_of(kept, who("root"), "2026-01", "2026-04") == {
        "2026-01": [3, 2, 0, 1],
        "2026-02": [3, 2, 0, 2],
        "2026-03": [5, 2, 1, 4],
        "2026-04": [0, 1, 0, 3],
    }


def test_deadlines_are_told_by_step_person_and_unit(kept, who):
    months = ("2026-01", "2026-04")
    told = kept.ask(OneReport("minimal", "deadlines", *months), by=who("root")).report

    by_step, by_person, by_unit = told.grids
    assert [row.cells[0] for row in by_step.rows] == ["调查投诉", "审批换货"]
    assert "林文员" in [row.cells[0] for row in by_person.rows]
    assert (told.figures["kept"], told.figures["broken"]) == (3, 9)
    assert by_unit.total.cells[1].value == 12


@pytest.mark.parametrize(
    ("login", "kinds"), [("zhao", 10), ("lin", 1), ("wu", 0), ("root", 10)]
)
def test_people_are_offered_what_they_may_read(kept, who, login, kinds):
    found = kept.ask(ReportsOverview(), by=who(login))

    assert sum(len(policy.reports) for policy in found) == kinds
    assert kept.ask(HasReports(), by=who(login)) is bool(kinds)


def test_a_role_reads_its_report_and_no_other(kept, who):
    assert kept.ask(OneReport("minimal", "daily-count"), by=who("lin")).report.grids
    with pytest.raises(NotAllowed):
        kept.ask(OneReport("minimal", "trend"), by=who("lin"))
    with pytest.raises(NotAllowed):
        kept.ask(LedgerList("minimal"), by=who("wu"))
    with pytest.raises(NotAllowed):
        kept.ask(StepList("minimal"), by=who("wu"))


@pytest.mark.parametrize(("policy", "kind"), [("none", "trend"), ("minimal", "none")])
def test_there_is_no_report_of_what_there_is_not(kept, who, policy, kind):
    with pytest.raises(NotFound):
        kept.ask(OneReport(policy, kind), by=who("root"))


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-13", ""), ("x", ""), ("2026-04", "2026-03"), ("2020-01", "2026-03")],
)
def test_odd_months_are_refused(kept, who, first, last):
    with pytest.raises(InvalidValues):
        kept.ask(OneReport("minimal", "trend", first, last), by=who("root"))


def test_one_month_alone_brings_the_usual_others(kept, who):
    told = kept.ask(OneReport("minimal", "trend", last="2026-03"), by=who("root")).report

    assert (told.period.first, told.period.last) == ("2024-04", "2026-03")


@pytest.mark.parametrize(
    ("sort", "first"), [("number", "JY-2601-0001"), ("-number", "JY-2603-0005")]
)
def test_the_ledger_is_sorted(kept, who, sort, first):
    view = kept.ask(LedgerList("minimal", sort=sort), by=who("root"))

    assert view.page.rows[0].number == first


def test_empty_cells_come_last_however_it_is_sorted(kept, who):
    for sort in ("fault", "-fault", "closed", "-closed"):
        view = kept.ask(LedgerList("minimal", sort=sort), by=who("root"))
        assert view.page.rows[-1].state in ("open", "cancelled")


def test_the_ledger_is_searched_in_its_own_words(kept, who):
    assert kept.ask(LedgerList("minimal", text="使用不当"), by=who("root")).page.total == 7
    assert kept.ask(LedgerList("minimal", text="北区 0003"), by=who("root")).page.total == 3
    assert kept.ask(LedgerList("minimal", text="没有"), by=who("root")).page.total == 0


def test_pages_of_the_ledger_follow_each_other(kept, who):
    pages = [
        kept.ask(LedgerList("minimal", page=number, size=4), by=who("root")).page
        for number in (1, 2, 3, 9)
    ]

    numbers = [row.number for page in pages[:3] for row in page.rows]
    assert len(numbers) == len(set(numbers)) == 11
    assert pages[3].number == 3


def test_the_export_has_all_rows_and_says_what_is_left_out(kept, who):
    told = kept.ask(LedgerExport("minimal"), by=who("zhao")).report

    [grid] = told.grids
    assert len(grid.rows) == 10
    assert told.remarks[0].values == {"count": 1}
    assert len(grid.heads) == 5 + 4


def test_odd_words_in_an_address_ask_for_nothing(kept, who):
    odd = LedgerAsked(
        basis="x",
        day="yesterday",
        state="x",
        solved="x",
        grade="9",
        values=(("none", "1"),),
    )

    view = kept.ask(LedgerList("minimal", odd), by=who("root"))

    assert view.page.total == 11
