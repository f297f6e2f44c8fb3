"""Copies what made-up cases stand on into a database of their own."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Table, func, insert, select, true
from sqlalchemy.engine import Engine as Connections

from engine.store.models import (
    Base,
    ClosedMonth,
    Deployment,
    DeploymentFile,
    Membership,
    Person,
    Policy,
    PolicyReader,
    Setting,
    Unit,
)
from engine.store.reading import Reading

_ROOM = 200_000  #: Rows that others may add to a table meanwhile.
_ROUND = 100_000


def copy_ground(reading: Reading, to: Connections, logins: Collection[str]) -> None:
    """Copy units, policies, settings, closed months, these people into an empty database.

    Of the policies what is active comes along. *to* is an SQLite database.
    """
    with to.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for table, wanted in _ground(logins).items():
            rows = reading.session.execute(select(table).where(wanted)).mappings().all()
            if table is Setting.__table__:
                rows = [row for row in rows if not row["name"].startswith("schema.")]
            if rows:
                connection.execute(insert(table), [dict(row) for row in rows])
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")


def free_base(reading: Reading) -> int:
    """Return a number above those of all rows, with room for what others add meanwhile."""
    highest = 0
    for table in Base.metadata.sorted_tables:
        if table.autoincrement_column is not None:
            most = reading.session.scalar(select(func.max(table.autoincrement_column)))
            highest = max(highest, most or 0)
    return (highest + _ROOM) // _ROUND * _ROUND


def _ground(logins: Collection[str]) -> Mapping[Table, ColumnElement[bool]]:
    active = select(Policy.active_deployment_id)
    people = select(Person.id).where(Person.login.in_(logins))
    everything = true()
    return {
        Unit.__table__: everything,
        Person.__table__: Person.__table__.c.login.in_(logins),
        Membership.__table__: Membership.__table__.c.person_id.in_(people),
        Policy.__table__: everything,
        Deployment.__table__: Deployment.__table__.c.id.in_(active),
        DeploymentFile.__table__: DeploymentFile.__table__.c.deployment_id.in_(active),
        PolicyReader.__table__: everything,
        Setting.__table__: everything,
        ClosedMonth.__table__: everything,
    }
