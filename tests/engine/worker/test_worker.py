"""What both workers promise: on SQLite by looking, on PostgreSQL by listening."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.model import SYSTEM, SystemClock
from engine.queue import prepare_queue
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.models import Job, Message
from engine.worker import JobRunner, Worker, open_worker

PATIENCE = timedelta(seconds=20)


@pytest.fixture
def live(database: Database, tmp_path: Path) -> Iterator[Engine]:
    """An engine on the wall clock, with its queue where the database has one.

    An SQLite database lies in a file here, since threads of a worker share it.
    """
    in_file = database.url == "sqlite://"
    url = f"sqlite:///{tmp_path / 'live.db'}" if in_file else database.url
    settings = Settings(url, files=tmp_path / "files", policies=tmp_path)
    engine = Engine(settings, SystemClock())
    if in_file:
        engine.database.migrate()
    else:
        prepare_queue(engine.database.connections)
    yield engine
    engine.close()


@pytest.fixture
def worker(live: Engine) -> Iterator[Worker]:
    worker = open_worker(live)
    worker.start()
    yield worker
    worker.stop()


def owe(engine: Engine, key: str, wait: timedelta) -> None:
    """Owe the expiry of a message: a job that is done once and leaves a mark."""
    now = engine.clock.now()
    with engine.database.writing(now, SYSTEM) as tx:
        message = tx.add(
            Message(
                message_id=key,
                name="goods-arrived",
                key=key,
                payload={},
                received_at=now,
                received_from="system",
                expires_at=now + wait,
                state="kept",
            )
        )
        tx.owe(
            Job(
                kind="expire",
                key=key,
                due_at=now + wait,
                state="waiting",
                payload={"message": message.id},
                created_at=now,
            )
        )


def states(engine: Engine) -> list[str]:
    with engine.database.connections.connect() as connection:
        found = connection.execute(text("SELECT state FROM message ORDER BY id"))
        return [str(row[0]) for row in found]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while not condition():
        assert time.monotonic() < deadline, "The worker did not do what it owed in time."
        time.sleep(0.05)


def test_it_does_what_is_owed_now(live: Engine, worker: Worker) -> None:
    for number in range(5):
        owe(live, f"now-{number}", timedelta())

    until(lambda: states(live) == ["expired"] * 5)


def test_it_does_what_is_owed_later(live: Engine, worker: Worker) -> None:
    owe(live, "later", timedelta(seconds=1.5))

    time.sleep(0.5)
    assert states(live) == ["kept"]
    until(lambda: states(live) == ["expired"])


def test_a_job_of_a_transaction_that_is_undone_is_not_owed(live: Engine) -> None:
    now = live.clock.now()
    job = Job(
        kind="expire", key="undone", due_at=now, state="waiting", payload={}, created_at=now
    )

    def owe_and_fail() -> None:
        with live.database.writing(now, SYSTEM) as tx:
            tx.owe(job)
            raise RuntimeError("The command fails.")

    with pytest.raises(RuntimeError):
        owe_and_fail()

    assert JobRunner(live).run_due() == 0


def test_it_finds_what_was_owed_before_it_started(live: Engine) -> None:
    owe(live, "before", timedelta())

    worker = open_worker(live)
    worker.start()

    until(lambda: states(live) == ["expired"])
    worker.stop()


@pytest.mark.postgres
def test_what_the_queue_forgot_is_found_in_the_table(live: Engine) -> None:
    if live.database.holdings.queue is None:
        pytest.skip("SQLite has no queue that could forget.")
    owe(live, "forgotten", timedelta())
    with live.database.connections.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))

    JobRunner(live).run_due()

    assert states(live) == ["expired"]


def test_it_stops_when_told(live: Engine) -> None:
    worker = open_worker(live)
    worker.start()

    worker.stop()
    owe(live, "after", timedelta())

    time.sleep(0.3)
    assert states(live) == ["kept"]
