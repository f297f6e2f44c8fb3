"""Takes back a completion before anybody acted on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from engine.bpmn import Execution, Saved
from engine.commands import opening, progress
from engine.commands.byhand.drafts import lay_before
from engine.commands.byhand.permitting import keep, refuse_forbidden, refuse_long, tell
from engine.commands.command import PRIVATE
from engine.commands.handling import refuse_outsider
from engine.commands.moving import Moving, pick_up
from engine.model import InvalidState, NotAllowed, Sentence, TaskId
from engine.store import cases, people, rewinding
from engine.store.models import Draft, Job, Opinion, Routed, SavedExecution, Task
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
        hindrance = rewinding.hindrance(tx, task, saved)
        if hindrance is not None:
            raise InvalidState(hindrance.template, **hindrance.values)
        before = Saved(state=saved.undo_state or "", variables=saved.undo_variables or "")
        earlier = moving.execution.rewound(before)
        new = moving.execution.places.keys() - earlier.places.keys()
        _refuse_touched(tx, task, new)
        affected = [each.assignee for each in rewinding.open_at(tx, task.case_id, new)]
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


def _refuse_touched(tx: Transaction, task: Task, new: set[str]) -> None:
    """Refuse where somebody has begun with what the completion led to.

    Raises:
        InvalidState: If so, saying what happened.
    """
    for sentence in _touched(tx, task, new):
        raise InvalidState(sentence.template, **sentence.values)


def _touched(tx: Transaction, task: Task, new: set[str]) -> Iterator[Sentence]:
    for following in rewinding.open_at(tx, task.case_id, new):
        name = following.assignee and people.name_of(tx, following.assignee)
        if following.claimed_at is not None:
            yield Sentence(
                "Expected nobody to have begun what comes next, but {name} took {task}.",
                {"name": name or "", "task": following.name},
            )
        for kind in (Draft, Routed, Opinion):
            chosen = select(kind.id).where(kind.task_id == following.id).limit(1)
            if tx.session.scalar(chosen) is not None:
                yield Sentence(
                    "Expected nobody to have begun what comes next, but somebody began"
                    " {task}.",
                    {"task": following.name},
                )
    running = select(Job.payload).where(
        Job.case_id == task.case_id,
        Job.token.in_(new),
        Job.kind == "work",
        or_(Job.state == "running", Job.attempts > 0),
    )
    for payload in tx.session.scalars(running):
        yield Sentence(
            "Expected nothing to be under way since, but {work} is being carried out.",
            {"work": payload["element"]},
        )
