"""Somebody else writes to SQLite for long: others wait, or are told, and see no error."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event, make_url

from engine import runtime
from engine.commands.cases.lifecycle import StartCase
from engine.model import Unavailable
from engine.store.models import Case
from tests.together.rapids import KEY, PROCESS

pytestmark = [
    pytest.mark.xdist_group("together"),
    pytest.mark.parametrize("house", ["sqlite"], indirect=True),
]


@pytest.fixture
def impatient(house):
    """An installation whose connections wait for 20 milliseconds alone."""
    connections = house.engine.database.connections

    @event.listens_for(connections, "connect")
    def _hurry(connection, _) -> None:
        connection.execute("PRAGMA busy_timeout = 20")

    connections.dispose()
    return house


@contextmanager
def writing(house):
    """Hold the one lock for writing."""
    path = make_url(house.settings.database_url).database
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_who_comes_meanwhile_gets_a_turn(impatient):
    began, done = threading.Event(), []

    def hold() -> None:
        with writing(impatient):
            began.set()
            time.sleep(0.2)

    holder = threading.Thread(target=hold)
    holder.start()
    began.wait()
    lin = impatient.who("lin")  # Reading waits for nobody.
    done.append(impatient.engine.run(StartCase(KEY, PROCESS, {}), by=lin))
    holder.join()

    assert done == [1]


def test_who_waited_in_vain_is_told_so(impatient, monkeypatch):
    monkeypatch.setattr(runtime, "ATTEMPTS", 3)
    lin = impatient.who("lin")

    with writing(impatient), pytest.raises(Unavailable, match="kept the database busy"):
        impatient.engine.run(StartCase(KEY, PROCESS, {}), by=lin)

    assert not impatient.rows(Case)
    assert impatient.engine.run(StartCase(KEY, PROCESS, {}), by=lin)
