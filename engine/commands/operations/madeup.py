"""Commands about demo data: begin to make it, tell how far it is, take it in, remove it.

None of them stands in the journal, so that an installation from which its demo data was
removed is what it was before; each is told in the log.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.commands.admitting.permission import require
from engine.model import Conflict, InvalidState, Sentence
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.madeup import removing, taking_in
from engine.store.madeup.status import SETTING, Status, status_of
from engine.store.models import Case, Setting
from engine.store.models.columns import sentence_json
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class BeginDemo:
    """Say that demo data is being made, so that nobody makes it twice."""

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Note it.

        Raises:
            NotAllowed: If the actor does not administer.
            Conflict: If it is being made or removed just now.
            InvalidState: If there is demo data already.
        """
        require(tx.actor, "admin")
        status = status_of(tx)
        _refuse_busy(status, tx.now)
        if tx.session.scalar(select(Case.id).where(Case.demo).limit(1)) is not None:
            raise InvalidState(
                "Expected no demo data yet, but there is some; remove it first."
            )
        _keep(tx, Status("loading", begun_at=tx.now, moved_at=tx.now))


@dataclass(frozen=True, slots=True)
class BeginRemoval:
    """Say that demo data is being removed, so that nobody begins it twice."""

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Note it.

        Raises:
            NotAllowed: If the actor does not administer.
            Conflict: If it is being made or removed just now.
        """
        require(tx.actor, "admin")
        status = status_of(tx) or Status("loaded", begun_at=tx.now, moved_at=tx.now)
        _refuse_busy(status, tx.now)
        status.state, status.moved_at = "removing", tx.now
        _keep(tx, status)


@dataclass(frozen=True, slots=True)
class NoteDemo:
    """Say how far the making of demo data is, in percent, and of how many cases."""

    percent: int
    cases: int

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Note it.

        Raises:
            NotAllowed: If the actor does not administer.
        """
        require(tx.actor, "admin")
        status = status_of(tx)
        if status is not None and status.state == "loading":
            status.percent, status.cases, status.moved_at = (
                self.percent,
                self.cases,
                tx.now,
            )
            _keep(tx, status)


@dataclass(frozen=True, slots=True)
class FailDemo:
    """Say why the making or removing of demo data came to no end."""

    trouble: Sentence

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Note it.

        Raises:
            NotAllowed: If the actor does not administer.
        """
        require(tx.actor, "admin")
        status = status_of(tx) or Status("failed", begun_at=tx.now, moved_at=tx.now)
        status.state, status.moved_at = "failed", tx.now
        status.trouble = sentence_json(self.trouble)
        _keep(tx, status)


@dataclass(frozen=True, slots=True)
class TakeInDemo:
    """Take the demo cases of other databases in, all of them or none."""

    ground: str  #: The file of the database with the people that they all know.
    parts: Sequence[str]  #: The files of the databases with cases.
    files: str  #: The folder with their documents.

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> int:
        """Copy everything and return how many cases there are.

        Raises:
            NotAllowed: If the actor does not administer.
            Conflict: If so much was added meanwhile that the numbers are taken.
        """
        require(tx.actor, "admin")
        status = status_of(tx) or Status("loading", begun_at=tx.now, moved_at=tx.now)
        with ExitStack() as opened:
            ground = opened.enter_context(_looking_into(self.ground))
            parts = [opened.enter_context(_looking_into(part)) for part in self.parts]
            for part in parts:
                held = FileStore(Path(self.files))
                taking_in.take_in_files(part, held, tx.holdings.files)
            status.units, status.people = taking_in.take_in_people(tx, ground)
            status.cases = taking_in.take_in(tx, parts)
        status.state, status.percent, status.moved_at = "loaded", 100, tx.now
        _keep(tx, status)
        return status.cases


@dataclass(frozen=True, slots=True)
class RemoveDemo:
    """Remove all demo cases with everything that belongs to them."""

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> tuple[str, ...]:
        """Delete their rows; return the digests of files that nobody needs any more.

        Raises:
            NotAllowed: If the actor does not administer.
        """
        require(tx.actor, "admin")
        status = status_of(tx)
        digests = removing.remove(tx)
        if status is not None:
            removing.remove_people(tx, status.units, status.people)
            tx.session.delete(tx.session.get_one(Setting, SETTING))
        return tuple(digests)


def _refuse_busy(status: Status | None, now: datetime) -> None:
    if status is not None and status.is_alive(now):
        raise Conflict(
            "Expected nobody to be at the demo data, but it is being made or removed just"
            " now; wait until that is done."
        )


def _keep(tx: Transaction, status: Status) -> None:
    told = asdict(status)
    told |= {name: told[name].isoformat() for name in ("begun_at", "moved_at")}
    tx.session.merge(Setting(name=SETTING, value=told))


@contextmanager
def _looking_into(file: str) -> Iterator[Session]:
    """Open the database in *file*, which nobody else uses."""
    database = Database(f"sqlite:///{file}")
    try:
        with Session(database.connections) as session:
            yield session
    finally:
        database.close()
