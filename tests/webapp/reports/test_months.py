"""Closing a month on its page: by whom, when, twice, and what changed since."""

from sqlalchemy import text

from engine.store.models import ClosedMonth
from tests.engine.commands.knowing import rows
from tests.engine.queries.reports.conftest import at
from tests.keeping import settle
from tests.webapp.reports.test_report_pages import total_of

CLOSE = "/reports/minimal/months/2026-03/close"


def test_a_keeper_closes_a_month(kept, zhao):
    assert "2026-03 结账" in zhao.get("/reports/minimal/months").text

    page = zhao.send(CLOSE)

    assert "2026-03 已结账" in page.said()
    [row] = rows(kept, ClosedMonth)
    assert (row.month, row.closed_by) == ("2026-03", "zhao")
    assert "2026-03 结账" not in zhao.get("/reports/minimal/months").text


def test_closing_twice_says_that_it_was_closed_before(kept, zhao):
    zhao.send(CLOSE)

    assert "此前已经结账" in zhao.send(CLOSE).said()
    assert len(rows(kept, ClosedMonth)) == 1


def test_a_month_that_is_not_over_is_not_closed(kept, zhao):
    page = zhao.post("/reports/minimal/months/2026-04/close")

    assert page.status == 409
    assert rows(kept, ClosedMonth) == []


def test_it_is_for_keepers_alone(kept, lin, root):
    for browser in (lin, root):
        assert browser.post(CLOSE).status == 403
    assert "由台账负责人结账" in root.get("/reports/minimal/months").text


def test_what_is_no_month_is_not_closed(zhao):
    assert zhao.post("/reports/minimal/months/2026-3/close").status == 404
    assert zhao.post("/reports/none/months/2026-03/close").status == 404


def test_what_changes_later_stands_beside(kept, zhao, clock):
    zhao.send(CLOSE)
    settle(kept, clock, 9, at(4, 8, 3), found="反复")

    report = zhao.get("/reports/minimal/kinds/monthly-summary?first=2026-03&last=2026-03")
    page = zhao.get("/reports/minimal/months/2026-03")

    assert "已结账，结账后变动 1 件" in report.text
    assert "结账后变动 1 件" in page.text
    assert "办理中 → 已办结" in page.text
    assert (
        "结账后有变动"
        in zhao.get("/reports/minimal/ledger?first=2026-03&last=2026-03").text
    )


def test_figures_of_a_closed_month_lead_to_lines_as_they_were(kept, zhao, clock):
    address = "/reports/minimal/ledger?first=2026-03&last=2026-03&state=open"
    before = total_of(zhao.get(address))
    zhao.send(CLOSE)

    settle(kept, clock, 9, at(4, 8, 3))

    assert total_of(zhao.get(address)) == before


def test_what_is_changed_past_the_system_is_told(kept, zhao):
    zhao.send(CLOSE)
    with kept.database.connections.begin() as connection:
        connection.execute(text("DROP TRIGGER closed_month_refuses_update"))
        connection.execute(text("UPDATE closed_month SET figures = '{}'"))

    assert "有人绕过系统" in zhao.get("/reports/minimal/months/2026-03").text
    assert "数据被改动" in zhao.get("/reports/minimal/months").text
