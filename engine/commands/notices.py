"""Reminds people of tasks, and notes what they have read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from engine.commands.routing import Place
from engine.model import NotAllowed, NotFound, Sentence
from engine.store import people
from engine.store.models import Job, Notice, Person, Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_kept_from

_REMINDERS = {
    "reminder": "{task} of case {number} is to be done soon.",
    "overdue": "{task} of case {number} is overdue.",
}


def remind(tx: Transaction, job: Job, task: Task, also: Iterable[Place] = ()) -> None:
    """Remind who holds a task, or all that it is offered to.

    Those who hold a role at the places in *also* are told besides.
    """
    sentence = Sentence(
        _REMINDERS[job.kind], {"task": task.name, "number": task.case.number}
    )
    for person in _reminded(tx, task, also):
        if not is_kept_from(tx, people.actor_of(person), task.case_id):
            tx.session.add(
                Notice(
                    login=person.login,
                    kind=job.kind,
                    case_id=task.case_id,
                    task_id=task.id,
                    sentence=sentence,
                    at=tx.now,
                )
            )


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


def _reminded(tx: Transaction, task: Task, also: Iterable[Place]) -> Iterator[Person]:
    seen: set[str] = set()
    others = (
        person for place in also for person in people.holders(tx, place.role, place.unit)
    )
    for person in chain(_doing(tx, task), others):
        if person.login not in seen and person.active:
            seen.add(person.login)
            yield person


def _doing(tx: Transaction, task: Task) -> Iterator[Person]:
    if task.assignee is not None:
        yield from filter(None, [people.person_or_none(tx, task.assignee)])
        return
    for candidate in task.candidates:
        if candidate.login is not None:
            yield from filter(None, [people.person_or_none(tx, candidate.login)])
        if candidate.role is not None:
            yield from people.holders(tx, candidate.role, candidate.unit)
