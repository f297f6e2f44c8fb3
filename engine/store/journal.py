"""Writes the journal: one line for each accepted command, chained by digests."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import CaseId, Json
from engine.store.models import Chain, JournalLine
from engine.store.values import canonical


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of the journal says."""

    at: datetime
    actor: str
    command: str
    command_id: str
    body: Mapping[str, Json]  #: Personal data by reference: submission id and digest.
    result: str | None


def case_stream(case_id: int) -> str:
    """Return the name of the chain of a case."""
    return f"case:{case_id}"


def append(
    session: Session, entry: Entry, *, stream: str, case_id: CaseId | None
) -> JournalLine:
    """Write *entry* at the end of *stream*, whose head stays locked until the commit."""
    head = _locked_head(session, stream)
    line = JournalLine(
        stream=stream,
        position=head.position + 1,
        at=entry.at,
        actor=entry.actor,
        command=entry.command,
        command_id=entry.command_id,
        body=canonical(entry.body).decode(),
        result=entry.result,
        case_id=case_id,
        prev_digest=head.digest,
        digest="",
    )
    line.digest = digest_of(line)
    head.position, head.digest = line.position, line.digest
    session.add(line)
    session.flush()
    return line


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


def _locked_head(session: Session, stream: str) -> Chain:
    head = session.scalar(
        select(Chain)
        .where(Chain.stream == stream)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if head is None:
        head = Chain(stream=stream, position=0, digest="")
        session.add(head)
    return head
