"""Urges whoever has to do a task."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from engine.commands.command import PRIVATE
from engine.commands.moving.handling import refuse_closed, refuse_outsider
from engine.commands.tasks.byhand.permitting import (
    doers,
    keep,
    refuse_forbidden,
    refuse_long,
    tell,
)
from engine.model import Conflict, InvalidState, Sentence, TaskId
from engine.store.models import Routed
from engine.store.transaction import Transaction

AGAIN = timedelta(hours=1)  #: So much later the same person may urge again.


@dataclass(frozen=True, slots=True)
class UrgeTask:
    """Remind who holds a task, or all to whom it is offered."""

    task_id: TaskId
    reason: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> int:
        """Tell them; return how many.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If the case is not for the actor, or the policy does not allow it.
            Conflict: If it is completed, or the actor urged less than an hour ago.
            InvalidState: If it is gone, or nobody but the actor could do it.
            InvalidValues: If the reason is too long.
        """
        task = tx.task(self.task_id)
        refuse_outsider(tx, task, tx.actor)
        refuse_closed(tx, task)
        refuse_forbidden(tx, task, "urge")
        refuse_long(reason=self.reason)
        others = {login for login in doers(tx, task) if login != tx.actor.login}
        if not others or task.assignee == tx.actor.login:
            raise InvalidState(
                "Expected somebody else to do {task}, but there is nobody to urge.",
                task=task.name,
            )
        lately = select(Routed.id).where(
            Routed.task_id == task.id,
            Routed.verb == "urge",
            Routed.by == tx.actor.login,
            Routed.at > tx.now - AGAIN,
        )
        if tx.session.scalar(lately.limit(1)) is not None:
            raise Conflict(
                "Expected an hour between one reminder and the next, but {name} urged"
                " {task} less than an hour ago.",
                name=tx.actor.name,
                task=task.name,
            )
        keep(tx, task, "urge", reason=self.reason, receiver=task.assignee)
        sentence = Sentence(
            "{name} asks you to see to “{task}” of case {number}: {reason}",
            {
                "name": tx.actor.name,
                "task": task.name,
                "number": task.case.number,
                "reason": self.reason.strip() or "–",
            },
        )
        tell(tx, task, sorted(others), sentence)
        return len(others)
