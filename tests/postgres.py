"""Brings one PostgreSQL database back to where every test begins; faster than a new one."""

import psycopg
from psycopg import Connection, sql

_TABLES = """
SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class Snapshot:
    """The rows of a database at one moment."""

    def __init__(self, address: str) -> None:
        self._address = address
        with psycopg.connect(address) as connection:
            self._rows = {
                table: connection.execute(_select(table)).fetchall()
                for table in _tables(connection)
            }
            self._sequences = dict(connection.execute(_SEQUENCES).fetchall())

    def restore(self) -> None:
        """Put exactly those rows into the database, past all guards and references."""
        with psycopg.connect(self._address) as connection:
            connection.execute("SET session_replication_role = replica")
            for table in _tables(connection):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table, rows in self._rows.items():
                if rows:
                    connection.cursor().executemany(_insert(table, len(rows[0])), rows)
            for name, _ in connection.execute(_SEQUENCES).fetchall():
                last = self._sequences.get(name)
                connection.execute(
                    "SELECT setval(%s, %s, %s)", (name, last or 1, bool(last))
                )


def _tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES).fetchall()]


def _select(table: str) -> sql.Composed:
    return sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))


def _insert(table: str, width: int) -> sql.Composed:
    places = sql.SQL(", ").join([sql.Placeholder()] * width)
    return sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(table), places)
