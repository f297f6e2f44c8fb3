"""Opens databases: SQLite set up so that no acknowledged commit is lost, PostgreSQL too."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import StaticPool

#: The option of a connection that will write: SQLite then takes its lock at once, since a
#: reader that turns into a writer fails without waiting when somebody wrote in between.
WRITES = {"write": True}

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged commits when the power goes.
    "busy_timeout=10000",
    "foreign_keys=ON",
    "journal_size_limit=67108864",
)

#: Without these a cut network hangs a connection for as long as the kernel likes.
_POSTGRESQL_ARGUMENTS = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15000,
    "options": "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000",
}

#: Serialisation failure, deadlock, lock not available.
_PASSING_STATES = frozenset({"40001", "40P01", "55P03"})


def open_connections(address: str) -> Engine:
    """Return the pool of connections to the database at *address*."""
    url = _with_driver(make_url(address))
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    arguments = {**_POSTGRESQL_ARGUMENTS, **url.query}
    return create_engine(url.set(query={}), connect_args=arguments, pool_pre_ping=True)


def is_embedded(address: str) -> bool:
    """Tell whether the database at *address* is the one that comes with the program."""
    return make_url(address).get_backend_name() == "sqlite"


def is_in_memory(connections: Engine) -> bool:
    """Tell whether the database lives in one connection and ends with it."""
    return isinstance(connections.pool, StaticPool)


def is_passing(error: Exception) -> bool:
    """Tell whether the same transaction may well succeed when it is tried again."""
    if isinstance(error, StaleDataError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return (
        getattr(error.orig, "sqlstate", None) in _PASSING_STATES
        or str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
        or error.connection_invalidated
        or (
            isinstance(error, IntegrityError)  # Somebody inserted the same key just now.
            and getattr(error.orig, "sqlstate", None) == "23505"
        )
    )


def _with_driver(url: URL) -> URL:
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _open_sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        connections = create_engine(
            url, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        connections = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(connections, "connect", _set_up_sqlite)
    event.listen(connections, "begin", _begin_sqlite)
    return connections


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver would begin transactions by rules of its own; ours begin in the event.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
