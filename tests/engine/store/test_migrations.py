import sqlite3
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engine.model import SYSTEM
from engine.queries.search.words import hits
from engine.store.database import Database
from engine.store.migrating import downgrade, upgrade
from engine.store.models import Activity, Base, CaseText, SavedExecution, Task
from engine.store.urgency import urgency_of
from engine.store.values import loads


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated(request, tmp_path):
    """A database of each kind whose schema came from the migrations, none copied."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'data' / 'case.db'}")
    else:
        database = Database(request.getfixturevalue("empty_postgres_url"))
    upgrade(database.connections)
    yield database
    database.close()


def known_to_models(thing, name, kind, reflected, compare_to) -> bool:
    """Leave out the text index, which only the database knows."""
    return not (name or "").startswith("case_fts")


def test_the_migrations_lead_to_what_the_models_say(migrated):
    with migrated.connections.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": known_to_models}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(migrated):
    migrated.migrate()

    with migrated.connections.connect() as connection:
        held = connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert held == migrated.schema().known


def test_all_can_be_taken_back(migrated):
    downgrade(migrated.connections, "base")

    with migrated.connections.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() is None
    upgrade(migrated.connections)


def test_a_database_in_memory_has_the_same_schema():
    first, second = Database("sqlite://"), Database("sqlite://")
    first.migrate()
    upgrade(second.connections)

    assert schema_of(first) == schema_of(second)


def test_sqlite_loses_no_commit_and_keeps_references(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'case.db'}")

    with database.connections.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA busy_timeout")) == 10000
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"]
)
def test_the_database_itself_refuses_to_change_the_journal(engine, database, statement):
    with (
        pytest.raises(DBAPIError, match="never changed"),
        database.connections.begin() as connection,
    ):
        connection.execute(text(statement))


def schema_of(database: Database) -> set[tuple[str, ...]]:
    with database.connections.connect() as connection:
        held: sqlite3.Connection = connection.connection.driver_connection
        return set(held.execute("SELECT type, name, sql FROM sqlite_master"))


EARLIER = (
    "INSERT INTO policy (key, title, owner, created_at)"
    " VALUES ('p', 'P', 'lin', '2026-03-02 01:10:00.000000')",
    "INSERT INTO deployment (id, policy_key, number, digest, title, deployed_at,"
    " deployed_by, findings)"
    " VALUES (1, 'p', 1, 'd', 'P', '2026-03-02 01:10:00.000000', 'lin', '[]')",
    "INSERT INTO cases (id, number, policy_key, deployment_id, process_id, state, title,"
    " started_at, started_by, updated_at, end_events, rev)"
    " VALUES (1, 'P-1', 'p', 1, 'main', 'open', 'T', '2026-03-02 01:10:00.000000', 'lin',"
    " '2026-03-02 01:10:00.000000', '[]', 1)",
    "INSERT INTO execution (case_id, state, variables)"
    " VALUES (1, '{}', '{\"name\":\"赵\"}')",
    "INSERT INTO task (id, case_id, token, process_id, element_id, name, state, due,"
    " priority, properties, clauses, wanted, created_at) VALUES (1, 1, 't', 'main', 'e',"
    " 'E', 'open', '2026-03-02 01:10:07.250000', 60, '{}', '[]', '{}',"
    " '2026-03-02 01:10:00.000000')",
    "INSERT INTO task_candidate (id, task_id, role) VALUES (1, 1, 'clerk')",
    "INSERT INTO activity (id, case_id, token, process_id, element_id, kind, path, state,"
    " entered_at) VALUES (1, 1, 't', 'main', 'e', 'userTask', '[]', 'active',"
    " '2026-03-02 01:10:07.999999')",
    "INSERT INTO flow_taken (case_id, process_id, flow_id, at)"
    " VALUES (1, 'main', 'f', '2026-03-02 01:10:00.000000'),"
    " (1, 'main', 'f', '2026-03-02 01:10:00.000000')",
    "INSERT INTO case_text (case_id, words) VALUES (1, 'p 1 赵')",
)


def test_what_an_earlier_version_wrote_is_kept(migrated):
    downgrade(migrated.connections, "0004")
    with migrated.connections.begin() as connection:
        for statement in EARLIER:
            connection.exec_driver_sql(statement)

    upgrade(migrated.connections)

    with migrated.reading(datetime(2026, 3, 3, tzinfo=UTC), SYSTEM) as reading:
        kept = reading.session.get_one(SavedExecution, 1)
        assert (kept.state, loads(kept.variables)) == ("{}", {"name": "赵"})
        assert loads(kept.flows) == {"main": {"f": 2}}
        [entered] = reading.session.scalars(select(Activity.entered_at))
        assert entered == datetime(2026, 3, 2, 1, 10, 7, 999999, UTC)
        task = reading.session.get_one(Task, 1)
        assert task.due is not None
        assert task.urgency == urgency_of(task.due, 60)
        [candidate] = task.candidates
        assert (candidate.case_id, candidate.waits) == (1, True)
        assert candidate.urgency == task.urgency
        assert reading.session.get_one(CaseText, 1).words == "xp1 x1 赵"
        assert hits(reading.session, "P-1") == [1]
