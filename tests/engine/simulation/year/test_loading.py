from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.commands.ledger.closings import CloseMonth
from engine.commands.operations.madeup import BeginDemo
from engine.commands.operations.upkeep import SealJournal
from engine.model import SYSTEM, Conflict, InvalidState
from engine.queries.operations.demo import DemoData
from engine.queries.reports.ledger import LedgerAsked, LedgerList
from engine.queries.reports.one import OneReport
from engine.simulation.year.loading import load_year, remove_year
from engine.store.agreeing import find_disagreements
from engine.store.models import (
    Base,
    Case,
    ClosedMonth,
    Delivery,
    Job,
    LedgerEntry,
    NumberSeries,
)
from engine.store.signatures import find_signature_faults
from engine.store.verifying import verify

KEY = "return-repair"


def dumped(engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.database.connections.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def files_of(engine) -> set[str]:
    return {each.name for each in engine.settings.files.rglob("*") if each.is_file()}


def faults(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [
            *verify(reading),
            *find_disagreements(reading),
            *find_signature_faults(reading),
        ]


def rows(engine, statement):
    with engine.database.connections.connect() as connection:
        return connection.execute(statement).all()


def test_what_was_loaded_is_removed_without_a_trace(office, cast):
    before, files = dumped(office), files_of(office)

    count = load_year(office, cast, seed=3, processors=1)
    loaded = dumped(office)
    sound = faults(office)
    remove_year(office)

    assert count > 5
    assert loaded["person"] == before["person"]
    assert loaded["cases"] != before["cases"]
    assert sound == []
    after = dumped(office)
    assert [name for name in before if after[name] != before[name]] == []
    assert files_of(office) == files
    assert faults(office) == []


@pytest.mark.slow
def test_real_numbers_closed_months_and_figures_stay_as_they_are(office, cast, clock):
    series = select(NumberSeries.policy_key, NumberSeries.last).where(
        NumberSeries.policy_key.not_like("demo:%")
    )
    real = select(ClosedMonth.month, ClosedMonth.digest).where(ClosedMonth.demo.is_(False))
    before = rows(office, series), rows(office, real)

    load_year(office, cast, seed=3, processors=1)
    clock.move(days=45)
    closed = office.run(CloseMonth(KEY, "2026-03"), by=SYSTEM)

    assert before == (
        rows(office, series),
        [each for each in rows(office, real) if each.month != "2026-03"],
    )
    assert closed.figures["registered"] == 1
    numbers = [row.number for row in rows(office, select(Case.number).where(Case.demo))]
    assert all(number.startswith("DEMO-") for number in numbers)


@pytest.mark.slow
def test_ledgers_and_reports_say_how_many_demo_cases_they_count(office, cast):
    load_year(office, cast, seed=3, processors=1)

    asked = LedgerAsked("2025-03", "2026-03")
    view = office.ask(LedgerList(KEY, asked), by=SYSTEM)
    made = office.ask(OneReport(KEY, "monthly-summary", "2025-03", "2026-03"), by=SYSTEM)

    entries = select(func.count()).select_from(LedgerEntry)
    assert view.demo == rows(office, entries)[0][0] - 1
    assert any("made up" in remark.template for remark in made.report.remarks)


@pytest.mark.slow
def test_nothing_leaves_the_house_and_deadlines_were_broken(office, cast):
    load_year(office, cast, seed=3, processors=1)

    mails = rows(office, select(Delivery.state))
    owed = select(Job.kind).where(Job.kind.in_(["email", "chat"]), Job.state == "waiting")
    assert {row.state for row in mails} <= {"withheld"}
    assert rows(office, owed) == []


@pytest.mark.slow
def test_a_checkpoint_leaves_demo_cases_out_so_that_they_can_go(office, cast):
    load_year(office, cast, seed=3, processors=1)
    office.run(SealJournal(), by=SYSTEM)

    remove_year(office)

    assert faults(office) == []


@pytest.mark.slow
def test_the_same_seed_makes_the_same_year(office, cast):
    chosen = select(Case.number, Case.title, Case.started_at, Case.state).order_by(
        Case.number
    )
    load_year(office, cast, seed=5, processors=1)
    first = rows(office, chosen)
    remove_year(office)

    load_year(office, cast, seed=5, processors=1)

    assert rows(office, chosen) == first


@pytest.mark.slow
def test_it_is_refused_twice_and_while_it_is_made(office, cast, clock):
    office.run(BeginDemo(), by=SYSTEM)

    with pytest.raises(Conflict):
        load_year(office, cast, seed=3, processors=1)
    clock.moment += timedelta(minutes=4)
    load_year(office, cast, seed=3, processors=1)
    with pytest.raises(InvalidState):
        load_year(office, cast, seed=3, processors=1)

    assert office.ask(DemoData(), by=SYSTEM).cases > 0
