"""Writes the journal: one line for each accepted command, chained by digests."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.model import CaseId, Json
from engine.store.models import Chain, JournalLine
from engine.store.reading import Reading
from engine.store.values import canonical

DEMO = "demo:"  #: Before the names of chains that belong to demo cases.

_HEADS, _LINES = Chain.__table__, JournalLine.__table__
_STREAM: BindParameter[str] = bindparam("of_stream")
_TO: dict[str, BindParameter[Json]] = {
    "position": bindparam("now_position"),
    "digest": bindparam("now_digest"),
}
_HEAD = (
    select(_HEADS.c.position, _HEADS.c.digest)
    .where(_HEADS.c.stream == _STREAM)
    .with_for_update()
)
_BEGIN = insert(_HEADS).values(stream=_STREAM, sealed=0, **_TO)
_MOVE = update(_HEADS).where(_HEADS.c.stream == _STREAM).values(_TO)
_LINE = insert(_LINES)
_DONE = select(
    _LINES.c.command_id, _LINES.c.command, _LINES.c.actor, _LINES.c.result
).where(_LINES.c.command_id == bindparam("of_id"))
_COLUMNS = [column.name for column in _LINES.c if not column.primary_key]


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of the journal says."""

    at: datetime
    actor: str
    command: str
    command_id: str
    body: Mapping[str, Json]  #: Personal data by reference: submission id and digest.
    result: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """What a line says of the command that it stands for."""

    command_id: str
    command: str
    actor: str
    result: str | None


def done_under(reading: Reading, command_id: str) -> Done | None:
    """Return what was done under this id, if anything was."""
    row = reading.execute(_DONE, {"of_id": command_id}).first()
    return None if row is None else Done(**row._mapping)


def case_stream(case_id: int, *, demo: bool = False) -> str:
    """Return the name of the chain of a case."""
    stream = f"case:{case_id}"
    return demo_stream(stream) if demo else stream


def demo_stream(stream: str) -> str:
    """Return the name of a chain for demo cases: it is never sealed, and may be deleted."""
    return DEMO + stream


def append(
    session: Session,
    entry: Entry,
    *,
    stream: str,
    case_id: CaseId | None,
    head: Head | None = None,
) -> None:
    """Write *entry* at the end of *stream*, whose head stays locked until the commit.

    Args:
        session: The transaction.
        entry: What the line says.
        stream: The name of the chain.
        case_id: The case that the line is about.
        head: Where the chain ends, if that was read since its case was locked.

    Raises:
        IntegrityError: If somebody else wrote a line meanwhile.
    """
    session.flush()  # The line says what was done, after it was done.
    connection = session.connection()
    head = head or _head_of(connection, stream)
    line = JournalLine(
        stream=stream,
        position=1 if head is None else head.position + 1,
        at=entry.at,
        actor=entry.actor,
        command=entry.command,
        command_id=entry.command_id,
        body=canonical(entry.body).decode(),
        result=entry.result,
        case_id=case_id,
        prev_digest="" if head is None else head.digest,
    )
    line.digest = digest_of(line)
    connection.execute(_LINE, {name: getattr(line, name) for name in _COLUMNS})
    moved = {"of_stream": stream, "now_position": line.position, "now_digest": line.digest}
    connection.execute(_BEGIN if head is None else _MOVE, moved)


def _head_of(connection: Connection, stream: str) -> Head | None:
    """Return where a chain ends, locked; None where it has not begun."""
    row = connection.execute(_HEAD, {"of_stream": stream}).one_or_none()
    return None if row is None else Head(row.position, row.digest)


def digest_of(line: JournalLine) -> str:
    """Return the digest that *line* must have, the one before it included."""
    said = {
        "prev": line.prev_digest,
        "stream": line.stream,
        "position": line.position,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": line.actor,
        "command": line.command,
        "command_id": line.command_id,
        "body": line.body,
        "result": line.result,
        "case": line.case_id,
    }
    return hashlib.sha256(canonical(said)).hexdigest()
