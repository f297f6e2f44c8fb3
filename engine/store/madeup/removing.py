"""Removes every row and every file that belongs to demo cases."""

from collections.abc import Collection

from sqlalchemy import delete, exists, select

from engine.store.madeup.rows import demo_rows
from engine.store.models import (
    Case,
    Document,
    LoginSession,
    Membership,
    Person,
    Task,
    Unit,
)
from engine.store.transaction import Transaction


def remove(tx: Transaction) -> list[str]:
    """Delete the demo cases with all that belongs to them.

    Returns:
        The digests of contents that no document has any more; their files can go once
        this is committed.
    """
    digests = _contents(tx)
    for table, condition in reversed(list(demo_rows().items())):
        tx.session.execute(delete(table).where(condition))
    kept = set(
        tx.session.scalars(select(Document.digest).where(Document.digest.in_(digests)))
    )
    return sorted(digests - kept)


def remove_people(tx: Transaction, units: Collection[str], logins: Collection[str]) -> None:
    """Delete people and units that came with the demo cases, unless others need them."""
    run = tx.session.execute
    unused = ~exists().where(LoginSession.person_id == Person.id)
    chosen = select(Person.id).where(Person.login.in_(logins), unused)
    people = tx.session.scalars(chosen).all()
    run(delete(Membership).where(Membership.person_id.in_(people)))
    run(delete(Person).where(Person.id.in_(people)))
    parent = Unit.__table__.alias()
    for _ in range(len(units)):  # Those below before those above.
        gone = run(
            delete(Unit).where(
                Unit.key.in_(units),
                ~exists().where(Membership.unit == Unit.key),
                ~exists().where(parent.c.parent == Unit.key),
            )
        )
        if not gone.rowcount:  # type: ignore[attr-defined]
            break


def _contents(tx: Transaction) -> set[str]:
    cases = select(Case.id).where(Case.demo)
    tasks = select(Task.id).where(Task.case_id.in_(cases))
    chosen = select(Document.digest).where(
        Document.case_id.in_(cases) | Document.task_id.in_(tasks)
    )
    return set(tx.session.scalars(chosen))
