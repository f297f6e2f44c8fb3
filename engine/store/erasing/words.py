"""Lets an index of words forget what was taken out of it."""

from datetime import timedelta

from sqlalchemy import select, text

from engine.store.models import Case
from engine.store.transaction import Transaction

_LATELY = timedelta(days=2)
_TIDY = text("INSERT INTO case_fts(case_fts) VALUES ('optimize')")


def tidy_words(tx: Transaction) -> None:
    """Write the index anew where cases were erased lately.

    SQLite keeps words that were deleted until it merges its index; PostgreSQL takes them
    out by itself.
    """
    if tx.session.get_bind().dialect.name != "sqlite":
        return
    lately = select(Case.id).where(Case.erased_at > tx.now - _LATELY).limit(1)
    if tx.session.scalar(lately) is not None:
        tx.session.flush()
        tx.session.execute(_TIDY)
