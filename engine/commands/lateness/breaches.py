"""Writes down broken deadlines: whose they were, and how late it was in the end."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.commands.lateness.places import place_above
from engine.commands.moving.case import Moving
from engine.policy.sections.public import CUSTOMER
from engine.store.models import Breach, BreachLeader, Task
from engine.store.transaction import Transaction

_MINUTE = timedelta(minutes=1)


def note_breach(moving: Moving, task: Task) -> None:
    """Write down that *task* is late, unless that is known or it waits for the customer."""
    tx, due = moving.tx, task.due
    person = _responsible(task)
    roles = [offer.role for offer in task.candidates if offer.role is not None]
    if due is None or (person is None and CUSTOMER in roles):
        return
    known = select(Breach.id).where(Breach.task_id == task.id, Breach.due == due)
    if tx.session.scalar(known) is not None:
        return
    units = [offer.unit for offer in task.candidates if offer.unit is not None]
    zone = ZoneInfo(moving.policy.settings.zone)
    breach = tx.add(
        Breach(
            case_id=task.case_id,
            policy_key=moving.case.policy_key,
            task_id=task.id,
            token=task.token,
            due=due,
            month=f"{due.astimezone(zone):%Y-%m}",
            at=tx.now,
            person=person,
            role=next((role for role in roles if role != CUSTOMER), None),
            unit=next(iter(units), moving.case.unit),
        )
    )
    _name_leaders(moving, task, breach, roles)


def close_late(moving: Moving, tokens: Collection[str]) -> None:
    """Write down how late the tasks of *tokens* were that have just ended.

    What was late and never told, since the worker had not come to it, is written now.
    """
    tx = moving.tx
    chosen = select(Task).where(
        Task.case_id == moving.case.id,
        Task.token.in_(sorted(tokens)),
        Task.ended_at == tx.now,
        Task.due < tx.now,
    )
    tasks = tx.session.scalars(chosen.execution_options(populate_existing=True)).all()
    for task in tasks:
        note_breach(moving, task)
        end_breach(tx, task, task.state)


def end_breach(tx: Transaction, task: Task, outcome: str) -> None:
    """Write down how late *task* was in the end, where its deadline was broken."""
    breach = tx.session.scalar(
        select(Breach).where(Breach.task_id == task.id, Breach.ended_at.is_(None))
    )
    if breach is not None:
        breach.ended_at, breach.outcome = tx.now, outcome
        breach.late_minutes = _late(tx, task, breach.due)


def _late(tx: Transaction, task: Task, due: datetime) -> int:
    calendar = tx.loaded(task.case.deployment_id).calendar
    return calendar.working_time_between(due, tx.now) // _MINUTE


def _responsible(task: Task) -> str | None:
    """Return the login of who had *task* when it fell due; None where nobody did."""
    if task.assignee is None or task.due is None:
        return None
    if task.claimed_at is None:
        given = task.wanted["assignee"] == task.assignee
        return task.assignee if given else None
    return task.assignee if task.claimed_at <= task.due else None


def _name_leaders(
    moving: Moving, task: Task, breach: Breach, roles: Collection[str]
) -> None:
    known = moving.policy.roles
    above = {known[role].escalates_to for role in roles if role in known}
    away = frozenset({breach.person} if breach.person else ())
    places = {
        place.role: place.unit
        for role in sorted(filter(None, above))
        if (place := place_above(moving, task, role, away)) is not None
    }
    for role, unit in places.items():
        moving.tx.session.add(BreachLeader(breach_id=breach.id, role=role, unit=unit))
