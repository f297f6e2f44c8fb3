"""Commands about signals, which reach everybody who waits at that moment."""

from dataclasses import dataclass, field

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import require
from engine.commands.command import PRIVATE
from engine.commands.jobs.failing import fail
from engine.commands.jobs.lifecycle import note_done, owed_job
from engine.commands.moving.case import pick_up
from engine.commands.outside.messages import LONGEST_NAME
from engine.commands.steps import progress
from engine.commands.steps.spreading import spread
from engine.commands.steps.starting import find_opening, open_case
from engine.model import Sentence, Variables
from engine.store.models import Job, Subscription
from engine.store.transaction import Transaction

#: Signals that may lead to each other from case to case; more go round in a circle.
MOST_HOPS = 100


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    """Tell every case that waits for it, and every process that it starts, of a signal."""

    name: str
    payload: Variables = field(default_factory=dict, metadata=PRIVATE)

    def run(self, tx: Transaction) -> int:
        """Owe the deliveries and return how many; nobody who waits later gets it.

        Raises:
            NotAllowed: If the actor does not operate.
            InvalidValues: If the signal has no name.
        """
        require(tx.actor, "operate")
        refuse_faults({"name": text_faults(self.name, LONGEST_NAME)})
        told = spread(tx, self.name, self.payload)
        tx.stream = "messages"
        tx.note(told=told)
        return told


@dataclass(frozen=True, slots=True)
class DeliverSignal:
    """Hand a signal to one case that waits for it, or start a case by it."""

    job_id: int

    def run(self, tx: Transaction) -> None:
        """Move the case on; who waits no longer is left alone.

        Raises:
            NotFound: If there is no such job, or nothing starts by the signal any more.
            InvalidState: If the job is not due, or done or cancelled.
        """
        job = owed_job(tx, self.job_id, "signal")
        told = job.payload
        if tx.session.get(Subscription, told["subscription"]) is None:
            note_done(tx, job)
        elif told["hops"] >= MOST_HOPS:
            fail(tx, job, _round_and_round(told["signal"]), permanent=True)
        elif job.case_id is None:
            self._start(tx, job)
        else:
            moving = pick_up(tx, tx.case(job.case_id))
            moving.hops = told["hops"] + 1
            note_done(tx, job)
            advance = moving.execution.deliver(
                job.token or "", told["values"], moving.around
            )
            progress.record(moving, advance)

    def _start(self, tx: Transaction, job: Job) -> None:
        told = job.payload
        opening = find_opening(tx, told["policy"], told["process"], "signal")
        note_done(tx, job)
        moving = open_case(
            tx,
            opening,
            told["values"],
            start_event=told["element"],
            hops=told["hops"] + 1,
        )
        tx.note(number=moving.case.number, deployment=moving.case.deployment_id)


def _round_and_round(name: str) -> Sentence:
    return Sentence(
        "Expected signals to come to rest, but “{signal}” goes from case to case without "
        "end: more than {limit} led to each other.",
        {"signal": name, "limit": MOST_HOPS},
    )
