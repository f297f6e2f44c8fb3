"""Finds the cases whose personal data was kept long enough."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from engine.store.models import Case, Policy
from engine.store.transaction import Transaction

_YEAR = timedelta(days=365, hours=6)


def overdue_for_erasure(tx: Transaction, most: int) -> Sequence[int]:
    """Return cases that ended longer ago than their policy keeps personal data."""
    found: list[int] = []
    for policy in tx.session.scalars(select(Policy).order_by(Policy.key)):
        if policy.active_deployment_id is None:
            continue
        retention = tx.loaded(policy.active_deployment_id).settings.retention
        if retention is not None:
            chosen = select(Case.id).where(
                Case.policy_key == policy.key,
                Case.state != "open",
                Case.ended_at < tx.now - retention.years * _YEAR,
                Case.erased_at.is_(None),
            )
            limited = chosen.order_by(Case.id).limit(most - len(found))
            found.extend(tx.session.scalars(limited))
    return found
