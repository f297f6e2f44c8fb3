"""Keeps two policies from giving the same case number."""

from collections.abc import Iterator

from sqlalchemy import select

from engine.model import InvalidState
from engine.policy import PolicySettings
from engine.policy.parts import POLICY
from engine.policy.sections.number import Series, may_meet
from engine.policy.settings import read_settings
from engine.store.models import DeploymentFile, Policy
from engine.store.transaction import Transaction


def refuse_same_numbers(tx: Transaction, settings: PolicySettings) -> None:
    """Refuse a policy whose numbers another one that is active may give as well.

    Raises:
        InvalidState: If there is one, with both formats.
    """
    for other in _others(tx, settings.key):
        for theirs in _series(other):
            for mine in _series(settings):
                if may_meet(mine, theirs):
                    raise InvalidState(
                        "Expected numbers that no other policy gives, but {format} and "
                        "{other} of {policy} may come to the same.",
                        format=mine.format,
                        other=theirs.format,
                        policy=other.title,
                    )


def _others(tx: Transaction, key: str) -> Iterator[PolicySettings]:
    """Yield what the other active policies say; not the whole of each, which takes long."""
    chosen = (
        select(DeploymentFile.content)
        .join(Policy, Policy.active_deployment_id == DeploymentFile.deployment_id)
        .where(Policy.key != key, DeploymentFile.path == POLICY)
        .order_by(Policy.key)
    )
    for content in tx.session.scalars(chosen):
        settings, _ = read_settings(POLICY, content.decode("utf-8-sig"))
        if settings is not None:
            yield settings


def _series(settings: PolicySettings) -> Iterator[Series]:
    yield settings.number
    for start in settings.starts:
        if start.number is not None:
            yield start.number
