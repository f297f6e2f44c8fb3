"""What the ledger says of a case and what the case says itself are the same."""

import pytest
from sqlalchemy import text

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.store.agreeing import find_disagreements
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work
from tests.ledgers import with_ledger


@pytest.fixture
def keeping(engine, who, minimal):
    """A case that is closed, one that was called off, one that is open."""
    lin, root = who("lin"), who("root")
    engine.run(DeployBundle(with_ledger(minimal)), by=root)
    start = StartCase("minimal", "complaint", ENTERED)
    engine.run(start, by=lin)
    engine.run(
        CompleteTask(waiting(engine, "investigate"), FOUND | {"fault": "misuse"}), by=lin
    )
    work(engine)
    engine.run(CancelCase(engine.run(start, by=lin), "误登记"), by=root)
    engine.run(start, by=lin)
    return engine


def disagreements(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [str(fault.sentence) for fault in find_disagreements(reading)]


def test_commands_leave_nothing_that_disagrees(keeping):
    assert disagreements(keeping) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "DELETE FROM ledger_entry WHERE case_id = 1",
            "Case JY-2603-0001 is to stand in the ledger, but it does not.",
        ),
        (
            "UPDATE ledger_entry SET state = 'open' WHERE case_id = 2",
            "The ledger says of case JY-2603-0002 something else in its state than the case"
            " itself.",
        ),
        (
            'UPDATE ledger_entry SET "values" = \'{"customer":"别人"}\' WHERE case_id = 3',
            "The ledger says of case JY-2603-0003 something else in 客户 than the case"
            " itself.",
        ),
        (
            "UPDATE ledger_entry SET measures = '{\"solved-once\":false}'",
            "The ledger says of case JY-2603-0001 something else in solved-once than the"
            " case itself.",
        ),
    ],
)
def test_entries_that_were_changed_are_found(keeping, change, said):
    with keeping.database.connections.begin() as connection:
        connection.execute(text(change.replace(":", "\\:")))

    assert said in disagreements(keeping)


def test_an_entry_of_a_policy_without_a_ledger_is_found(engine, who, minimal):
    engine.run(DeployBundle(minimal), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    with engine.database.connections.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO ledger_entry (case_id, policy_key, process_id, opened_at,"
                ' opened_on, month, state, "values", measures) SELECT id, policy_key,'
                " process_id, started_at, '2026-03-02', '2026-03', 'open', '{}', '{}'"
                " FROM cases"
            )
        )

    assert disagreements(engine) == [
        "Case JY-2603-0001 stands in the ledger, but it is not to."
    ]
