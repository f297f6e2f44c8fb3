"""Finds and numbers deployments."""

import hashlib

from sqlalchemy import func, select

from engine.policy import PolicySettings
from engine.store.models import Deployment, Policy
from engine.store.transaction import Transaction


def locked_policy(tx: Transaction, settings: PolicySettings) -> Policy:
    """Return the policy, locked until the commit; it is made where it is new."""
    policy = tx.session.scalar(
        select(Policy)
        .where(Policy.key == settings.key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if policy is not None:
        return policy
    return tx.add(
        Policy(
            key=settings.key,
            title=settings.title,
            owner=settings.owner,
            created_at=tx.now,
        )
    )


def lock_policy(tx: Transaction, key: str | None) -> None:
    """Let no other deployment of the policy become active until the commit."""
    tx.session.scalar(
        select(Policy)
        .where(Policy.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def next_number(tx: Transaction, policy_key: str) -> int:
    """Return the number of the policy's next deployment, while the policy is locked."""
    last = tx.session.scalar(
        select(func.max(Deployment.number)).where(Deployment.policy_key == policy_key)
    )
    return (last or 0) + 1


def content_digest(content: bytes) -> str:
    """Return the sha256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
