"""What a case waits for and what its rows say it waits for are the same."""

import pytest
from sqlalchemy import text

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.store.agreeing import find_disagreements
from engine.store.models import SavedExecution
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work


@pytest.fixture
def engine_at_work(engine, who, minimal, clock):
    """A case at its task with a timer, one at its message, one that was cancelled."""
    lin, zhao, root = who("lin"), who("zhao"), who("root")
    engine.run(DeployBundle(minimal), by=root)
    start = StartCase("minimal", "complaint", ENTERED)
    engine.run(start, by=lin)
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=lin)
    engine.run(CompleteTask(waiting(engine, "approve"), {"agreed": True}), by=zhao)
    engine.run(CancelCase(engine.run(start, by=lin), "误登记"), by=root)
    engine.run(start, by=lin)
    return engine


def disagreements(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [str(fault.sentence) for fault in find_disagreements(reading)]


def tamper(engine, statement):
    with engine.database.connections.begin() as connection:
        connection.execute(text(statement))


def test_commands_leave_nothing_that_disagrees(engine_at_work, clock):
    assert disagreements(engine_at_work) == []

    clock.move(hours=5)
    work(engine_at_work)

    assert disagreements(engine_at_work) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE task SET state = 'cancelled' WHERE state = 'open'",
            "Case JY-2603-0003 waits at t2 for a task, but there is none.",
        ),
        (
            "UPDATE job SET state = 'done' WHERE case_id = 3 AND kind = 'timer'",
            "Case JY-2603-0003 waits at t3 for a timer, but there is none.",
        ),
        (
            "DELETE FROM subscription WHERE case_id = 1",
            "Case JY-2603-0001 waits at t7 for a message that would miss it.",
        ),
        (
            "UPDATE task SET state = 'open' WHERE case_id = 2",
            "Case JY-2603-0002 does not wait for its open task at t2.",
        ),
        (
            "UPDATE job SET state = 'waiting' WHERE case_id = 2 AND kind = 'timer'",
            "Case JY-2603-0002 does not wait for its timer at t3.",
        ),
        (
            "UPDATE subscription SET case_id = 2 WHERE case_id = 1",
            "Case JY-2603-0002 does not wait for a message at t7 any more.",
        ),
    ],
)
def test_rows_that_were_changed_are_found(engine_at_work, change, said):
    tamper(engine_at_work, change)

    assert said in disagreements(engine_at_work)


def test_a_job_that_was_given_up_still_stands_for_its_wait(engine_at_work):
    tamper(
        engine_at_work,
        "UPDATE job SET state = 'failed' WHERE case_id = 3 AND kind = 'timer'",
    )
    assert disagreements(engine_at_work)

    tamper(
        engine_at_work,
        "INSERT INTO incident (case_id, kind, sentence, state, opened_at, job_id)"
        " SELECT 3, 'job', '{\"template\": \"x\", \"values\": {}}', 'open',"
        " '2026-03-02 00:00:00', id FROM job WHERE case_id = 3 AND kind = 'timer'",
    )
    assert disagreements(engine_at_work) == []


def test_a_state_that_cannot_be_read_is_found(engine_at_work):
    with engine_at_work.database.writing(engine_at_work.clock.now(), SYSTEM) as tx:
        saved = tx.session.get_one(SavedExecution, 3)
        saved.state = saved.state.replace('"investigate"', '"gone"')

    assert disagreements(engine_at_work) == [
        "Where case JY-2603-0003 stands cannot be read: Expected element “gone” in the"
        " process, but the definitions have none."
    ]
