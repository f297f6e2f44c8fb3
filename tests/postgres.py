"""Brings one PostgreSQL database back to where every test begins; faster than a new one."""

import psycopg
from psycopg import Connection, sql

_TABLES = """
SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1
"""
_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
ORDER BY ordinal_position
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class Snapshot:
    """The rows of a database at one moment."""

    def __init__(self, address: str) -> None:
        self._address = address
        with psycopg.connect(address) as connection:
            tables = _tables(connection)
            self._columns = {table: _columns(connection, table) for table in tables}
            self._rows = {
                table: connection.execute(_select(table, columns)).fetchall()
                for table, columns in self._columns.items()
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
                    statement = _insert(table, self._columns[table])
                    connection.cursor().executemany(statement, rows)
            for name, _ in connection.execute(_SEQUENCES).fetchall():
                last = self._sequences.get(name)
                connection.execute(
                    "SELECT setval(%s, %s, %s)", (name, last or 1, bool(last))
                )


def _tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES).fetchall()]


def _columns(connection: Connection, table: str) -> list[str]:
    """Return the columns that are written, none that the database derives."""
    return [name for (name,) in connection.execute(_COLUMNS, (table,)).fetchall()]


def _select(table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL("SELECT {} FROM {}").format(_listed(columns), sql.Identifier(table))


def _insert(table: str, columns: list[str]) -> sql.Composed:
    places = sql.SQL(", ").join([sql.Placeholder()] * len(columns))
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), _listed(columns), places
    )


def _listed(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
