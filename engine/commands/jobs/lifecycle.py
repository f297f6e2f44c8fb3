"""Commands of the worker: take a job, do it, say that it could not be done.

Everything but sending mail and chat messages happens inside one of these commands, in one
transaction with the end of the job, so that it is done exactly once. Those are sent between
`TakeJob` and `FinishJob`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import update

from engine.commands.admitting.permission import require
from engine.commands.command import PRIVATE
from engine.commands.jobs.failing import fail
from engine.commands.jobs.types import JOB_TYPES
from engine.commands.lateness.breaches import note_breach
from engine.commands.lateness.places import places_told
from engine.commands.moving.case import Moving, pick_up
from engine.commands.steps import progress
from engine.commands.telling.notices import remind
from engine.model import EngineError, InvalidState, Json, Sentence, Variables
from engine.store.jobs import is_abandoned
from engine.store.models import Delivery, Job, Message
from engine.store.transaction import Transaction

#: Jobs that send something out of the house, each with a delivery.
SENT_OUTSIDE = ("email", "chat")
_LITTLE = timedelta(seconds=30)
LEASE = timedelta(seconds=20)  #: So long a job is its worker's without another sign of it.


@dataclass(frozen=True, slots=True)
class TakenJob:
    """A job that a worker has for a while, or until it says how it went."""

    id: int
    kind: str
    case_id: int | None
    attempts: int  #: This one included.
    payload: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class TakeJob:
    """Take a job that is due, unless another worker has it; a lease and no event."""

    job_id: int
    kinds: tuple[str, ...] | None = None  #: Those that this worker can do; None: all.
    lease: timedelta = LEASE

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> TakenJob | None:
        """Lease the job; None if it is not due, taken, done, or not for this worker.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        job = tx.job_unless_taken(self.job_id)
        if job is None:
            return None
        free = job.state == "waiting" and job.due_at <= tx.now
        abandoned = is_abandoned(job, tx.now)
        known = self.kinds is None or job.kind in self.kinds
        if not known or not (free or abandoned):
            return None
        if abandoned and job.attempts >= job.attempts_allowed:
            fail(tx, job, _ABANDONED, permanent=True)
            return None
        job.state, job.locked_until = "running", tx.now + self.lease
        job.attempts += 1
        return TakenJob(job.id, job.kind, job.case_id, job.attempts, job.payload)


_ABANDONED = Sentence(
    "Expected the job to come to an end, but every runner of it did first."
)


@dataclass(frozen=True, slots=True)
class KeepJob:
    """Go on having a job that takes longer than its lease; a lease and no event."""

    job_id: int
    attempt: int  #: By which the worker has it.
    lease: timedelta = LEASE

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> bool:
        """Lengthen the lease; False if another worker took the job over, or it is done.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        job = tx.find_job(self.job_id)
        held = tx.session.scalar(
            update(Job)
            .where(Job.id == job.id, Job.attempts == self.attempt, Job.state == "running")
            .values(locked_until=tx.now + self.lease)
            .returning(Job.id)
        )
        return held is not None


@dataclass(frozen=True, slots=True)
class PutOff:
    """Leave a job for a while that could not be begun for want of room; no event either."""

    job_id: int
    attempt: int  #: By which the worker has it; it counts no longer.

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Let whoever looks after it next take it over, in its turn among all that are due.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        job = tx.job_unless_taken(self.job_id)
        if job is not None and (job.state, job.attempts) == ("running", self.attempt):
            job.attempts -= 1
            job.locked_until = tx.now + _LITTLE


@dataclass(frozen=True, slots=True)
class FireTimer:
    """Let a timer of a case go off, because it is due."""

    job_id: int

    def run(self, tx: Transaction) -> None:
        """Move the case on from its timer.

        Raises:
            NotFound: If there is no such job.
            InvalidState: If it is not due, or done or cancelled.
        """
        job = owed_job(tx, self.job_id, "timer")
        moving = pick_up(tx, tx.case(job.case_id or 0))
        note_done(tx, job)
        advance = moving.execution.fire(job.token or "", moving.around)
        progress.record(moving, advance)


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Do the work of a service or send task that the platform knows."""

    job_id: int

    def run(self, tx: Transaction) -> None:
        """Do it and move the case on; what cannot be done becomes an incident.

        Raises:
            NotFound: If there is no such job.
            InvalidState: If it is not due, or done or cancelled.
        """
        job = owed_job(tx, self.job_id, "work")
        moving = pick_up(tx, tx.case(job.case_id or 0))
        try:
            results = _carried_out(moving, job)
        except EngineError as error:
            fail(tx, job, error.sentence, permanent=True)
            return
        note_done(tx, job)
        advance = moving.execution.finish_job(job.token or "", results, moving.around)
        progress.record(moving, advance)


def _carried_out(moving: Moving, job: Job) -> Variables:
    """Do what *job* asks for, and return what the case gets of it."""
    kind = job.payload["type"]
    if kind not in JOB_TYPES:
        raise InvalidState(
            "Expected a type of job that can be carried out, but {type} is none.", type=kind
        )
    return JOB_TYPES[kind](moving, job)


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind people of a task that is due soon, or was."""

    job_id: int

    def run(self, tx: Transaction) -> None:
        """Write the notices; that a task is late stands in the register from then on.

        Raises:
            NotFound: If there is no such job.
            InvalidState: If it is not due, or done or cancelled.
        """
        job = owed_job(tx, self.job_id, "reminder", "overdue")
        task = tx.find_task(job.payload["task"])
        if job.kind == "overdue":
            moving = pick_up(tx, tx.case(task.case_id))
            note_breach(moving, task)
            remind(tx, job, task, places_told(moving, task))
        else:
            remind(tx, job, task)
        note_done(tx, job)


@dataclass(frozen=True, slots=True)
class ExpireMessage:
    """Give up a message that nobody waited for in time."""

    job_id: int

    def run(self, tx: Transaction) -> None:
        """Mark the message as expired, if it is still kept, and forget what it carries.

        No case will ever hear it, so that erasing none would reach it.

        Raises:
            NotFound: If there is no such job.
            InvalidState: If it is not due, or done or cancelled.
        """
        job = owed_job(tx, self.job_id, "expire")
        message = tx.session.get_one(Message, job.payload["message"], with_for_update=True)
        if message.state == "kept":
            message.state, message.payload = "expired", {}
        tx.stream = "messages"
        note_done(tx, job)


@dataclass(frozen=True, slots=True)
class FinishJob:
    """Say that a job was done that happens outside: a message sent, a system asked."""

    job_id: int
    values: Variables = field(default_factory=dict, metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """End the job; a task of the machine hands *values* to its case.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
            InvalidState: If it is done or cancelled.
        """
        require(tx.actor, "operate")
        job = _done_outside(tx, self.job_id)
        note_done(tx, job)
        if job.kind in SENT_OUTSIDE:
            delivery = tx.session.get_one(Delivery, job.payload["delivery"])
            delivery.state, delivery.sent_at, delivery.error = "sent", tx.now, None
        elif job.kind == "work":
            moving = pick_up(tx, tx.case(job.case_id or 0))
            tx.submit(self.values, command="FinishJob", case_id=job.case_id)
            advance = moving.execution.finish_job(
                job.token or "", self.values, moving.around
            )
            progress.record(moving, advance)


@dataclass(frozen=True, slots=True)
class FailJob:
    """Say that a job could not be done, and whether trying again is of any use."""

    job_id: int
    reason: Sentence = field(metadata=PRIVATE)  #: It may name what it is about.
    permanent: bool = False
    patient: bool = False  #: What keeps it from being done will pass, if it takes days.
    attempt: int | None = None  #: Which attempt failed; None: whichever there is.

    def run(self, tx: Transaction) -> None:
        """Owe it again later, or open an incident.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
            InvalidState: If it is done or cancelled, or another worker took it over.
        """
        require(tx.actor, "operate")
        job = owed_job(tx, self.job_id)
        if self.attempt not in (None, job.attempts):
            raise InvalidState(
                "Expected job {job} to be at attempt {attempt}, but another worker took it"
                " over.",
                job=job.id,
                attempt=self.attempt,
            )
        fail(tx, job, self.reason, permanent=self.permanent, patient=self.patient)
        if job.kind in SENT_OUTSIDE:
            delivery = tx.session.get_one(Delivery, job.payload["delivery"])
            delivery.error = self.reason
            delivery.state = "failed" if job.state == "failed" else "waiting"


def owed_job(tx: Transaction, job_id: int, *kinds: str) -> Job:
    """Return a job that is due and not done, of one of *kinds* if any are given.

    Raises:
        NotFound: If there is no such job.
        InvalidState: If it is of another kind, not due, or done or cancelled.
    """
    job = tx.job(job_id)
    if kinds and job.kind not in kinds:
        raise InvalidState(
            "Expected job {job} to be of the kind {expected}, but it is {kind}.",
            job=job.id,
            expected=", ".join(kinds),
            kind=job.kind,
        )
    if job.state not in ("waiting", "running"):
        raise InvalidState(
            "Expected job {job} to be owed, but it is {state}.", job=job.id, state=job.state
        )
    if job.due_at > tx.now:
        raise InvalidState(
            "Expected job {job} to be due, but it is only at {moment}.",
            job=job.id,
            moment=job.due_at.isoformat(timespec="seconds"),
        )
    return job


def _done_outside(tx: Transaction, job_id: int) -> Job:
    """Return a job that somebody did; what was sent is sent, whoever has the job now."""
    job = tx.job(job_id)
    if job.kind in SENT_OUTSIDE and job.state in ("waiting", "running"):
        return job
    return owed_job(tx, job_id)


def note_done(tx: Transaction, job: Job) -> None:
    """Note that *job* is done."""
    job.state, job.ended_at, job.locked_until = "done", tx.now, None
    tx.session.flush()
