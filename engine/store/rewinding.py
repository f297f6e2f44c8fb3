"""Puts the rows of a case back to where they stood before a completion."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import func, or_, select, update

from engine.model import Sentence
from engine.store import people
from engine.store.models import (
    Activity,
    Breach,
    Draft,
    Extension,
    Incident,
    Job,
    Opinion,
    Routed,
    SavedExecution,
    Signature,
    Task,
)
from engine.store.reading import Reading
from engine.store.transaction import Transaction


def hindrance(reading: Reading, task: Task, saved: SavedExecution) -> Sentence | None:
    """Return why the completion of *task* cannot be taken back; None where it can."""
    case = task.case
    if case.state != "open":
        return Sentence("Expected the case to be open, but it is over.")
    signed = select(Signature.id).where(Signature.task_id == task.id)
    if reading.session.scalar(signed) is not None:
        return Sentence(
            "Expected a step without a signature, but {task} was signed.",
            {"task": task.name},
        )
    if saved.undo_task == task.id and case.updated_at == task.ended_at:
        return None
    happened = _what_happened_since(reading, task)
    if happened is None:
        return Sentence(
            "Expected nothing to have happened since {task}, but the case went on.",
            {"task": task.name},
        )
    return Sentence(
        "Expected nothing to have happened since {task}, but “{event}” cannot be undone.",
        {"task": task.name, "event": happened},
    )


def _what_happened_since(reading: Reading, task: Task) -> str | None:
    """Return the name of the last element that did something, or is about to."""
    set_off = select(Job.token).where(
        Job.case_id == task.case_id, Job.kind == "work", Job.created_at >= task.ended_at
    )
    return reading.session.scalar(
        select(Activity.name)
        .where(
            Activity.case_id == task.case_id,
            Activity.name.is_not(None),
            Activity.name != "",
            Activity.kind.not_like("%Gateway"),  # They decide; others did something.
            Activity.token != task.token,
            or_(
                (Activity.state == "left") & (Activity.left_at >= task.ended_at),
                Activity.token.in_(set_off),
            ),
        )
        .order_by(
            func.coalesce(Activity.left_at, Activity.entered_at).desc(), Activity.id.desc()
        )
        .limit(1)
    )


def begun(reading: Reading, following: Iterable[Task]) -> Sentence | None:
    """Return why tasks that opened since are no longer untouched; None where they are."""
    for task in following:
        if task.claimed_at is not None:
            name = task.assignee and people.name_of(reading, task.assignee)
            return Sentence(
                "Expected nobody to have begun what comes next, but {name} took {task}.",
                {"name": name or "", "task": task.name},
            )
        for kind in (Draft, Routed, Opinion):
            chosen = select(kind.id).where(kind.task_id == task.id).limit(1)
            if reading.session.scalar(chosen) is not None:
                return Sentence(
                    "Expected nobody to have begun what comes next, but somebody began"
                    " {task}.",
                    {"task": task.name},
                )
    return None


def open_at(reading: Reading, case_id: int, tokens: Collection[str]) -> Sequence[Task]:
    """Return the tasks that wait at some tokens of a case."""
    chosen = select(Task).where(
        Task.case_id == case_id, Task.state == "open", Task.token.in_(list(tokens))
    )
    return reading.session.scalars(chosen.order_by(Task.id)).all()


def forget_activities(
    tx: Transaction, case_id: int, was_there: Callable[[str], bool], back: Collection[str]
) -> None:
    """Note that what came since was taken back, and that *back* is where it was."""
    rows = tx.session.scalars(
        select(Activity).where(Activity.case_id == case_id).order_by(Activity.id)
    )
    last: dict[str, Activity] = {}
    for row in rows:
        if not was_there(row.token):
            row.state, row.left_at, row.by = "withdrawn", tx.now, tx.actor.login
        elif row.token in back:
            last[row.token] = row
    for row in last.values():
        row.state, row.left_at, row.by = "active", None, None


def reopen(tx: Transaction, task: Task, tokens: Collection[str]) -> None:
    """Let everything wait again that stopped waiting when *task* was completed."""
    tx.session.flush()
    at, case_id, wanted = task.ended_at, task.case_id, sorted(tokens)
    chosen = select(Task).where(
        Task.case_id == case_id, Task.token.in_(wanted), Task.ended_at == at
    )
    for closed in tx.session.scalars(chosen):
        closed.state, closed.ended_at, closed.completed_by = "open", None, None
    for kind, given_up, owed, moment in (
        (Job, "cancelled", "waiting", Job.ended_at),
        (Incident, "resolved", "open", Incident.resolved_at),
        (Extension, "lapsed", "open", Extension.ended_at),
    ):
        values = {"state": owed, moment.key: None}
        tx.session.execute(
            update(kind)
            .where(
                kind.case_id == case_id,
                kind.token.in_(wanted),
                kind.state == given_up,
                moment == at,
            )
            .values(values)
        )
    tx.session.execute(
        update(Breach)
        .where(
            Breach.case_id == case_id,
            Breach.token.in_(wanted),
            Breach.ended_at == at,
            Breach.outcome != "extended",  # What was granted stays granted.
        )
        .values(ended_at=None, outcome=None, late_minutes=None)
    )
    tx.session.flush()
