"""Lays before people again what was entered at a step that is to be done anew."""

from sqlalchemy import select

from engine.store.models import Draft, Submission, Task
from engine.store.transaction import Transaction


def lay_before(tx: Transaction, login: str, entered_at: Task, task: Task) -> None:
    """Make what was entered at one task the draft of *login* for *task*."""
    if entered_at.form_id is None or entered_at.form_id != task.form_id:
        return
    values = tx.session.scalar(
        select(Submission.values)
        .where(Submission.task_id == entered_at.id, Submission.command == "CompleteTask")
        .order_by(Submission.id.desc())
        .limit(1)
    )
    if values is not None:
        place = f"task:{task.id}"
        tx.session.add(
            Draft(login=login, place=place, task_id=task.id, fields=values, at=tx.now)
        )
