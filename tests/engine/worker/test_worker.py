"""What both workers promise: on SQLite by looking, on PostgreSQL by listening."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import text

from engine.model import SYSTEM
from engine.queue.postgres import RUN_JOB, plain_address
from engine.runtime import Engine
from engine.store.models import Job, Message
from engine.store.transaction import Transaction
from engine.worker import JobRunner, Worker, open_worker

PATIENCE = timedelta(seconds=20)


@pytest.fixture
def worker(live: Engine) -> Iterator[Worker]:
    worker = open_worker(live)
    worker.start()
    yield worker
    worker.stop()


def owe(engine: Engine, key: str, wait: timedelta) -> None:
    """Owe the expiry of a message: a job that is done once and leaves a mark."""
    with engine.database.writing(engine.clock.now(), SYSTEM) as tx:
        Owe(key, wait).run(tx)


@dataclass(frozen=True)
class Owe:
    """A command that owes the expiry of a message."""

    key: str
    wait: timedelta = timedelta()

    def run(self, tx: Transaction) -> None:
        message = tx.add(
            Message(
                message_id=self.key,
                name="goods-arrived",
                key=self.key,
                payload={},
                received_at=tx.now,
                received_from="system",
                expires_at=tx.now + self.wait,
                state="kept",
            )
        )
        tx.owe(
            Job(
                kind="expire",
                key=self.key,
                due_at=tx.now + self.wait,
                state="waiting",
                payload={"message": message.id},
                created_at=tx.now,
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
def test_what_the_queue_forgot_is_done_while_workers_run(live: Engine) -> None:
    if live.database.holdings.queue is None:
        pytest.skip("SQLite has no queue that could forget.")
    worker = open_worker(live)
    worker.start()
    for number in range(20):
        owe(live, f"later-{number}", timedelta(seconds=0.5))

    with live.database.connections.begin() as connection:
        wiped = "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_workers"
        connection.execute(text(f"{wiped} CASCADE"))

    until(lambda: states(live) == ["expired"] * 20)
    worker.stop()


@pytest.mark.postgres
def test_work_goes_on_without_the_tables_of_the_queue(live: Engine) -> None:
    if live.database.holdings.queue is None:
        pytest.skip("SQLite has no queue that could be lost.")
    with live.database.connections.begin() as connection:
        connection.execute(text("ALTER TABLE procrastinate_jobs RENAME TO lost"))

    try:
        live.run(Owe("unannounced"), by=SYSTEM)
        JobRunner(live).run_due()
    finally:
        with live.database.connections.begin() as connection:
            connection.execute(text("ALTER TABLE lost RENAME TO procrastinate_jobs"))

    assert states(live) == ["expired"]


def test_it_stops_when_told(live: Engine) -> None:
    worker = open_worker(live)
    worker.start()

    worker.stop()
    owe(live, "after", timedelta())

    time.sleep(0.3)
    assert states(live) == ["kept"]


@pytest.mark.postgres
def test_what_a_later_release_announces_does_no_harm(live: Engine) -> None:
    if live.database.holdings.queue is None:
        pytest.skip("SQLite has no queue.")
    address = plain_address(live.settings.database_url)
    later = App(connector=SyncPsycopgConnector(conninfo=address))
    with later.open():
        later.configure_task("complaintflow.something_new").defer(whatever=1)
        later.configure_task(RUN_JOB).defer(job_id=999_999, tone="warm")
    worker = open_worker(live)
    worker.start()

    owe(live, "as-ever", timedelta())

    until(lambda: states(live) == ["expired"])
    until(lambda: announced(live) == 0)
    worker.stop()


def announced(engine: Engine) -> int:
    with engine.database.connections.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) or 0)


def test_it_lives_while_it_looks_and_not_when_it_hangs(
    live: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.worker.worker._LONGEST_SILENCE", 3.0)
    worker = open_worker(live)
    worker.start()
    assert worker.is_alive

    worker.stop()  # It looks no more, as if it hung.

    until(lambda: not worker.is_alive)
