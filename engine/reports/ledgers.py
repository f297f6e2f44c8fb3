"""Reads a ledger from its table: the lines that the figures of a period count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select

from engine.model import Json, NotFound
from engine.policy import LoadedPolicy
from engine.policy.sections.ledger import Ledger
from engine.reckoning.line import Line
from engine.reckoning.months import Month, Period, first_day, last_day
from engine.reckoning.selection import Selection
from engine.reports.narrowing import narrowed
from engine.store.models import Case, LedgerEntry
from engine.store.reading import Reading

_NO_LEDGER = "Expected the policy {policy} to keep a ledger, but it keeps none."


def policy_with_ledger(reading: Reading, key: str) -> tuple[LoadedPolicy, Ledger]:
    """Return a policy as it is deployed now, and its ledger.

    Raises:
        NotFound: If there is no such policy, or it keeps no ledger.
    """
    policy = reading.policy(key)
    if policy.active_deployment_id is None:
        raise NotFound(_NO_LEDGER, policy=key)
    loaded = reading.loaded(policy.active_deployment_id)
    if loaded.settings.ledger is None:
        raise NotFound(_NO_LEDGER, policy=key)
    return loaded, loaded.settings.ledger


def zone_of(policy: LoadedPolicy) -> ZoneInfo:
    """Return the time zone whose days and months the ledger goes by."""
    return ZoneInfo(policy.settings.zone)


def today(reading: Reading, policy: LoadedPolicy) -> date:
    """Return the present day where the policy is at home."""
    return reading.now.astimezone(zone_of(policy)).date()


def lines(
    reading: Reading,
    policy_key: str,
    period: Period,
    *,
    demo: bool | None = None,
    selection: Selection | None = None,
) -> Sequence[Line]:
    """Return all lines that any month of *period* counts, in the order of their days.

    Args:
        reading: The tables.
        policy_key: Whose ledger.
        period: The months.
        demo: Only those of demo cases, or only those of others.
        selection: Leave out lines that it does not take; it is still to be asked.
    """
    dialect = reading.session.get_bind().dialect.name
    begin, end = first_day(period.first), last_day(period.last)
    entry = LedgerEntry.__table__
    chosen = (
        select(
            entry.c.case_id,
            Case.number,
            entry.c.opened_on,
            entry.c.closed_on,
            entry.c.state,
            entry.c["values"],
            entry.c.measures,
            Case.demo,
        )
        .join(Case, Case.id == entry.c.case_id)
        .where(
            entry.c.policy_key == policy_key,
            *([] if demo is None else [Case.demo.is_(demo)]),
            *([] if selection is None else narrowed(selection, dialect)),
            or_(
                entry.c.opened_on.between(begin, end),
                and_(
                    entry.c.opened_on < begin,
                    or_(entry.c.closed_on.is_(None), entry.c.closed_on >= begin),
                ),
            ),
        )
        .order_by(entry.c.opened_on, entry.c.case_id)
    )
    found = reading.session.execute(chosen)
    return [replace(_line(*row), is_demo=is_demo) for *row, is_demo in found]


def first_month(reading: Reading, policy_key: str) -> Month | None:
    """Return the month of the first case of a ledger; None where there is none."""
    return reading.session.scalar(
        select(func.min(LedgerEntry.month)).where(LedgerEntry.policy_key == policy_key)
    )


def _line(
    case_id: int,
    number: str,
    opened_on: date,
    closed_on: date | None,
    state: str,
    values: dict[str, Json],
    measures: dict[str, Json],
) -> Line:
    score = measures.get("satisfaction")
    return Line(
        case_id=case_id,
        number=number,
        opened_on=opened_on,
        closed_on=closed_on,
        state=state,
        values=values,
        solved_once=measures.get("solved-once"),
        score=None if score is None else Decimal(score),
        reopened=measures.get("reopened"),
    )
