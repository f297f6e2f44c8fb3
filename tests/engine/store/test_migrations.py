import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.store.database import Database
from engine.store.migrating import downgrade, upgrade
from engine.store.models import Base


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
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0007"


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
