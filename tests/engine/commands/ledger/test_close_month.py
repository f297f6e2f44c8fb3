"""Closing a month keeps its figures, once, whoever asks and however often."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.commands.ledger.closings import CloseMonth
from engine.model import SYSTEM, InvalidState, NotAllowed, NotFound
from engine.queries.reports.ledger import LedgerAsked, LedgerList
from engine.queries.reports.months import LedgerMonths, OneMonth
from engine.queries.reports.one import OneReport
from engine.reports.closing import digest_of
from engine.store.models import ClosedMonth, JournalLine
from engine.store.values import loads
from tests.engine.commands.knowing import rows
from tests.engine.queries.reports.conftest import at, kept
from tests.keeping import settle

__all__ = ["kept"]
MARCH = CloseMonth("minimal", "2026-03")


def summary_of(engine, by):
    months = ("2026-03", "2026-03")
    told = engine.ask(OneReport("minimal", "monthly-summary", *months), by=by).report
    return told.figures


def test_it_keeps_figures_lines_and_steps(kept, who):
    closed = kept.run(MARCH, by=who("zhao"))

    [row] = rows(kept, ClosedMonth)
    assert closed.is_new
    assert {
        name: closed.figures[name] for name in ("registered", "closed", "cancelled")
    } == {
        "registered": 5,
        "closed": 2,
        "cancelled": 1,
    }
    assert set(closed.figures["reports"]) >= {"hot-spots", "deadlines", "satisfaction"}
    assert row.digest == digest_of("2026-03", row.figures, loads(row.rows))
    assert len(loads(row.rows)["steps"]) > 0


def test_nobody_can_be_known_from_what_is_kept(kept, who):
    kept.run(MARCH, by=who("zhao"))

    [row] = rows(kept, ClosedMonth)
    assert "演示·客户" not in row.rows
    assert "水泵漏水" not in row.rows  # What people wrote tells of people, too.
    assert "north" in row.rows


def test_the_journal_knows_the_digest(kept, who):
    closed = kept.run(MARCH, by=who("zhao"))

    [line] = rows(kept, JournalLine, JournalLine.command == "CloseMonth")
    assert loads(line.body)["digest"] == closed.digest
    assert line.stream == "policy:minimal"


def test_again_changes_nothing(kept, who):
    first = kept.run(MARCH, by=who("zhao"))

    again = kept.run(MARCH, by=who("qian"))

    assert not again.is_new
    assert (again.digest, again.figures) == (first.digest, first.figures)
    assert rows(kept, ClosedMonth)[0].closed_by == "zhao"


def test_two_at_once_close_it_once(kept, who):
    start, results = Barrier(2), []

    def close(login):
        by = who(login)
        start.wait()
        results.append(kept.run(MARCH, by=by).is_new)

    threads = [Thread(target=close, args=(login,)) for login in ("zhao", "qian")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False, True]
    assert len(rows(kept, ClosedMonth)) == 1


@pytest.mark.parametrize("login", ["lin", "wu", "root"])
def test_others_do_not_close(kept, who, login):
    with pytest.raises(NotAllowed):
        kept.run(MARCH, by=who(login))


@pytest.mark.parametrize("month", ["2026-04", "2026-05"])
def test_a_month_is_closed_when_it_is_over(kept, who, month):
    with pytest.raises(InvalidState):
        kept.run(CloseMonth("minimal", month), by=who("zhao"))


def test_a_month_is_not_closed_before_its_day(kept, who, clock):
    clock.moment = at(4, 4)
    with pytest.raises(InvalidState, match="2026-04-05"):
        kept.run(MARCH, by=who("zhao"))

    clock.moment = at(4, 5)
    assert kept.run(MARCH, by=who("zhao")).is_new


@pytest.mark.parametrize(
    ("policy", "month"), [("none", "2026-03"), ("minimal", "2026-3"), ("minimal", "")]
)
def test_what_there_is_not_is_not_closed(kept, who, policy, month):
    with pytest.raises(NotFound):
        kept.run(CloseMonth(policy, month), by=SYSTEM)


def test_later_changes_stand_beside_and_change_no_figure(kept, who, clock):
    before = summary_of(kept, who("zhao"))
    kept.run(MARCH, by=who("zhao"))

    settle(kept, clock, 9, at(4, 9), found="反复")

    assert summary_of(kept, who("zhao")) == before
    view = kept.ask(OneMonth("minimal", "2026-03"), by=who("zhao"))
    [case] = view.changes
    assert (case.case_id, case.kind, view.row.changed) == (9, "ended", 1)
    march = LedgerAsked("2026-03", "2026-03")
    listed = kept.ask(LedgerList("minimal", march), by=who("root")).page.rows
    assert {row.case_id: (row.state, row.is_changed) for row in listed}[9] == ("open", True)
    assert sum(row.is_changed for row in listed) == 1


def test_figures_then_and_now_are_told_apart(kept, who, clock):
    kept.run(MARCH, by=who("zhao"))
    view = kept.ask(OneMonth("minimal", "2026-03"), by=who("zhao"))

    assert all(figure.then == figure.now for figure in view.figures)
    assert view.row.is_whole
    assert view.changes == ()


def test_only_keepers_are_offered_to_close(kept, who):
    for login, expected in (("zhao", {"2026-01", "2026-02", "2026-03"}), ("root", set())):
        months = kept.ask(LedgerMonths("minimal"), by=who(login)).months
        assert {row.month for row in months if row.can_close} == expected


@pytest.mark.parametrize(
    "statement", ["UPDATE closed_month SET figures = '{}'", "DELETE FROM closed_month"]
)
def test_the_table_refuses_changes(kept, who, statement):
    kept.run(MARCH, by=who("zhao"))

    with pytest.raises(DBAPIError), kept.database.connections.begin() as connection:
        connection.execute(text(statement))
