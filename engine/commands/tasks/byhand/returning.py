"""Returns a task to a step that was done before."""

from dataclasses import dataclass, field

from engine.commands.command import PRIVATE
from engine.commands.moving.case import pick_up
from engine.commands.moving.handling import kept_away
from engine.commands.steps import progress
from engine.commands.tasks.byhand.drafts import lay_before
from engine.commands.tasks.byhand.permitting import (
    doers,
    handled,
    keep,
    refuse_wordless,
    tell,
)
from engine.model import NotFound, Sentence, TaskId
from engine.store import people
from engine.store.models import Task
from engine.store.returns import earlier_steps, judge_of
from engine.store.transaction import Transaction
from engine.store.visibility import is_candidate


@dataclass(frozen=True, slots=True)
class ReturnTask:
    """Send a task back to a finished step, which is done once more from there on."""

    task_id: TaskId
    to: str  #: Id of the step's element.
    reason: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> TaskId:
        """Let the earlier step wait in place of the task, for who did it if possible.

        Raises:
            NotFound: If there is no such task, or no such finished step before it.
            NotAllowed: If the task is not the actor's, or the policy does not allow it.
            Conflict, InvalidState: If it is taken, completed or gone, or the case could
                not go on from there.
            InvalidValues: If there is no reason.
        """
        task = handled(tx, self.task_id, "return")
        refuse_wordless(reason=self.reason)
        moving = pick_up(tx, task.case)
        done = self._finished(earlier_steps(tx, task, moving.policy), task)
        advance = moving.execution.send_back(
            task.token, self.to, judge_of(moving.policy), moving.around
        )
        progress.record(moving, advance)
        target = next(each for each in moving.opened if each.element_id == self.to)
        _give_back(tx, done, target)
        keep(tx, task, "return", reason=self.reason, target=target)
        sentence = Sentence(
            "{name} returned case {number} to “{task}”: {reason}",
            {
                "name": tx.actor.name,
                "number": task.case.number,
                "task": target.name,
                "reason": self.reason.strip(),
            },
        )
        tell(tx, target, doers(tx, target), sentence)
        return TaskId(target.id)

    def _finished(self, steps: list[Task], task: Task) -> Task:
        for step in steps:
            if step.element_id == self.to:
                return step
        raise NotFound(
            "Expected a finished step that {task} may return to, but {target} is none.",
            task=task.name,
            target=self.to,
        )


def _give_back(tx: Transaction, done: Task, target: Task) -> None:
    """Let whoever did the step do it again, with what was entered laid before them."""
    person = people.person_or_none(tx, done.completed_by or "")
    if person is None or not person.active or person.login in kept_away(tx, target):
        return
    if is_candidate(people.actor_of(person), target):
        target.assignee, target.claimed_at = person.login, None
        tx.session.flush()
    if target.assignee == person.login:
        lay_before(tx, person.login, done, target)
