"""The ledger says of every case what its variables say, from its first day to its last."""

from decimal import Decimal

import pytest

from engine.commands.cases.lifecycle import CancelCase, CorrectVariable, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.store.models import Case, Incident, LedgerEntry
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.ledgers import with_ledger

MISUSE = FOUND | {"fault": "misuse"}


@pytest.fixture
def keeping(engine, who, minimal):
    """An engine whose small policy keeps a ledger."""
    engine.run(DeployBundle(with_ledger(minimal)), by=who("root"))
    return engine


@pytest.fixture
def case_id(keeping, who):
    return keeping.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))


def entry(engine):
    [found] = rows(engine, LedgerEntry)
    return found


def test_a_case_stands_in_it_from_its_registration_on(keeping, case_id, clock):
    found = entry(keeping)

    assert (found.case_id, found.policy_key, found.process_id) == (
        case_id,
        "minimal",
        "complaint",
    )
    assert (found.opened_at, found.month, found.state) == (clock.now(), "2026-03", "open")
    assert found.opened_on.isoformat() == "2026-03-02"
    assert found.values == {
        "customer": "演示·客户",
        "unit": "north",
        "fault": None,
        "took": None,
    }
    assert (found.unit, found.closed_at) == ("north", None)
    assert found.measures == {"solved-once": False}


def test_what_is_found_out_stands_in_it(keeping, case_id, who):
    keeping.run(CompleteTask(waiting(keeping, "investigate"), FOUND), by=who("lin"))

    assert entry(keeping).values["fault"] == "quality"
    assert entry(keeping).measures == {"solved-once": False}


def test_its_end_stands_in_it(keeping, case_id, who, clock):
    keeping.run(CompleteTask(waiting(keeping, "investigate"), MISUSE), by=who("lin"))
    clock.move(hours=2, minutes=15)
    work(keeping)

    found = entry(keeping)
    assert (found.state, found.closed_at) == ("closed", clock.now())
    assert found.closed_on.isoformat() == "2026-03-02"
    assert found.values["took"] == Decimal("2.25")
    assert found.measures == {"solved-once": True}


def test_a_case_that_is_called_off_stays_in_it(keeping, case_id, who, clock):
    keeping.run(CancelCase(case_id, "误登记"), by=who("root"))

    assert (entry(keeping).state, entry(keeping).closed_at) == ("cancelled", clock.now())


def test_a_correction_stands_in_it(keeping, case_id, who):
    corrected = CorrectVariable(case_id, {"branch": "south"}, "录错")
    keeping.run(corrected, by=who("root"))

    assert (entry(keeping).unit, entry(keeping).values["unit"]) == ("south", "south")


def test_it_is_written_only_when_it_changes(keeping, case_id, who, clock, database):
    before = rows(keeping, Case)[0].entry_digest
    clock.move(hours=1)
    with database.connections.begin() as connection:
        connection.exec_driver_sql("UPDATE ledger_entry SET state = 'untouched'")

    keeping.run(CorrectVariable(case_id, {"carrier": "顺达"}, "补记"), by=who("root"))

    assert rows(keeping, Case)[0].entry_digest == before
    assert entry(keeping).state == "untouched"


def test_a_policy_without_a_ledger_writes_none(deployed, who):
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    assert rows(deployed, LedgerEntry) == []
    assert rows(deployed, Case)[0].entry_digest is None


def test_a_value_of_another_kind_is_empty_and_told(engine, who, minimal):
    odd = changed(
        with_ledger(minimal),
        "policy.toml",
        '"= branch"\nkind = "unit"',
        '"= subject"\nkind = "number"',
    )
    odd = changed(odd, "policy.toml", '[statistics]\nunit = "unit"', "[statistics]")
    engine.run(DeployBundle(odd), by=who("root"))

    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    [incident] = rows(engine, Incident)
    assert incident.kind == "head"
    assert "number in the column 营业所, but it is 水泵漏水" in str(incident.sentence)
    assert entry(engine).values["unit"] is None
