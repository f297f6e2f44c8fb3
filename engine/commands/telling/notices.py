"""Reminds people of tasks, and notes what they have read."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from engine.commands.moving.routing import Place
from engine.commands.telling.offers import allowed, doers, places_of
from engine.commands.telling.tell import Message, tell, tell_chats
from engine.model import NotAllowed, NotFound, Sentence
from engine.store import people
from engine.store.models import Job, Notice, Task
from engine.store.transaction import Transaction

_REMINDERS = {
    "reminder": "{task} of case {number} is to be done soon.",
    "overdue": "{task} of case {number} is overdue.",
}


def remind(tx: Transaction, job: Job, task: Task, also: Collection[Place] = ()) -> None:
    """Remind who holds a task, or all that it is offered to.

    Those who hold a role at the places in *also* are told besides.
    """
    kind: Literal["reminder", "overdue"] = (
        "overdue" if job.kind == "overdue" else "reminder"
    )
    sentence = Sentence(_REMINDERS[kind], {"task": task.name, "number": task.case.number})
    message = Message(kind, task.case, task.id, sentence)
    others = (one for place in also for one in people.holders(tx, place.role, place.unit))
    tell(tx, allowed(tx, chain(doers(tx, task), others), task.case), message)
    tell_chats(tx, [*(() if task.assignee else places_of(task)), *also], message)


@dataclass(frozen=True, slots=True)
class ReadNotices:
    """Note that the actor has read notices."""

    notice_ids: tuple[int, ...]

    def run(self, tx: Transaction) -> None:
        """Mark them as read; those that were read before stay so.

        Raises:
            NotFound: If there is no such notice.
            NotAllowed: If one of them is somebody else's.
        """
        for notice_id in self.notice_ids:
            notice = tx.session.get(Notice, notice_id)
            if notice is None:
                raise NotFound(
                    "Expected to find notice {notice}, but there is none.", notice=notice_id
                )
            if notice.login != tx.actor.login:
                raise NotAllowed(
                    "Expected a notice to {name}, but notice {notice} is to somebody else.",
                    name=tx.actor.name,
                    notice=notice_id,
                )
            notice.read_at = notice.read_at or tx.now
        tx.stream = f"person:{tx.actor.person_id}"
