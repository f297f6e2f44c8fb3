"""Commands by which the installation looks after itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from engine.commands.erasing import next_night, owe_retention
from engine.commands.jobs import note_done, owed_job
from engine.commands.permission import require
from engine.store.checkpoint import seal
from engine.store.models import Job
from engine.store.transaction import Transaction

_EVERY = timedelta(hours=1)  #: Between two checkpoints.


@dataclass(frozen=True, slots=True)
class PlanUpkeep:
    """Owe what has to be done again and again; what is owed already stays as it is."""

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Owe the next checkpoint, and the next look for what is kept long enough.

        Raises:
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        _owe_checkpoint(tx)
        owe_retention(tx, next_night(tx.now))


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
