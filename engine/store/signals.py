"""Finds who waits for a signal."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from engine.store.models import Subscription
from engine.store.transaction import Transaction


def catchers(
    tx: Transaction, name: str, *, but: int | None = None
) -> Sequence[Subscription]:
    """Return every wait for this signal and every process that it starts.

    The case *but* is left out: it has caught the signal already.
    """
    chosen = select(Subscription).where(
        Subscription.kind == "signal",
        Subscription.name == name,
        or_(Subscription.case_id.is_(None), Subscription.case_id != (but or 0)),
    )
    return tx.session.scalars(chosen.order_by(Subscription.id)).all()
