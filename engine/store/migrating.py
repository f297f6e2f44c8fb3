"""Brings the schema of a database to the present version."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from engine.store.connections import WRITES, open_connections

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(connections: Engine, version: str = "head") -> None:
    """Run the migrations up to *version*, in one transaction."""
    with (
        connections.connect().execution_options(**WRITES) as connection,
        connection.begin(),
    ):
        command.upgrade(_configuration(connection), version)


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


def _configuration(connection: object) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    configuration.attributes["connection"] = connection
    return configuration
