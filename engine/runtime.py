"""The gate: every change to the system passes through `Engine.run`."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar, get_type_hints
from uuid import uuid4

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from engine.commands.admitting.values import refuse_unfit, refuse_unfit_id
from engine.commands.command import Command, Preparing, RefusalKept, journal_body
from engine.model import (
    Actor,
    Clock,
    Conflict,
    Rejected,
    Sentence,
    SystemClock,
    Unavailable,
)
from engine.queue import open_queue, prepare_queue
from engine.settings import Settings
from engine.store import journal
from engine.store.connections import is_disk_full, is_lost, is_passing
from engine.store.database import Database
from engine.store.files import NO_ROOM, FileStore
from engine.store.holdings import Holdings
from engine.store.reading import Reading
from engine.store.transaction import Transaction
from engine.store.values import dumps, loads
from engine.watch import Passage, SeenCase, passage

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

#: How often a transaction is tried when others were in its way.
ATTEMPTS = 8
#: Seconds after which it is not tried once more.
PATIENCE = 15.0

_NO_QUIET = Sentence(
    "Expected to get a turn, but others kept the database busy. Nothing was changed; try"
    " again in a moment."
)


class Query(Protocol[T_co]):
    """A question: it sees everything and changes nothing.

    One with an attribute `once` asks a single statement, or further ones that need not be
    of the same moment.
    """

    def answer(self, reading: Reading) -> T_co:
        """Return what was asked for, in plain values."""


class Engine:
    """Runs commands and answers queries against one database.

    Args:
        settings: Of the installation.
        clock: Where the time comes from.
        database: Unless the one that the settings name.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        database: Database | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.database = database or Database(
            settings.database_url,
            Holdings(
                files=FileStore(settings.files),
                queue=open_queue(settings.database_url),
                secret=settings.secret,
            ),
        )

    def migrate(self) -> None:
        """Bring the schema to the present version, that of the queue too."""
        self.database.migrate()
        if self.database.holdings.queue is not None:
            prepare_queue(self.database.connections)

    def run(self, command: Command[T], *, by: Actor, command_id: str | None = None) -> T:
        """Run one command in one transaction: all of it happens, or none of it.

        The same *command_id* again changes nothing and returns what it returned before.

        Raises:
            Rejected: If the command cannot be carried out; nothing has changed.
        """
        refuse_unfit(command)
        refuse_unfit_id(command_id)
        # A commit whose answer got lost is found again by this id when it is retried.
        identity = command_id or uuid4().hex
        quiet = not _is_journaled(command)
        with passage(type(command).__name__, identity, by, quiet=quiet) as through:
            return self._pass(command, by, identity, through)

    def ask(self, query: Query[T], *, by: Actor) -> T:
        """Answer one query from one state of the tables.

        Raises:
            Rejected: If there is no such thing, or the person may not see it.
        """
        refuse_unfit(query)
        return _patiently(lambda: self._answer(query, by))

    def close(self) -> None:
        """Give back what the engine holds open."""
        self.database.close()

    def _pass(self, command: Command[T], by: Actor, identity: str, through: Passage) -> T:
        prepared = _patiently(lambda: self._prepared(command, by))
        try:
            return _patiently(lambda: self._attempt(prepared, by, identity, through))
        except Rejected as error:
            refusal = error
        # What this one came too late for may be itself, given twice at the same moment.
        done = _patiently(lambda: self._done(prepared, by, identity))
        if done is not None:
            through.outcome = "repeated"
            return _result_of(done, prepared, by)
        _patiently(lambda: self._keep_refusal(prepared, by, refusal))
        raise refusal

    def _answer(self, query: Query[T], by: Actor) -> T:
        once = getattr(query, "once", False)
        with self.database.reading(self.clock.now(), by, once=once) as reading:
            return query.answer(reading)

    def _prepared(self, command: Command[T], by: Actor) -> Command[T]:
        if not isinstance(command, Preparing) or not _prepares(command):
            return command
        with self.database.reading(self.clock.now(), by) as reading:
            return command.prepare(reading)

    def _attempt(
        self, command: Command[T], by: Actor, command_id: str, through: Passage
    ) -> T:
        with self.database.writing(self.clock.now(), by) as tx:
            done = journal.done_under(tx, command_id)
            if done is not None:
                through.outcome = "repeated"
                return _result_of(done, command, by)
            try:
                result = command.run(tx)
            finally:
                through.cases = _seen(tx)
            _write_journal(tx, command, command_id, result)
            return result

    def _done(self, command: Command[T], by: Actor, command_id: str) -> journal.Done | None:
        if not _is_journaled(command):
            return None
        with self.database.reading(self.clock.now(), by) as reading:
            return journal.done_under(reading, command_id)

    def _keep_refusal(self, command: Command[T], by: Actor, refusal: Rejected) -> None:
        if isinstance(command, RefusalKept) and _prepares(command):
            with self.database.writing(self.clock.now(), by) as tx:
                command.refused(tx, refusal)


def _patiently(action: Callable[[], T]) -> T:
    """Try *action* again while others are in its way.

    Raises:
        Unavailable: If they stay there, or if there is no room to write.
    """
    began = time.monotonic()
    for attempt in range(ATTEMPTS):
        try:
            return action()
        except SQLAlchemyError as error:
            if is_disk_full(error):
                raise Unavailable(NO_ROOM.template) from error
            if not is_passing(error):
                raise
            if attempt == ATTEMPTS - 1 or time.monotonic() - began > PATIENCE:
                if is_lost(error):
                    raise
                raise Unavailable(_NO_QUIET.template) from error
            time.sleep(random.uniform(0, 0.01 * 2**attempt))
    raise AssertionError("The last attempt returns or raises.")


def _seen(tx: Transaction) -> tuple[SeenCase, ...]:
    """Return the cases that a command touched, without asking the database again."""
    told = ((case_id, tx.cases[case_id].__dict__) for case_id in tx.touched)
    return tuple(
        SeenCase(case_id, row.get("number"), row.get("deployment_id"))
        for case_id, row in told
    )


def _is_journaled(command: Command[T]) -> bool:
    return getattr(command, "journaled", True)


def _prepares(command: Command[T]) -> bool:
    """Tell whether a command has slow work, and a trace to leave if it is refused."""
    return getattr(command, "prepares", True)


def _write_journal(
    tx: Transaction, command: Command[T], command_id: str, result: T
) -> None:
    """Write one line into the chain of every case that the command changed.

    A command that changed no case has its line in the stream that it named.
    """
    if not _is_journaled(command):
        return
    entry = journal.Entry(
        at=tx.now,
        actor=tx.actor.login,
        command=type(command).__name__,
        command_id=command_id,
        body={**journal_body(command), **tx.noted},
        result=None if getattr(command, "secret_result", False) else dumps(result),
    )
    if not tx.touched:
        is_demo = tx.holdings.demo
        stream = tx.stream
        if is_demo:
            stream = journal.demo_stream(tx.holdings.part + stream)
        journal.append(tx.session, entry, stream=stream, case_id=None)
    for place, case_id in enumerate(tx.touched):
        own_id = command_id if place == 0 else f"{command_id}:{place}"
        stream = journal.case_stream(case_id, demo=tx.cases[case_id].demo)
        journal.append(
            tx.session,
            replace(entry, command_id=own_id),
            stream=stream,
            case_id=case_id,
            head=tx.heads.pop(stream, None),
        )


def _result_of(line: journal.Done, command: Command[T], by: Actor) -> T:
    """Return what the command of *line* returned when it was carried out.

    Raises:
        Conflict: If the id was used for another command, or by somebody else, or if what
            came of it is told only once.
    """
    if (line.command, line.actor) != (type(command).__name__, by.login):
        raise Conflict(
            "Expected the command id {command_id} to be new, but {login} used it for"
            " {command}.",
            command_id=line.command_id,
            login=line.actor,
            command=line.command,
        )
    if line.result is None:
        raise Conflict(
            "Expected something new to do, but this was done a moment ago, and what came of"
            " it is told only once. Do it once more."
        )
    kind = get_type_hints(type(command).run)["return"]
    result: T = msgspec.convert(loads(line.result), kind)
    return result
