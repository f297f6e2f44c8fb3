"""Takes the made-up cases of other databases into this one, in one transaction."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, RowMapping, Table, func, insert, select, text
from sqlalchemy.orm import Session

from engine.store.files import FileStore
from engine.store.madeup.rows import demo_rows
from engine.store.models import (
    Case,
    ClosedMonth,
    Document,
    LedgerEntry,
    Membership,
    Person,
    Unit,
)
from engine.store.transaction import Transaction

_AT_ONCE = 1000
Rows = Sequence[RowMapping]


def take_in(tx: Transaction, sources: Sequence[Session]) -> int:
    """Copy the demo cases of all *sources* with all that belongs to them; return how many.

    Their rows have numbers that are free here. Months that are closed here, or have cases
    that are real, are not closed for the demo cases.
    """
    for table, condition in demo_rows().items():
        for source in sources:
            for rows in _rows(source, table, condition):
                kept = _open_months(tx, rows) if table is ClosedMonth.__table__ else rows
                if kept:
                    tx.session.execute(insert(table), [dict(row) for row in kept])
    _move_sequences(tx)
    chosen = select(func.count()).select_from(Case).where(Case.demo)
    return tx.session.scalar(chosen) or 0


def take_in_people(tx: Transaction, source: Session) -> tuple[list[str], list[str]]:
    """Copy the units and people that are missing here; return their keys and logins."""
    units = _missing(tx, source, Unit.__table__, "key")
    people = _missing(tx, source, Person.__table__, "login")
    ids = [person["id"] for person in people]
    held = select(Membership.__table__).where(Membership.person_id.in_(ids))
    memberships = source.execute(held).mappings().all()
    for table, rows in (
        (Unit.__table__, units),
        (Person.__table__, people),
        (Membership.__table__, memberships),
    ):
        if rows:
            tx.session.execute(insert(table), [dict(row) for row in rows])
    return [unit["key"] for unit in units], [person["login"] for person in people]


def take_in_files(source: Session, held: FileStore, here: FileStore) -> None:
    """Copy the contents of the demo cases' documents into *here*."""
    chosen = select(Document.digest).where(
        Document.case_id.in_(select(Case.id).where(Case.demo))
    )
    for digest in sorted(set(source.scalars(chosen))):
        if not here.has(digest):
            here.add(held.read(digest))


def _rows(source: Session, table: Table, condition: ColumnElement[bool]) -> Iterator[Rows]:
    order = list(table.primary_key.columns)
    found = source.execute(select(table).where(condition).order_by(*order)).mappings()
    yield from found.partitions(_AT_ONCE)


def _open_months(tx: Transaction, rows: Rows) -> Rows:
    return [row for row in rows if not _is_taken(tx, row["policy_key"], row["month"])]


def _is_taken(tx: Transaction, policy_key: str, month: str) -> bool:
    """Tell whether a month is closed here, or may come to count a real case."""
    if tx.session.get(ClosedMonth, (policy_key, month)) is not None:
        return True
    real = (
        select(LedgerEntry.case_id)
        .join(Case, Case.id == LedgerEntry.case_id)
        .where(
            LedgerEntry.policy_key == policy_key,
            LedgerEntry.month <= month,
            Case.demo.is_(False),
        )
    )
    return tx.session.scalar(real.limit(1)) is not None


def _missing(tx: Transaction, source: Session, table: Table, key: str) -> Rows:
    """Return the rows of *source* that are not here; of people only made-up ones."""
    known = set(tx.session.scalars(select(table.c[key])))
    rows = source.execute(select(table)).mappings().all()
    return [row for row in rows if row.get("demo", True) and row[key] not in known]


def _move_sequences(tx: Transaction) -> None:
    """Let PostgreSQL number the next rows after those that brought their numbers along."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return
    for table in (*demo_rows(), Person.__table__, Membership.__table__):
        key = table.autoincrement_column
        if key is not None:
            named = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
            tx.session.execute(
                text(
                    f"SELECT setval({named}, max({key.name})) FROM {table.name}"
                    f" HAVING max({key.name}) IS NOT NULL"
                )
            )
