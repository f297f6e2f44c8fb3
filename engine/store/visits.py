"""Counts what strangers do, by the address that it comes from."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from engine.store.keys import keyed
from engine.store.models import PublicVisit
from engine.store.reading import Reading
from engine.store.transaction import Transaction

REMEMBERED = timedelta(days=2)
_FORGOTTEN_AT_ONCE = 100


def visitor(reading: Reading, address: str) -> str:
    """Return what is kept in place of *address*."""
    return keyed(reading, "visitor", address).hex()


def visits(
    reading: Reading, deed: str, since: datetime, address: str | None = None
) -> tuple[int, datetime | None]:
    """Return how often strangers did *deed* and when first, from one *address* or all."""
    chosen = select(func.count(), func.min(PublicVisit.at)).where(
        PublicVisit.deed == deed, PublicVisit.at.between(since, reading.now)
    )
    if address is not None:
        chosen = chosen.where(PublicVisit.address == visitor(reading, address))
    count, first = reading.session.execute(chosen).one()
    return count, first


def note_visit(tx: Transaction, deed: str, address: str) -> None:
    """Count one more, and forget some of those that count no longer."""
    old = (
        select(PublicVisit.id)
        .where(PublicVisit.deed == deed, PublicVisit.at < tx.now - REMEMBERED)
        .limit(_FORGOTTEN_AT_ONCE)
    )
    tx.session.execute(delete(PublicVisit).where(PublicVisit.id.in_(old)))
    tx.session.add(PublicVisit(deed=deed, address=visitor(tx, address), at=tx.now))
