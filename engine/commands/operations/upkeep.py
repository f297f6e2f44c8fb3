"""Commands by which the installation looks after itself."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from engine.commands.admitting.permission import require
from engine.commands.cases.erasing import next_night, owe_retention
from engine.commands.command import PRIVATE
from engine.commands.jobs.lifecycle import note_done, owed_job
from engine.store import unsent
from engine.store.checkpoint import seal
from engine.store.erasing import unneeded_files
from engine.store.models import Job
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_EVERY = timedelta(hours=1)  #: Between two checkpoints.
_KEPT_UNSENT = timedelta(days=1)  #: What was uploaded for a form that may yet be sent.
_AT_ONCE = 500  #: Files of one transaction; the next goes on.


@dataclass(frozen=True, slots=True)
class PlanUpkeep:
    """Owe what has to be done again and again; what is owed already stays as it is."""

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Owe the next checkpoint, and the next looks for what is kept long enough.

        Raises:
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        _owe_checkpoint(tx)
        owe_retention(tx, next_night(tx.now))
        _owe_drop(tx, next_night(tx.now))


@dataclass(frozen=True, slots=True)
class SealJournal:
    """Sign the heads of the journal; the checkpoint is itself what is written down."""

    job_id: int | None = None

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> int | None:
        """Sign and return the checkpoint's number; None where nothing is new.

        Raises:
            NotAllowed: If the actor does not operate.
            InvalidState: If the job is not due, or done or cancelled.
        """
        require(tx.actor, "operate")
        if self.job_id is not None:
            note_done(tx, owed_job(tx, self.job_id, "checkpoint"))
            _owe_checkpoint(tx)
        checkpoint = seal(tx)
        return None if checkpoint is None else checkpoint.id


def _owe_checkpoint(tx: Transaction) -> None:
    tx.owe(
        Job(
            kind="checkpoint",
            key="checkpoint",
            due_at=tx.now + _EVERY,
            state="waiting",
            payload={},
            created_at=tx.now,
        )
    )


@dataclass(frozen=True, slots=True)
class DropUnsent:
    """Forget files that were uploaded for a form a day ago, and never sent with one.

    Their contents go with the next turn, once it is sure that nobody refers to them.
    """

    job_id: int | None = None
    contents: tuple[str, ...] = field(default=(), metadata=PRIVATE)

    def prepare(self, reading: Reading) -> "DropUnsent":
        """Look for contents that no document has."""
        unused = unsent.contents_of_nobody(reading, reading.now - _KEPT_UNSENT)
        return replace(self, contents=unused)

    def run(self, tx: Transaction) -> int:
        """Forget some, owe the next turn, and return how many files it were.

        Raises:
            NotAllowed: If the actor does not operate.
            InvalidState: If the job is not due, or done or cancelled.
        """
        require(tx.actor, "operate")
        if self.contents:
            for digest in unneeded_files(tx, self.contents):
                tx.holdings.files.forget(digest)
        dropped = unsent.drop(tx, tx.now - _KEPT_UNSENT, _AT_ONCE)
        tx.note(documents=dropped)
        if self.job_id is not None:
            note_done(tx, owed_job(tx, self.job_id, "unsent"))
            _owe_drop(tx, tx.now if dropped else next_night(tx.now))
        return len(dropped)


def _owe_drop(tx: Transaction, due_at: datetime) -> None:
    tx.owe(
        Job(
            kind="unsent",
            key="unsent",
            due_at=due_at,
            state="waiting",
            payload={},
            created_at=tx.now,
        )
    )
