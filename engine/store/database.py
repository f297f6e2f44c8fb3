"""The database: where transactions begin and end, and how its schema comes to be."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import RLock

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from engine.model import Actor, EngineError, Rejected, Sentence
from engine.store.connections import WRITES, is_in_memory, looking, open_connections
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from engine.store.migrating import SchemaVersion, fill_memory, schema_version, upgrade
from engine.store.reading import Reading
from engine.store.transaction import Transaction
from engine.store.turns import Turns

_OLDER = Sentence(
    "Expected a database of version {known}, but it is of {held}: run complaintflow db"
    " upgrade once."
)
_NEWER = Sentence(
    "Expected a database of version {known}, but a later release made it {held}: start"
    " that release instead."
)


class Database:
    """One SQLite file, one PostgreSQL database, or ``sqlite://``: memory, for this process.

    Args:
        url: The address, as SQLAlchemy writes it.
        holdings: What it is used with; files lie in ``files`` unless said otherwise.
    """

    def __init__(self, url: str, holdings: Holdings | None = None) -> None:
        self.url = url
        self.holdings = holdings or Holdings(files=FileStore(Path("files")))
        _make_folder(url)
        self.connections = open_connections(url)
        # A database in memory has one connection, which threads use one after the other.
        self._turn: AbstractContextManager[object] = (
            RLock() if is_in_memory(self.connections) else nullcontext()
        )
        file = _file_of(url)
        self._turns = None if file is None else Turns(file)

    @contextmanager
    def writing(self, now: datetime, actor: Actor) -> Iterator[Transaction]:
        """Commit all that the block writes, or none of it."""
        with (
            self._turn,
            self._turns.taken() if self._turns else nullcontext(),
            Session(self.connections, expire_on_commit=False) as session,
        ):
            session.connection(execution_options=WRITES)
            yield Transaction(session, now=now, actor=actor, holdings=self.holdings)
            session.commit()

    @contextmanager
    def reading(
        self, now: datetime, actor: Actor, *, once: bool = False
    ) -> Iterator[Reading]:
        """Let the block see one state of the tables; nothing that it does stays.

        Args:
            now: What the block takes for the present.
            actor: Who looks.
            once: Whether one statement is asked. Each further one may see a later state.
        """
        with self._turn, Session(self.connections, autoflush=False) as session:
            options = looking(self.connections, once=once)
            session.connection(execution_options=options)
            try:
                yield Reading(session, now=now, actor=actor, holdings=self.holdings)
            except Rejected:
                _end_looking(session, options)
                raise
            _end_looking(session, options)

    def migrate(self) -> None:
        """Bring the schema to the present version; nothing happens where it is there.

        Raises:
            EngineError: If a later release made it, which does not serve this one.
        """
        with self._turn:
            if is_in_memory(self.connections):
                fill_memory(self.connections)
            elif self.schema().is_newer:
                self.refuse_other_schema()
            else:
                upgrade(self.connections)

    def schema(self) -> SchemaVersion:
        """Return how new the tables are, beside what the program knows."""
        with self._turn:
            return schema_version(self.connections)

    def refuse_other_schema(self) -> None:
        """Refuse to work on tables that are not for this release.

        Raises:
            EngineError: If they are older, or newer and serve only later releases.
        """
        schema = self.schema()
        if schema.fits:
            return
        sentence = _NEWER if schema.is_newer else _OLDER
        raise EngineError(sentence.template, held=schema.held or "-", known=schema.known)

    def close(self) -> None:
        """Give all connections back."""
        self.connections.dispose()
        if self._turns is not None:
            self._turns.close()


def _end_looking(session: Session, options: Mapping[str, object]) -> None:
    """End what could only look with a commit: nothing is written, and nothing forgotten.

    At a rollback the driver of PostgreSQL forgets every statement that it had prepared,
    so that the server would read and plan each of them anew.
    """
    session.expunge_all()
    if options:
        session.commit()


def _file_of(url: str) -> Path | None:
    """Return the file of a SQLite database that is one."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def _make_folder(url: str) -> None:
    file = _file_of(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
