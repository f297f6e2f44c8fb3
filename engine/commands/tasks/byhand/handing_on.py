"""Hands a task on to another person."""

from dataclasses import dataclass, field

from engine.commands.command import PRIVATE
from engine.commands.moving.handling import refuse_second_pair_of_same_eyes
from engine.commands.tasks.byhand.permitting import (
    chosen_person,
    handled,
    keep,
    refuse_long,
    tell,
)
from engine.model import Actor, InvalidState, NotAllowed, Sentence, TaskId
from engine.store import people
from engine.store.models import Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_candidate


@dataclass(frozen=True, slots=True)
class HandOnTask:
    """Let another person do a task."""

    task_id: TaskId
    login: str
    reason: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Make the person its assignee, and tell them.

        Raises:
            NotFound: If there is no such task or active person.
            NotAllowed: If the task is not the actor's, the policy does not allow it, or
                the person must not do it.
            Conflict, InvalidState: If it is taken, completed or gone, or the person
                holds it already.
            InvalidValues: If the reason is too long.
        """
        task = handled(tx, self.task_id, "hand-on")
        refuse_long(reason=self.reason)
        person = people.actor_of(chosen_person(tx, task, self.login))
        refuse_second_pair_of_same_eyes(tx, task, person)
        if task.assignee == person.login:
            raise InvalidState(
                "Expected somebody else, but {name} holds {task} already.",
                name=person.name,
                task=task.name,
            )
        if not may_receive(tx, person, task):
            raise NotAllowed(
                "Expected somebody to whom {task} is offered, but it is not offered to"
                " {name}.",
                task=task.name,
                name=person.name,
            )
        task.assignee, task.claimed_at = person.login, tx.now
        keep(tx, task, "hand-on", reason=self.reason, receiver=person.login)
        sentence = Sentence(
            "{name} handed “{task}” of case {number} on to you: {reason}",
            {
                "name": tx.actor.name,
                "task": task.name,
                "number": task.case.number,
                "reason": self.reason.strip() or "–",
            },
        )
        tell(tx, task, [person.login], sentence)


def may_receive(tx: Transaction, person: Actor, task: Task) -> bool:
    """Tell whether the task may be handed on to the person.

    It may if it is offered to them; where the policy says so, also if they hold a role of
    it in another unit.
    """
    if is_candidate(person, task):
        return True
    routing = tx.loaded(task.case.deployment_id).settings.routing
    roles = {each.role for each in task.candidates}
    return routing.across_units and any(held.role in roles for held in person.memberships)
