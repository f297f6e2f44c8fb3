"""Reads which tasks of a ledger's cases were done in time, and how late the others were."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import func, or_, select

from engine.policy import LoadedPolicy
from engine.reckoning.line import Step
from engine.reckoning.months import Period, first_day, last_day
from engine.reports.ledgers import zone_of
from engine.store.models import Case, LedgerEntry, Task, TaskCandidate
from engine.store.reading import Reading

_MINUTE = timedelta(minutes=1)
#: The unit within which a task was offered.
_WITHIN = (
    select(func.min(TaskCandidate.unit))
    .where(TaskCandidate.task_id == Task.id)
    .correlate(Task)
    .scalar_subquery()
)


def steps(
    reading: Reading, policy: LoadedPolicy, period: Period, *, demo: bool | None = None
) -> Sequence[Step]:
    """Return the steps whose deadline fell into *period* and is kept or broken by now.

    A step that the case left undone before its deadline counts as neither. With *demo* only
    steps of demo cases are returned, or only those of others.
    """
    zone = zone_of(policy)
    begin = datetime.combine(first_day(period.first), time(), zone)
    end = datetime.combine(last_day(period.last) + timedelta(days=1), time(), zone)
    chosen = (
        select(Task, Case.number, func.coalesce(_WITHIN, Case.unit, ""), Case.deployment_id)
        .join(Case, Case.id == Task.case_id)
        .join(LedgerEntry, LedgerEntry.case_id == Task.case_id)
        .where(
            LedgerEntry.policy_key == policy.settings.key,
            *([] if demo is None else [Case.demo.is_(demo)]),
            Task.due >= begin,
            Task.due < end,
            or_(Task.ended_at.is_not(None), Task.due < reading.now),
        )
        .order_by(Task.due, Task.id)
    )
    found = []
    for task, number, within, deployment_id in reading.session.execute(chosen):
        if task.due is None or _was_dropped_in_time(task):
            continue
        done = task.ended_at or reading.now
        late = timedelta()
        if done > task.due:
            calendar = reading.loaded(deployment_id).calendar
            late = calendar.working_time_between(task.due, done)
        found.append(
            Step(
                task_id=task.id,
                case_id=task.case_id,
                number=number,
                name=task.name,
                element=task.element_id,
                person=task.completed_by or task.assignee or "",
                unit=within,
                due_on=task.due.astimezone(zone).date(),
                is_kept=task.state == "completed" and done <= task.due,
                late_minutes=late // _MINUTE,
                is_open=task.state == "open",
            )
        )
    return found


def _was_dropped_in_time(task: Task) -> bool:
    """Tell whether the case went on without the task before it was due."""
    return (
        task.state == "cancelled"
        and task.ended_at is not None
        and task.due is not None
        and task.ended_at < task.due
    )
