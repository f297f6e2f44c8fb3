"""Commands that erase the personal data of cases: of one, and of all kept long enough."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import require
from engine.commands.cases.lifecycle import refuse_unseen
from engine.commands.command import PRIVATE
from engine.commands.jobs.lifecycle import note_done, owed_job
from engine.model import CaseId, NotFound
from engine.store import erasing
from engine.store.models import Case, Comment, Job
from engine.store.transaction import Transaction

_AT_ONCE = 50  #: Cases of one transaction; the next goes on.
_HOUR = 18  #: In UTC: two at night in China.


@dataclass(frozen=True, slots=True)
class ErasePersonalData:
    """Erase the personal data of a case that is over, and say why."""

    case_id: CaseId
    reason: str = field(metadata=PRIVATE)
    #: Cases that came out of it, or that it came out of, which are erased together with it.
    related: tuple[CaseId, ...] = ()

    def run(self, tx: Transaction) -> None:
        """Erase all of them, or none; it cannot be taken back.

        The journal says it in the chain of each.

        Raises:
            NotAllowed: If the actor must not see one of the cases, or neither administers
                nor answers for its policy.
            NotFound: If there is no such case, or one has nothing to do with the first.
            InvalidState: If one is open, or was erased before.
            InvalidValues: If there is no reason.
        """
        # In one order, as whoever locks several does.
        cases = [tx.case(each) for each in sorted({self.case_id, *self.related})]
        self._refuse_unrelated(tx)
        for case in cases:
            refuse_unseen(tx, case)
            erasing.refuse_unless_erasable(tx.actor, tx.loaded(case.deployment_id), case)
        refuse_faults({"reason": text_faults(self.reason)})
        for case in cases:
            _erase(tx, case)
            reason = Comment(case_id=case.id, task_id=None, at=tx.now, by=tx.actor.login)
            reason.text = self.reason.strip()
            tx.add(reason)

    def _refuse_unrelated(self, tx: Transaction) -> None:
        strange = set(self.related) - {self.case_id}
        if strange:
            strange -= set(erasing.family_of(tx, self.case_id))
        for case_id in sorted(strange):
            raise NotFound(
                "Expected a case that has to do with this one, but {case} has not.",
                case=case_id,
            )


@dataclass(frozen=True, slots=True)
class EraseExpired:
    """Erase the personal data of cases that ended longer ago than it is to be kept."""

    job_id: int | None = None

    def run(self, tx: Transaction) -> int:
        """Erase some, owe the next turn, and return how many cases it were.

        Raises:
            NotAllowed: If the actor does not operate.
            InvalidState: If the job is not due, or done or cancelled.
        """
        require(tx.actor, "operate")
        found = erasing.overdue_for_erasure(tx, _AT_ONCE)
        for case_id in sorted(found):
            case = tx.case(case_id)
            if case.erased_at is None:
                _erase(tx, case)
        erasing.tidy_words(tx)
        if self.job_id is not None:
            note_done(tx, owed_job(tx, self.job_id, "retention"))
            is_more = len(found) >= _AT_ONCE
            owe_retention(tx, tx.now if is_more else next_night(tx.now))
        return len(found)


@dataclass(frozen=True, slots=True)
class DeleteFiles:
    """Delete contents that belong to erased cases alone, once the erasure is committed."""

    job_id: int

    def run(self, tx: Transaction) -> int:
        """Delete them and return how many they were.

        Raises:
            NotFound: If there is no such job.
            NotAllowed: If the actor does not operate.
            InvalidState: If it is not due, or done or cancelled.
        """
        require(tx.actor, "operate")
        job = owed_job(tx, self.job_id, "delete-files")
        unneeded = erasing.unneeded_files(tx, job.payload["digests"])
        for digest in unneeded:
            tx.holdings.files.forget(digest)
        note_done(tx, job)
        return len(unneeded)


def _erase(tx: Transaction, case: Case) -> None:
    """Erase a case, and owe deleting its files: that could not be rolled back."""
    digests = erasing.erase(tx, case, tx.loaded(case.deployment_id))
    if digests:
        tx.owe(
            Job(
                kind="delete-files",
                key=f"delete-files:{case.id}",
                due_at=tx.now,
                state="waiting",
                payload={"digests": list(digests)},
                created_at=tx.now,
            )
        )


def next_night(moment: datetime) -> datetime:
    """Return the next time at which nobody waits for the machine."""
    tonight = moment.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > moment else tonight + timedelta(days=1)


def owe_retention(tx: Transaction, due_at: datetime) -> None:
    """Owe looking for what has been kept long enough."""
    tx.owe(
        Job(
            kind="retention",
            key="retention",
            due_at=due_at,
            state="waiting",
            payload={},
            created_at=tx.now,
        )
    )
