"""Brings the schema of a database to the present version."""

import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, delete, insert, select

from engine.store.connections import WRITES, open_connections
from engine.store.migrations import SERVES_FROM
from engine.store.models import Setting

_SERVES_FROM = "schema.serves_from"
_SERVES = Setting.name == _SERVES_FROM
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


@dataclass(frozen=True, slots=True)
class SchemaVersion:
    """How new the tables of a database are, beside what the program knows."""

    held: str | None  #: None: there are no tables yet.
    known: str
    serves_from: str | None  #: The oldest version whose programs can use these tables.

    @property
    def is_newer(self) -> bool:
        """Tell whether a later release made the tables."""
        return self.held is not None and self.held not in _revisions()

    @property
    def fits(self) -> bool:
        """Tell whether the program can use the tables."""
        if self.is_newer:
            return self.serves_from is not None and self.serves_from <= self.known
        return self.held == self.known


def schema_version(connections: Engine) -> SchemaVersion:
    """Return how new the tables are."""
    with connections.connect() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
        serves = None
        if held is not None and held not in _revisions():
            serves = connection.scalar(select(Setting.value).where(_SERVES))
    return SchemaVersion(held, _revisions()[0], serves)


def upgrade(connections: Engine, version: str = "head") -> None:
    """Run the migrations up to *version*, in one transaction."""
    with (
        connections.connect().execution_options(**WRITES) as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            # Moving many rows takes as long as it takes.
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        command.upgrade(_configuration(connection), version)
        if version == "head":
            connection.execute(delete(Setting).where(_SERVES))
            connection.execute(insert(Setting).values(name=_SERVES_FROM, value=SERVES_FROM))


def downgrade(connections: Engine, version: str) -> None:
    """Take the migrations after *version* back, in one transaction."""
    with (
        connections.connect().execution_options(**WRITES) as connection,
        connection.begin(),
    ):
        command.downgrade(_configuration(connection), version)


def fill_memory(connections: Engine) -> None:
    """Put all tables into an empty database in memory, as the migrations leave them."""
    with connections.connect() as connection:
        held = connection.connection.driver_connection
        cast("sqlite3.Connection", held).deserialize(_image())


@cache
def _image() -> bytes:
    """Return an empty database with all tables; migrating takes a while, copying none."""
    connections = open_connections("sqlite://")
    upgrade(connections)
    with connections.connect() as connection:
        held = connection.connection.driver_connection
        image = cast("sqlite3.Connection", held).serialize()
    connections.dispose()
    return image


@cache
def _revisions() -> tuple[str, ...]:
    """Return the versions that this program knows, the newest first."""
    scripts = ScriptDirectory(str(_MIGRATIONS))
    return tuple(script.revision for script in scripts.walk_revisions())


def _configuration(connection: object) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    configuration.attributes["connection"] = connection
    return configuration
