"""Takes back a completion before anybody acted on it."""

from dataclasses import dataclass, field

from engine.bpmn import Execution, Saved
from engine.commands.command import PRIVATE
from engine.commands.moving import opening
from engine.commands.moving.case import Moving, pick_up
from engine.commands.moving.handling import refuse_outsider
from engine.commands.steps import progress
from engine.commands.tasks.byhand.drafts import lay_before
from engine.commands.tasks.byhand.permitting import (
    keep,
    refuse_forbidden,
    refuse_long,
    tell,
)
from engine.model import InvalidState, NotAllowed, Sentence, TaskId
from engine.store import cases, rewinding
from engine.store.models import SavedExecution, Task
from engine.store.transaction import Transaction
from engine.store.values import loads


@dataclass(frozen=True, slots=True)
class WithdrawTask:
    """Take one's completed task back, before the next person acts."""

    task_id: TaskId
    reason: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Let the case stand as it did before, and lay before the actor what was entered.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If somebody else completed it, or the policy does not allow it.
            InvalidState: If it is not completed, or something has happened since.
            InvalidValues: If the reason is too long.
        """
        task = tx.task(self.task_id)
        refuse_outsider(tx, task, tx.actor)
        _refuse_stranger(tx, task)
        refuse_forbidden(tx, task, "withdraw")
        refuse_long(reason=self.reason)
        moving = pick_up(tx, task.case)
        saved = tx.session.get_one(SavedExecution, task.case_id, populate_existing=True)
        _refuse_for(rewinding.hindrance(tx, task, saved))
        before = Saved(state=saved.undo_state or "", variables=saved.undo_variables or "")
        earlier = moving.execution.rewound(before)
        new = moving.execution.places.keys() - earlier.places.keys()
        following = rewinding.open_at(tx, task.case_id, new)
        _refuse_for(rewinding.begun(tx, following))
        affected = [each.assignee for each in following]
        _rewind(moving, task, before, new)
        moving.flows = loads(saved.undo_flows or "{}")
        progress.refresh(moving)
        moving.save()
        task.case.updated_at = tx.now
        tx.session.flush()
        lay_before(tx, tx.actor.login, task, task)
        keep(tx, task, "withdraw", reason=self.reason)
        sentence = Sentence(
            "{name} took back “{task}” of case {number}.",
            {"name": tx.actor.name, "task": task.name, "number": task.case.number},
        )
        tell(tx, task, [login for login in affected if login is not None], sentence)


def _refuse_stranger(tx: Transaction, task: Task) -> None:
    if task.state != "completed":
        raise InvalidState(
            "Expected {task} to be completed, but it is not.", task=task.name
        )
    if task.completed_by != tx.actor.login:
        raise NotAllowed(
            "Expected who completed {task}, but {name} did not.",
            task=task.name,
            name=tx.actor.name,
        )


def _refuse_for(hindrance: Sentence | None) -> None:
    if hindrance is not None:
        raise InvalidState(hindrance.template, **hindrance.values)


def _rewind(moving: Moving, task: Task, before: Saved, new: set[str]) -> None:
    """Let the tokens be where they were, and the rows say so."""
    tx, current = moving.tx, moving.execution
    moving.execution = current.rewound(before)
    old = moving.execution.places.keys() - current.places.keys()
    cases.close_tokens(tx, task.case_id, new)
    then = Execution.load(moving.policy.definitions, before)
    rewinding.forget_activities(tx, task.case_id, then.has_placed, old)
    rewinding.reopen(tx, task, old)
    awaited = moving.execution.awaited
    lost = [token for token in old if awaited.get(token) in ("message", "signal")]
    opening.open_all(
        moving,
        [moving.execution.subscription(token, moving.around) for token in sorted(lost)],
    )
