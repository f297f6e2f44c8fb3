"""Looks for a text in every table of a database, and in every file beside it."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Row, inspect, text

from engine.model import SYSTEM
from engine.runtime import Engine
from engine.store.models import Base


def found(mark: str, engine: Engine, folder: Path) -> Iterator[str]:
    """Yield where *mark* is: each column of each table, and each file of *folder*.

    It ends in Latin letters, which the index of words has as they are.
    """
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        connection = reading.session.connection()
        for table in inspect(connection).get_table_names():
            for row in _rows(connection, table):
                for name, value in row._mapping.items():
                    if _has(mark, value):
                        yield f"{table}.{name}: {value!r}"[:300]
    for path in folder.rglob("*"):
        if path.is_file() and (mark.encode() in path.read_bytes() or mark in path.name):
            yield str(path)


def _rows(connection: Connection, table: str) -> list[Row]:
    known = Base.metadata.tables.get(table)
    every = text(f'SELECT * FROM "{table}"') if known is None else known.select()
    return list(connection.execute(every))


def _has(mark: str, value: object) -> bool:
    letters = "".join(each for each in mark if each.isascii())
    if isinstance(value, bytes):
        return letters.encode() in value
    return letters in str(value)
