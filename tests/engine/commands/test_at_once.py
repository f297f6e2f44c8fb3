"""Several people do the same thing at the same moment: one of them is first."""

from collections import Counter
from threading import Barrier, Thread

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import Rejected
from engine.policy import Library
from engine.runtime import Engine
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from engine.store.models import Case, Submission, Task
from tests.engine.commands.conftest import ENTERED, FOUND
from tests.engine.commands.knowing import rows

THREADS = 6


def at_once(*actions) -> Counter:
    """Do all *actions* at the same moment and count what came of them."""
    barrier, outcomes = Barrier(len(actions)), []

    def do(action) -> None:
        barrier.wait()
        try:
            action()
            outcomes.append("done")
        except Rejected as refusal:
            outcomes.append(type(refusal).__name__)

    threads = [Thread(target=do, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def test_a_task_is_completed_once(deployed, who, investigate):
    lin = who("lin")

    outcome = at_once(
        *[lambda: deployed.run(CompleteTask(investigate, FOUND), by=lin)] * THREADS
    )

    assert outcome == {"done": 1, "Conflict": THREADS - 1}
    assert len(rows(deployed, Submission)) == 2  # The start and the one completion.
    assert [task.state for task in rows(deployed, Task)] == ["completed", "open"]


def test_a_task_is_claimed_by_one(deployed, who, investigate):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    people = [who("lin"), who("wu")]

    outcome = at_once(
        *(lambda by=by: deployed.run(ClaimTask(investigate), by=by) for by in people)
    )

    assert outcome == {"done": 1, "Conflict": 1}


def test_numbers_are_given_once(deployed, who):
    lin, start = who("lin"), StartCase("minimal", "complaint", ENTERED)

    at_once(*[lambda: deployed.run(start, by=lin)] * THREADS)

    numbers = [case.number for case in rows(deployed, Case)]
    assert numbers == [f"JY-2603-000{count}" for count in range(1, THREADS + 1)]


def test_a_message_and_the_wait_for_it_do_not_miss_each_other(deployed, who, approve):
    zhao, root = who("zhao"), who("root")

    at_once(
        lambda: deployed.run(CompleteTask(approve, {"agreed": True}), by=zhao),
        lambda: deployed.run(
            CorrelateMessage("goods-arrived", "JY-2603-0001", "m1"), by=root
        ),
    )

    [*_, last] = rows(deployed, Task)
    assert last.state == "completed"
    assert deployed.run(CorrelateMessage("goods-arrived", "JY-2603-0001", "m1"), by=root)


@pytest.fixture
def file_engine(deployed, tmp_path, clock):
    """An engine on an SQLite file, whose threads have connections of their own."""
    if deployed.database.connections.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has connections of its own anyway.")
    path = tmp_path / "case.db"
    with deployed.database.connections.connect() as connection:
        path.write_bytes(connection.connection.driver_connection.serialize())
    holdings = Holdings(FileStore(tmp_path), library=Library())
    database = Database(f"sqlite:///{path}", holdings)
    yield Engine(deployed.settings, clock, database)
    database.close()


def test_threads_with_files_come_one_after_the_other(file_engine, who):
    lin, start = who("lin"), StartCase("minimal", "complaint", ENTERED)

    outcome = at_once(*[lambda: file_engine.run(start, by=lin)] * THREADS)

    assert outcome == {"done": THREADS}
    assert len({case.number for case in rows(file_engine, Case)}) == THREADS
