"""Commands that people give about their tasks."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.commands.admitting import filling
from engine.commands.admitting.permission import has_right
from engine.commands.command import PRIVATE
from engine.commands.moving.case import Moving, pick_up
from engine.commands.moving.handling import (
    leads,
    refuse_closed,
    refuse_excluded,
    refuse_kept_away,
    refuse_outsider,
    refuse_second_pair_of_same_eyes,
    refuse_stranger,
    refuse_taken,
    refuse_unanswered,
    refuse_unspoken,
)
from engine.commands.steps import progress
from engine.commands.steps.starting import find_opening, starting_unit
from engine.commands.tasks.signing import (
    Proof,
    WrongPassword,
    is_signed,
    keep_refusal,
    looked_at,
    refuse_unsigned,
    sign,
)
from engine.model import (
    PUBLIC,
    CaseId,
    InvalidState,
    InvalidValues,
    Json,
    NotAllowed,
    NotFound,
    Rejected,
    Sentence,
    TaskId,
    Variables,
)
from engine.policy.sections.public import CUSTOMER
from engine.store import people
from engine.store.ahead import look_ahead
from engine.store.cases import complete_task
from engine.store.drafts import draft_at, drop_draft, start_place, task_place
from engine.store.models import Draft, Task
from engine.store.reading import Reading
from engine.store.transaction import Transaction
from engine.store.visibility import is_candidate


@dataclass(frozen=True, slots=True)
class NextTask:
    """A task that was opened by completing another."""

    id: TaskId
    name: str
    roles: tuple[str, ...]  #: Titles of the roles that it is offered to.
    assignee: str | None  #: The name of who it was given to.
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a task led to."""

    case_id: CaseId
    ended: bool  #: Whether the case is over now.
    next: tuple[NextTask, ...]


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task that is offered to several."""

    task_id: TaskId

    def run(self, tx: Transaction) -> None:
        """Make the actor its assignee; claiming one's own task changes nothing.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If it is not offered to the actor.
            Conflict: If somebody else took it or completed it.
            InvalidState: If the case went on without it.
        """
        _claim(tx, tx.task(self.task_id))


@dataclass(frozen=True, slots=True)
class ClaimTasks:
    """Take several tasks, all of them or none."""

    task_ids: tuple[TaskId, ...]

    def run(self, tx: Transaction) -> None:
        """Make the actor the assignee of each.

        Raises:
            NotFound, NotAllowed, Conflict, InvalidState: As for a single task.
        """
        for task in tx.tasks(dict.fromkeys(self.task_ids)):
            _claim(tx, task)


@dataclass(frozen=True, slots=True)
class UnclaimTask:
    """Give a task back to all that it is offered to."""

    task_id: TaskId

    def run(self, tx: Transaction) -> None:
        """Take the assignee away.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If somebody else holds it and the actor does not operate.
            InvalidState: If nobody holds it, or it is offered to nobody else.
            Conflict: If it is completed.
        """
        task = tx.task(self.task_id)
        refuse_outsider(tx, task, tx.actor)
        refuse_closed(tx, task)
        if task.assignee is None:
            raise InvalidState(
                "Expected somebody to hold {task}, but nobody does.", task=task.name
            )
        if task.assignee != tx.actor.login and not has_right(tx.actor, "operate"):
            raise NotAllowed(
                "Expected the person who holds {task}, but {name} does not.",
                task=task.name,
                name=tx.actor.name,
            )
        if not task.candidates:
            raise InvalidState(
                "Expected others to whom {task} is offered, but there are none; assign it"
                " to somebody instead.",
                task=task.name,
            )
        task.assignee, task.claimed_at = None, None


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Hand a task to somebody to whom it is offered."""

    task_id: TaskId
    login: str

    def run(self, tx: Transaction) -> None:
        """Make the person its assignee.

        Raises:
            NotFound: If there is no such task or active person.
            NotAllowed: If the actor neither holds the task, nor leads those who may, nor
                operates; or if the person must not do it.
            Conflict: If it is completed.
        """
        task = tx.task(self.task_id)
        is_leader = leads(tx, task, tx.actor)
        (refuse_kept_away if is_leader else refuse_outsider)(tx, task, tx.actor)
        refuse_closed(tx, task)
        operates = has_right(tx.actor, "operate")
        if not (operates or task.assignee == tx.actor.login or is_leader):
            raise NotAllowed(
                "Expected somebody who holds {task} or leads those who do, but {name} does"
                " neither.",
                task=task.name,
                name=tx.actor.name,
            )
        person = tx.person_called(self.login)
        if not person.active:
            raise NotFound(
                "Expected a person with the login {login}, but there is none.",
                login=self.login,
            )
        chosen = people.actor_of(person)
        refuse_excluded(tx, task, chosen)
        refuse_second_pair_of_same_eyes(tx, task, chosen)
        if not operates and not is_candidate(chosen, task):
            raise NotAllowed(
                "Expected somebody to whom {task} is offered, but it is not offered to"
                " {name}.",
                task=task.name,
                name=chosen.name,
            )
        task.assignee, task.claimed_at = chosen.login, tx.now


@dataclass(frozen=True, slots=True)
class SetFollowUp:
    """Put a task off until a moment, or take that back."""

    task_id: TaskId
    follow_up: datetime | None

    def run(self, tx: Transaction) -> None:
        """Set the follow-up date.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If it is not the actor's.
            Conflict: If somebody else took it or completed it.
        """
        task = tx.task(self.task_id)
        refuse_stranger(tx, task, tx.actor)
        refuse_closed(tx, task)
        refuse_taken(tx, task, tx.actor)
        task.follow_up = self.follow_up


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep a half-filled form, of a task or of the start of a process."""

    fields: Json = field(metadata=PRIVATE)  #: As typed, valid or not.
    task_id: TaskId | None = None
    start: str | None = None  #: ``policy/process``.

    def run(self, tx: Transaction) -> None:
        """Keep it for the actor, in place of what was kept before.

        Raises:
            NotFound: If there is no such task or start.
            NotAllowed: If the task is not offered to the actor, or the start is not theirs.
            Conflict, InvalidState: If the task is completed or gone.
            InvalidValues: If neither a task nor a start is named.
        """
        if self.task_id is not None:
            task = tx.task(self.task_id)
            refuse_stranger(tx, task, tx.actor)
            refuse_closed(tx, task)
            place = task_place(task.id)
        elif self.start is not None:
            policy_key, _, process_id = self.start.partition("/")
            starting_unit(tx.actor, find_opening(tx, policy_key, process_id, "staff"), None)
            place = start_place(policy_key, process_id)
            tx.stream = f"person:{tx.actor.person_id}"
        else:
            raise InvalidValues({"task_id": (Sentence("Expected a task or a start."),)})
        kept = draft_at(tx, place)
        if kept is None:
            kept = Draft(login=tx.actor.login, place=place, task_id=self.task_id)
            tx.session.add(kept)
        kept.fields, kept.at = self.fields, tx.now


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Finish a task with what was entered on its form."""

    task_id: TaskId
    values: Variables = field(default_factory=dict, metadata=PRIVATE)
    proof: Proof | None = field(default=None, metadata=PRIVATE)  #: Where it is signed.

    @property
    def prepares(self) -> bool:
        """Tell whether there is a password to look at."""
        return self.proof is not None

    def prepare(self, reading: Reading) -> "CompleteTask":
        """Look at the password, unless too many were wrong just before."""
        task = reading.find_task(self.task_id)
        if self.proof is None or not is_signed(task):
            return replace(self, proof=None)
        return replace(self, proof=looked_at(reading, self.proof))

    def run(self, tx: Transaction) -> Completed:
        """Close the task, keep what was entered, and move the case on.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If it is not offered to the actor.
            Conflict: If somebody else took it, or completed it before: who, and when.
            InvalidState: If the case went on without it.
            InvalidValues: If what was entered does not fit the form.
            NotSigned: If the task must be signed, and the password is not there or wrong.
        """
        task = tx.task(self.task_id)
        ahead = look_ahead(tx, task)
        refuse_outsider(tx, task, tx.actor)
        refuse_closed(tx, task)
        refuse_stranger(tx, task, tx.actor)
        refuse_taken(tx, task, tx.actor)
        refuse_unanswered(tx, task, ahead.asked)
        refuse_unspoken(tx, task, tx.actor)
        moving = pick_up(tx, task.case, ahead.stand)
        accepted = self._accept(moving, task)
        refuse_unsigned(tx, task, self.proof)
        complete_task(tx, task)
        submission = tx.submit(
            accepted,
            command="CompleteTask",
            case_id=task.case_id,
            task_id=task.id,
            form_id=task.form_id,
        )
        filling.keep(tx, submission, moving.case, task.id)
        if is_signed(task):
            sign(tx, task, submission, self.proof)
        else:
            moving.undo_task = task.id
        advance = moving.execution.complete(task.token, accepted, moving.around)
        progress.record(moving, advance)
        if ahead.has_draft:
            drop_draft(tx, task_place(task.id))
        return Completed(
            case_id=CaseId(task.case_id),
            ended=moving.case.state != "open",
            next=tuple(_next_task(moving, opened) for opened in moving.opened),
        )

    def refused(self, tx: Transaction, refusal: Rejected) -> None:
        """Count a wrong password, for the account and for the address."""
        if isinstance(refusal, WrongPassword) and self.proof is not None:
            keep_refusal(tx, self.task_id, self.proof)

    def _accept(self, moving: Moving, task: Task) -> Variables:
        return filling.accept(
            moving.tx,
            moving.policy,
            task.form_id,
            self.values,
            case=moving.case,
            variables=moving.execution.visible(task.token),
            evidence=task.properties.get("evidence"),
        )


def _claim(tx: Transaction, task: Task) -> None:
    refuse_outsider(tx, task, tx.actor)
    refuse_closed(tx, task)
    refuse_stranger(tx, task, tx.actor)
    refuse_taken(tx, task, tx.actor)
    refuse_unspoken(tx, task, tx.actor)
    if task.assignee is None:
        task.assignee, task.claimed_at = tx.actor.login, tx.now


def _next_task(moving: Moving, task: Task) -> NextTask:
    titles = [
        moving.policy.roles[each.role].title
        if each.role in moving.policy.roles
        else PUBLIC.name
        if each.role == CUSTOMER
        else each.role
        for each in task.candidates
        if each.role is not None
    ]
    return NextTask(
        id=TaskId(task.id),
        name=task.name,
        roles=tuple(titles),
        assignee=task.assignee and people.name_of(moving.tx, task.assignee),
        due=task.due,
    )
