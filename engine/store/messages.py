"""Finds who waits for a message, and which messages wait for somebody."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, func, select

from engine.store.models import Message, Subscription
from engine.store.transaction import Transaction


def lock_correlation(tx: Transaction, name: str, key: str | None) -> None:
    """Let nobody else send this message, or begin to wait for it, until the commit.

    Otherwise a message and a case that begins to wait at the same moment would miss each
    other. SQLite has one writer and needs no lock.
    """
    if tx.session.get_bind().dialect.name != "postgresql":
        return
    digest = hashlib.sha256(f"{name}\0{key}".encode()).digest()
    number = int.from_bytes(digest[:8], signed=True)
    tx.session.execute(select(func.pg_advisory_xact_lock(number)))


def message_with(tx: Transaction, message_id: str) -> Message | None:
    """Return the message that came with this id."""
    return tx.session.scalar(select(Message).where(Message.message_id == message_id))


def waiting_for(tx: Transaction, name: str, key: str | None) -> Subscription | None:
    """Return the longest wait of a case for this message."""
    chosen = select(Subscription).where(
        Subscription.case_id.is_not(None),
        Subscription.kind == "message",
        Subscription.name == name,
        Subscription.key.is_(None) if key is None else Subscription.key == key,
    )
    return tx.session.scalars(chosen.order_by(Subscription.id)).first()


def started_by(tx: Transaction, name: str) -> Subscription | None:
    """Return the process that this message starts."""
    chosen = select(Subscription).where(
        Subscription.case_id.is_(None),
        Subscription.kind == "message",
        Subscription.name == name,
    )
    return tx.session.scalars(chosen.order_by(Subscription.id)).first()


def subscriptions_of_case(tx: Transaction, case_id: int) -> Sequence[Subscription]:
    """Return what a case waits for."""
    chosen = select(Subscription).where(Subscription.case_id == case_id)
    return tx.session.scalars(chosen.order_by(Subscription.id)).all()


def end_starts(tx: Transaction, policy_key: str) -> None:
    """Let no message or signal start a case of this policy."""
    tx.session.execute(
        delete(Subscription).where(
            Subscription.policy_key == policy_key, Subscription.case_id.is_(None)
        )
    )


def kept(tx: Transaction, name: str, key: str | None) -> Message | None:
    """Return the oldest message that came before anybody waited for it."""
    chosen = select(Message).where(
        Message.state == "kept",
        Message.name == name,
        Message.key.is_(None) if key is None else Message.key == key,
        Message.expires_at > tx.now,
    )
    return tx.session.scalars(chosen.order_by(Message.id)).first()
