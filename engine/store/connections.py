"""Opens databases: SQLite set up so that no acknowledged commit is lost, PostgreSQL too."""

import math
import sqlite3
import time
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, StaticPool

#: The option of a connection that will write: SQLite then takes its lock at once, since a
#: reader that turns into a writer fails without waiting when somebody wrote in between.
WRITES = {"write": True}

#: The option of a connection that only looks: what it sees is of one moment, so that
#: nothing that is written meanwhile contradicts it. SQLite does so anyway.
_LOOKS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

#: The same for one statement, which is of one moment by itself: without a beginning and
#: an end, each of them a way to the server and back.
_LOOKS_ONCE = {"isolation_level": "AUTOCOMMIT"}

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged commits when the power goes.
    "busy_timeout=10000",
    "foreign_keys=ON",
    "secure_delete=ON",  # What is erased leaves the file, too, however SQLite was built.
    "journal_size_limit=67108864",
)

#: What the server does to a connection whose program is gone or asleep, so that its locks
#: are free within twenty seconds; and to a statement that others wait for too long.
_SERVER_SIDE = {
    "lock_timeout": "5s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "20s",
    "client_connection_check_interval": "5s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10s",
}

#: Without these a cut network hangs a connection for as long as the kernel likes.
_POSTGRESQL_ARGUMENTS = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10000,
    "application_name": "complaintflow",
    "options": " ".join(f"-c {name}={value}" for name, value in _SERVER_SIDE.items()),
}
_RETURNED = "returned"  #: When a connection was given back.
_IDLE_AFTER = 2.0  #: Seconds after which a connection is tried before it is used.
_RECYCLED_AFTER = 1800  #: Seconds; firewalls forget connections that were long unused.

#: Serialisation failure, deadlock, lock not available.
_PASSING_STATES = frozenset({"40001", "40P01", "55P03"})
#: Connection exception; the server shuts down, crashed, or does not take connections yet.
_LOST_STATES = ("08", "57P01", "57P02", "57P03")

_DISK_FULL = "53100"
_NOT_WRITTEN = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"})


def open_connections(address: str) -> Engine:
    """Return the pool of connections to the database at *address*."""
    url = _with_driver(make_url(address))
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    connections = create_engine(
        url.set(query={}),
        connect_args=postgresql_arguments(address),
        pool_recycle=_RECYCLED_AFTER,
        hide_parameters=True,  # What people entered has no place in logs.
    )
    event.listen(connections, "checkin", _note_return)
    event.listen(connections, "checkout", partial(_try_idle, connections))
    return connections


def _note_return(connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_RETURNED] = time.monotonic()


def _try_idle(
    connections: Engine,
    connection: Any,
    record: ConnectionPoolEntry,
    proxy: PoolProxiedConnection,
) -> None:
    """Try a connection that was idle; one that worked just now needs no question.

    What breaks in between is noticed by the statement itself, and tried again.
    """
    if time.monotonic() - record.info.get(_RETURNED, math.inf) < _IDLE_AFTER:
        return
    try:
        alive = connections.dialect.do_ping(connection)
    except DBAPIError as error:
        raise DisconnectionError from error
    if not alive:
        raise DisconnectionError


def postgresql_arguments(address: str) -> dict[str, Any]:
    """Return how to connect, as psycopg takes it; what *address* says itself wins."""
    return {**_POSTGRESQL_ARGUMENTS, **make_url(address).query}


def is_embedded(address: str) -> bool:
    """Tell whether the database at *address* is the one that comes with the program."""
    return make_url(address).get_backend_name() == "sqlite"


def is_in_memory(connections: Engine) -> bool:
    """Tell whether the database lives in one connection and ends with it."""
    return isinstance(connections.pool, StaticPool)


def looking(connections: Engine, *, once: bool = False) -> dict[str, object]:
    """Return the options of a connection that only looks, perhaps with one statement."""
    options = _LOOKS_ONCE if once else _LOOKS
    return dict(options) if connections.dialect.name == "postgresql" else {}


class Passing(SQLAlchemyError):
    """Something that will not be in the way of the next try."""


def is_passing(error: Exception) -> bool:
    """Tell whether the same transaction may well succeed when it is tried again."""
    if isinstance(error, StaleDataError | Passing):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return (
        getattr(error.orig, "sqlstate", None) in _PASSING_STATES
        or str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
        or is_lost(error)
        or (
            isinstance(error, IntegrityError)  # Somebody inserted the same key just now.
            and getattr(error.orig, "sqlstate", None) == "23505"
        )
    )


def is_lost(error: Exception) -> bool:
    """Tell whether the connection broke, so that nobody knows what was still done."""
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", "")
    return (
        error.connection_invalidated
        or (state or "").startswith(_LOST_STATES)
        # The driver found the line broken, or could not connect.
        or (state is None and isinstance(error, OperationalError))
    )


def is_disk_full(error: Exception) -> bool:
    """Tell whether there was no room left for what was to be written."""
    if not isinstance(error, DBAPIError):
        return False
    return (
        getattr(error.orig, "sqlstate", None) == _DISK_FULL
        or getattr(error.orig, "sqlite_errorname", None) in _NOT_WRITTEN
    )


def _with_driver(url: URL) -> URL:
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _open_sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        connections = create_engine(
            url,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
        )
    else:
        connections = create_engine(
            url, connect_args={"check_same_thread": False}, hide_parameters=True
        )
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
