"""PostgreSQL is cut off at the worst moment: nothing is lost or done twice."""

import random
import threading
import time
from collections import Counter

import psycopg
import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import FireTimer, TakeJob
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.accounts import SetPassword
from engine.commands.people.sessions import LogIn
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, Conflict
from engine.queue.postgres import plain_address
from engine.settings import Settings
from engine.store.models import Case, JournalLine, LoginSession
from tests.people import PASSWORD
from tests.together.house import House
from tests.together.line import Line
from tests.together.racers import Give
from tests.together.rapids import KEY, PROCESS

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("together"),
    pytest.mark.parametrize("house", ["postgresql"], indirect=True),
]


@pytest.fixture
def settings(house):
    return house.settings


@pytest.fixture
def line(settings):
    line = Line(settings.database_url)
    yield line
    line.close()


@pytest.fixture
def remote(line, settings, clock):
    """The same installation, at the other end of the line."""
    address = line.address(settings.database_url)
    remote = House(Settings(address, settings.files, settings.policies), clock)
    remote.who("lin")  # The driver commits when it connects for the first time.
    yield remote
    remote.engine.close()


def lines(house, command):
    return house.rows(JournalLine, JournalLine.command == command)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_commands_are_done_once_whenever_the_line_is_cut(house, line, remote, moment):
    lin, root = house.who("lin"), house.who("root")
    run = remote.engine.run

    line.cut(moment)
    case = run(StartCase(KEY, PROCESS, {}), by=lin)
    line.cut(moment)
    completed = run(CompleteTask(house.open_tasks("examine")[0]), by=lin)
    line.cut(moment)
    told = run(CorrelateMessage("answered", "JL-2603-00001", "m1"), by=root)

    assert line.cuts == 3
    assert completed.case_id == told == case
    done = Counter(each.command for each in house.rows(JournalLine))
    assert [done[name] for name in ("StartCase", "CompleteTask", "CorrelateMessage")] == [
        1
    ] * 3
    assert house.faults() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_timer_fires_once_whenever_the_line_is_cut(house, line, remote, moment):
    house.begin(1)
    [timer] = house.timers("too-late")
    remote.clock.move(hours=5)
    line.cut(moment)
    taken = remote.engine.run(TakeJob(timer), by=SYSTEM)
    # Whoever is not told that it has the job leaves it to the next, after its lease.
    assert (taken is None) == (moment == "after")

    line.cut(moment)
    remote.engine.run(FireTimer(timer), by=SYSTEM)

    assert len(lines(house, "FireTimer")) == 1
    assert house.faults() == []


def test_a_log_in_whose_answer_was_lost_is_asked_for_anew(house, line, remote):
    lin = house.who("lin")
    house.engine.run(SetPassword(lin.person_id, PASSWORD), by=SYSTEM)
    log_in = LogIn("lin", PASSWORD, "10.0.0.1")
    line.cut("after")

    with pytest.raises(Conflict, match="told only once"):
        remote.engine.run(log_in, by=SYSTEM)

    assert remote.engine.run(log_in, by=SYSTEM).token
    assert len(house.rows(LoginSession)) == 2


def test_connections_that_are_ended_at_random_do_no_harm(house, settings, pair):
    lin = house.who("lin")
    cases = 12
    lanes = [
        [Give(StartCase(KEY, PROCESS, {}), lin, f"{lane}-{n}") for n in range(cases)]
        for lane in range(2)
    ]

    with _Enemy(settings.database_url) as enemy:
        rounds = pair.race(settings, house.clock.now(), *lanes)

    house.engine.database.connections.dispose()  # Those of the judge were ended, too.
    assert enemy.ended > 0
    assert [one.said for each in rounds for one in each if one.kind != "done"] == []
    assert len(house.rows(Case)) == len(lines(house, "StartCase")) == 2 * cases
    assert house.faults() == []


class _Enemy:
    """Ends connections of others at random instants."""

    def __init__(self, address: str) -> None:
        self._address = plain_address(address)
        self._told_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.ended = 0

    def __enter__(self) -> "_Enemy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._told_to_stop.set()
        self._thread.join()

    def _run(self) -> None:
        chance = random.Random(1)
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._told_to_stop.is_set():
                before = _last_line(connection)
                ended = connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " ORDER BY random() LIMIT 1"
                ).fetchall()
                self.ended += len(ended)
                # However slow the machine is, it gets on between two blows.
                while not self._told_to_stop.is_set() and _last_line(connection) == before:
                    time.sleep(chance.uniform(0.005, 0.05))
                time.sleep(chance.uniform(0, 0.1))


def _last_line(connection: psycopg.Connection) -> object:
    return connection.execute("SELECT max(seq) FROM journal").fetchone()
