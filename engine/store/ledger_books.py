"""Finds cases whose ledger entries are kept by other columns than the policy has now."""

from collections.abc import Hashable, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engine.policy.settings import PolicySettings
from engine.store.models import Case, ClosedMonth
from engine.store.reading import Reading

_KEPT_BY = func.coalesce(Case.ledger_by, Case.deployment_id)


def book_of(settings: PolicySettings) -> Hashable:
    """Return what decides on the entries of a ledger; None where there is no ledger.

    Titles, labels and readers do not: they are looked up when the ledger is read.
    """
    ledger, statistics = settings.ledger, settings.statistics
    if ledger is None:
        return None
    measures = {} if statistics is None else statistics.measures
    return (
        frozenset(ledger.processes),
        tuple((each.id, each.kind, each.value.source) for each in ledger.columns),
        None if statistics is None else statistics.unit,
        tuple((key, each.source) for key, each in measures.items()),
        settings.zone,
    )


def kept_otherwise(reading: Reading, policy_key: str, active: int) -> list[int]:
    """Return the deployments of a policy that keep entries, but not as *active* would."""
    wanted = book_of(reading.loaded(active).settings)
    used = select(_KEPT_BY).where(Case.policy_key == policy_key).distinct()
    return [
        number
        for number in reading.session.scalars(used)
        if number != active and book_of(reading.loaded(number).settings) != wanted
    ]


def cases_kept_by(
    reading: Reading, policy_key: str, deployments: Sequence[int], after: int, most: int
) -> Sequence[int]:
    """Return the next cases whose entries some deployments keep; erased ones stay so."""
    chosen = select(Case.id).where(
        Case.policy_key == policy_key,
        Case.id > after,
        _KEPT_BY.in_(deployments),
        Case.erased_at.is_(None),
    )
    return reading.session.scalars(chosen.order_by(Case.id).limit(most)).all()


def closed_months(reading: Reading, policy_key: str) -> frozenset[tuple[str, bool]]:
    """Return the months of a policy that are closed, each of demo cases or of real ones."""
    chosen = select(ClosedMonth.month, ClosedMonth.demo).where(
        ClosedMonth.policy_key == policy_key
    )
    return frozenset((row.month, row.demo) for row in reading.session.execute(chosen))


def month_of(case: Case, settings: PolicySettings) -> tuple[str, bool]:
    """Return the month in which *case* was opened, as `closed_months` names it."""
    opened = case.started_at.astimezone(ZoneInfo(settings.zone))
    return f"{opened:%Y-%m}", case.demo
