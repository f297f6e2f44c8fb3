"""Announces jobs through procrastinate, inside the transaction that owes them."""

from datetime import datetime

import procrastinate
from psycopg.conninfo import make_conninfo
from sqlalchemy import inspect
from sqlalchemy.engine import Engine as Connections
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from engine.store.connections import postgresql_arguments

RUN_JOB = "complaintflow.run_job"  #: The task by which procrastinate knows our jobs.


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

    def announce(self, session: Session, job_id: int, due_at: datetime) -> None:
        """Make the job known once the transaction of *session* commits."""
        connection = session.connection().connection.driver_connection
        self._app.configure_task(RUN_JOB, schedule_at=due_at, connection=connection).defer(
            job_id=job_id
        )


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
