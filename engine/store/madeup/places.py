"""Lets a database give numbers from some number on, so that its rows fit beside others."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Engine as Connections

from engine.store.models import Base
from engine.store.models.columns import JsonText, Moment, PackedMoment, SentenceText

_LONG_AGO = "2000-01-01 00:00:00.000000"


def hold_places(connections: Connections, base: int) -> None:
    """Let every table of an SQLite database number its next row *base*, or above.

    For that each has a row before, which stands in no state and belongs to nothing.
    """
    with connections.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # References are looked at until it ends.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for table in Base.metadata.sorted_tables:
            if table.autoincrement_column is not None:
                _hold(connection, table, base - 1)
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")


def _hold(connection: Connection, table: Table, number: int) -> None:
    key = table.autoincrement_column
    filled = [each for each in table.c if each is key or not each.nullable]
    names = ", ".join(f'"{each.name}"' for each in filled)
    marks = ", ".join("?" for _ in filled)
    row = tuple(number if each is key else _nothing(each, number) for each in filled)
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", row
    )


def _nothing(column: "Column[object]", number: int) -> object:
    """Return what says least in *column*, as SQLite keeps it."""
    kind = column.type
    if isinstance(kind, JsonText):
        return "[]"
    if isinstance(kind, SentenceText):
        return '{"template": "", "values": {}}'
    if isinstance(kind, PackedMoment | Boolean):
        return 0
    if isinstance(kind, Integer | BigInteger):
        return number
    if isinstance(kind, Moment | DateTime):
        return _LONG_AGO
    return f"held-{number}"  # Another one for each, as some may come once only.
