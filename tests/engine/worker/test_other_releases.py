"""A worker beside one of the next release: nothing is lost, and nothing is misread."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.commands.operations.dispatch import IN_HERE, OUTSIDE
from engine.model import SYSTEM, EngineError
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.connections import open_connections
from engine.store.migrating import schema_version
from engine.store.migrations import SERVES_FROM
from engine.store.models import Incident, Job, Message
from engine.worker import JobRunner, open_worker
from tests.conftest import StandingClock
from tests.engine.commands.knowing import rows
from tests.engine.worker.test_worker import owe, until


def owe_unknown(engine: Engine, clock: StandingClock) -> int:
    """Owe a job of a kind that only a later release knows."""
    with engine.database.writing(clock.now(), SYSTEM) as tx:
        job = Job(
            kind="email-2",
            key="email-2:1",
            due_at=clock.now(),
            state="waiting",
            payload={"letter": {"to": ["a@example.com"]}},
            created_at=clock.now(),
        )
        return tx.owe(job).id


def test_a_job_of_an_unknown_kind_is_left_alone(
    engine: Engine, clock: StandingClock
) -> None:
    job_id = owe_unknown(engine, clock)
    runner = JobRunner(engine)

    for _ in range(5):
        assert runner.run_due() == 0
        assert not runner.run(job_id)
        clock.move(minutes=5)

    [job] = rows(engine, Job, Job.id == job_id)
    assert (job.state, job.attempts, job.last_error) == ("waiting", 0, None)
    assert job.payload == {"letter": {"to": ["a@example.com"]}}
    assert not rows(engine, Incident)


def test_what_it_knows_is_done_beside_it(engine: Engine, clock: StandingClock) -> None:
    owe_unknown(engine, clock)
    owe_known(engine, clock)

    JobRunner(engine).run_due()

    assert [message.state for message in rows(engine, Message)] == ["expired"]


def test_a_field_that_a_later_release_added_does_no_harm_and_stays(
    engine: Engine, clock: StandingClock
) -> None:
    job_id = owe_known(engine, clock, tone="warm")

    JobRunner(engine).run_due()

    [job] = rows(engine, Job, Job.id == job_id)
    assert job.state == "done"
    assert job.payload["tone"] == "warm"


def owe_known(engine: Engine, clock: StandingClock, **more: str) -> int:
    """Owe the end of a kept message, with more in the job than this release knows."""
    now = clock.now()
    with engine.database.writing(now, SYSTEM) as tx:
        message = tx.add(
            Message(
                message_id="m",
                name="goods-arrived",
                key="m",
                payload={},
                received_at=now,
                received_from="system",
                expires_at=now,
                state="kept",
            )
        )
        job = Job(
            kind="expire",
            key="m",
            due_at=now,
            state="waiting",
            payload={"message": message.id, **more},
            created_at=now,
        )
        return tx.owe(job).id


def test_every_kind_that_is_owed_here_is_known() -> None:
    assert set(IN_HERE + OUTSIDE) >= {"timer", "work", "reminder", "overdue", "expire"}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Engine]:
    """An engine on an SQLite file, as a person starts one."""
    from_file = f"sqlite:///{tmp_path / 'complaintflow.db'}"
    engine = Engine(Settings(from_file, tmp_path / "files", tmp_path))
    engine.migrate()
    yield engine
    engine.close()


def make_newer(engine: Engine, serves_from: str | None) -> None:
    """Let the tables look as if a later release had made them."""
    with engine.database.connections.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("DELETE FROM setting WHERE name = 'schema.serves_from'"))
        if serves_from is not None:
            connection.execute(
                text("INSERT INTO setting VALUES ('schema.serves_from', :it)"),
                {"it": f'"{serves_from}"'},
            )


@pytest.mark.parametrize("serves_from", ["9999", None])
def test_newer_tables_are_refused_with_a_sentence(
    installation: Engine, serves_from: str | None
) -> None:
    make_newer(installation, serves_from)

    with pytest.raises(EngineError, match="a later release made it 9999"):
        open_worker(installation)
    with pytest.raises(EngineError, match="a later release made it 9999"):
        installation.migrate()


def test_newer_tables_that_serve_this_release_are_used_as_they_are(
    installation: Engine,
) -> None:
    known = installation.database.schema().known
    make_newer(installation, known)

    installation.migrate()

    open_worker(installation)
    assert installation.database.schema().held == "9999"


def test_older_tables_are_refused_with_what_to_do(installation: Engine) -> None:
    with installation.database.connections.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    with pytest.raises(EngineError, match="run complaintflow db upgrade"):
        open_worker(installation)


def test_a_database_without_tables_is_refused(tmp_path: Path) -> None:
    connections = open_connections(f"sqlite:///{tmp_path / 'empty.db'}")

    assert not schema_version(connections).fits
    connections.dispose()


def test_a_worker_ends_when_its_tables_become_those_of_another_release(
    live: Engine,
) -> None:
    worker = open_worker(live)
    worker.start()
    make_newer(live, None)

    until(lambda: worker.trouble is not None)
    owe(live, "too-late", timedelta())
    worker.stop()

    assert not worker.is_alive
    assert [message.state for message in rows(live, Message)] == ["kept"]


def test_a_new_database_says_whom_it_serves(installation: Engine) -> None:
    with installation.database.connections.connect() as connection:
        said = "SELECT value FROM setting WHERE name = 'schema.serves_from'"
        assert connection.scalar(text(said)) == f'"{SERVES_FROM}"'
    assert installation.database.schema().known >= SERVES_FROM
