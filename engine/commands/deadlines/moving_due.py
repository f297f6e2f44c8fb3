"""Gives a task another due date: its place in all lists and its reminders go with it."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import update

from engine.calendar import WorkCalendar
from engine.commands.moving.opening import owe_reminders
from engine.store.jobs import OWED
from engine.store.models import Job, Task
from engine.store.transaction import Transaction
from engine.store.urgency import urgency_of

_SECOND = timedelta(seconds=1)
_AN_HOUR = 3600  #: Seconds.


def move_due(tx: Transaction, task: Task, until: datetime) -> None:
    """Let *task* be due at *until*, and remind as long before it as it did before."""
    calendar = tx.loaded(task.case.deployment_id).calendar
    if task.warn is not None and task.due is not None:
        task.warn = _warn(task.warn, task.due, until, calendar)
    task.due, task.urgency = until, urgency_of(until, task.priority)
    for offer in task.candidates:
        offer.urgency = task.urgency
    tx.session.flush()
    _forget_reminders(tx, task)
    owe_reminders(tx, task)


def _warn(
    warn: datetime, due: datetime, until: datetime, calendar: WorkCalendar
) -> datetime:
    """Return as much working time before *until* as *warn* is before *due*."""
    lead = calendar.working_time_between(warn, due)
    if not lead:
        return until - (due - warn)  # All of it lies outside of working time.
    return calendar.add_working_hours(until, -Decimal(lead // _SECOND) / _AN_HOUR)


def _forget_reminders(tx: Transaction, task: Task) -> None:
    keys = [f"{kind}:{task.id}" for kind in ("reminder", "overdue")]
    tx.session.execute(
        update(Job)
        .where(Job.key.in_(keys), Job.state.in_(OWED))
        .values(state="cancelled", ended_at=tx.now)
    )
