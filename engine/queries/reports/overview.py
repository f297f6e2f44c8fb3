"""Which reports there are for a person."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from engine.policy import LoadedPolicy
from engine.reports.access import reads_anything, reads_ledger, reads_report
from engine.store.models import Policy, PolicyReader
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class OfferedReport:
    """A report that a policy owes."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class PolicyReports:
    """What a person may read of one policy."""

    key: str
    title: str
    ledger: str | None  #: Its title; None for those who may not read all of it.
    reports: tuple[OfferedReport, ...]


@dataclass(frozen=True, slots=True)
class ReportsOverview:
    """All reports that are for the asking person."""

    def answer(self, reading: Reading) -> tuple[PolicyReports, ...]:
        """Return them by policy, in the order of titles; nothing for most people."""
        return tuple(_reports(reading, policy) for policy in _policies(reading))


@dataclass(frozen=True, slots=True)
class HasReports:
    """Whether there is any report for the asking person."""

    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> bool:
        """Tell it; the top bar asks at every page."""
        actor = reading.actor
        if "audit" in actor.rights:
            return True
        roles = sorted({held.role for held in actor.memberships})
        chosen = select(PolicyReader.policy_key).where(
            PolicyReader.role.in_(roles), PolicyReader.reads == "reports"
        )
        return bool(roles) and reading.session.scalar(chosen.limit(1)) is not None


def _policies(reading: Reading) -> list[LoadedPolicy]:
    deployments = reading.session.scalars(
        select(Policy.active_deployment_id)
        .where(Policy.active_deployment_id.is_not(None))
        .order_by(Policy.title)
    ).all()
    reading.meet_deployments(deployments)
    loaded = [reading.loaded(each) for each in deployments if each is not None]
    return [
        policy
        for policy in loaded
        if policy.settings.ledger is not None and reads_anything(reading.actor, policy)
    ]


def _reports(reading: Reading, policy: LoadedPolicy) -> PolicyReports:
    settings, actor = policy.settings, reading.actor
    ledger = settings.ledger
    title = ledger.title if ledger and reads_ledger(actor, policy) else None
    return PolicyReports(
        key=settings.key,
        title=settings.title,
        ledger=title,
        reports=tuple(
            OfferedReport(owed.kind, owed.title)
            for owed in settings.reports
            if reads_report(actor, policy, owed)
        ),
    )
