"""Databases in memory in which made-up cases are made, beside the installation."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from engine.policy import Library
from engine.runtime import Engine
from engine.settings import Settings
from engine.simulation.clock import SimulatedClock
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from engine.store.madeup.ground import copy_ground
from engine.store.madeup.places import hold_places
from engine.store.reading import Reading


def empty_scratch(
    clock: SimulatedClock, files: Path, secret: str | None, part: str
) -> Engine:
    """Return an engine on an empty database, in which every new case is a demo case.

    Args:
        clock: The engine's clock.
        files: Where documents lie.
        part: What tells it from others of which cases are taken in together.
        secret: That of the installation, so that links of customers stay good there.
    """
    settings = Settings("sqlite://", files, Path(), secret=secret)
    holdings = Holdings(
        files=FileStore(files), library=Library(), demo=True, part=f"{part}/", secret=secret
    )
    engine = Engine(settings, clock, Database("sqlite://", holdings))
    engine.migrate()
    return engine


def grounded(engine: Engine, reading: Reading, logins: Collection[str], base: int) -> None:
    """Let an empty scratch know what the installation knows, and number from *base* on."""
    copy_ground(reading, engine.database.connections, logins)
    hold_places(engine.database.connections, base)


def save(engine: Engine, file: Path) -> None:
    """Write the database into *file*."""
    file.write_bytes(_connection(engine).serialize())


def fill(engine: Engine, file: Path, base: int) -> None:
    """Let a scratch begin as the database in *file*, and number from *base* on."""
    connection = _connection(engine)
    connection.deserialize(file.read_bytes())
    for table in ("journal", "chain"):  # What was done before belongs to no part.
        connection.execute(f"DELETE FROM {table} WHERE stream LIKE 'demo:%'")
    hold_places(engine.database.connections, base)


def _connection(engine: Engine) -> sqlite3.Connection:
    with closing(engine.database.connections.raw_connection()) as pooled:
        connection = pooled.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
