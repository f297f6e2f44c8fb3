"""Announces jobs through procrastinate, inside the transaction that owes them."""

from datetime import datetime

import procrastinate
import structlog
from procrastinate.exceptions import ConnectorException
from psycopg.conninfo import make_conninfo
from sqlalchemy import inspect
from sqlalchemy.engine import Engine as Connections
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from engine.store.connections import Passing, postgresql_arguments

RUN_JOB = "complaintflow.run_job"  #: The task by which procrastinate knows our jobs.
_NOT_THERE = frozenset({"42P01", "42883"})  #: No such table, no such function.
_log = structlog.get_logger("queue")


class ProcrastinateQueue:
    """Puts a row for each job into procrastinate's own table.

    Jobs carry no procrastinate lock: a lock would hold a due job back behind an earlier
    one of the same case that is due much later. The locked row of the case keeps them
    apart instead.

    Args:
        address: The SQLAlchemy address of the database.
    """

    def __init__(self, address: str) -> None:
        self._app = procrastinate.App(
            connector=procrastinate.SyncPsycopgConnector(conninfo=plain_address(address))
        )
        self._lost = False

    def announce(self, session: Session, job_id: int, due_at: datetime) -> None:
        """Make the job known once the transaction of *session* commits.

        Raises:
            Passing: If it could not be; the whole transaction is then tried again.
        """
        if self._lost:
            return
        connection = session.connection().connection.driver_connection
        task = self._app.configure_task(RUN_JOB, schedule_at=due_at, connection=connection)
        try:
            task.defer(job_id=job_id)
        except ConnectorException as error:
            # Whatever is owed is found by looking: nobody's work fails for want of a queue.
            self._lost = getattr(error.__cause__, "sqlstate", None) in _NOT_THERE
            if self._lost:
                _log.error("queue_lost", remedy="complaintflow db upgrade, then restart")
            raise Passing from error


def open_queue(address: str) -> ProcrastinateQueue | None:
    """Return the queue for a database; SQLite has none, its worker looks for itself."""
    if make_url(address).get_backend_name() != "postgresql":
        return None
    return ProcrastinateQueue(address)


def prepare_queue(connections: Connections) -> None:
    """Create procrastinate's tables unless they are there."""
    if inspect(connections).has_table("procrastinate_jobs"):
        return
    schema = procrastinate.schema.SchemaManager.get_schema()
    with connections.begin() as connection:
        connection.exec_driver_sql(schema.replace("%", "%%"))


def plain_address(address: str) -> str:
    """Return *address* as psycopg reads it, with what notices a peer that is gone."""
    url = make_url(address).set(drivername="postgresql", query={})
    plain = url.render_as_string(hide_password=False)
    return make_conninfo(plain, **postgresql_arguments(address))
