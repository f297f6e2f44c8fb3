"""Verifies the journal: finds changed, missing and reordered lines, and what they cite."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from engine.model import Sentence
from engine.store.checkpoint import checkpoint_digest, signing_key
from engine.store.journal import digest_of
from engine.store.models import Chain, Checkpoint, JournalLine, Submission
from engine.store.reading import Reading
from engine.store.transaction import submission_digest
from engine.store.values import loads

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was done to the journal after it was written."""

    stream: str
    position: int
    sentence: Sentence


@dataclass(slots=True)
class _Heads:
    """The ends of the chains as the lines, the heads and the checkpoints have them."""

    met: dict[str, JournalLine] = field(default_factory=dict)
    sealed: dict[tuple[str, int], str] = field(default_factory=dict)


def verify(reading: Reading) -> list[Fault]:
    """Return everything that is wrong with the journal; nothing if nobody touched it."""
    heads = _Heads()
    faults = list(_checkpoint_faults(reading, heads))
    faults += _line_faults(reading, heads)
    faults += _head_faults(reading, heads)
    faults += _submission_faults(reading)
    return faults


def _checkpoint_faults(reading: Reading, heads: _Heads) -> Iterator[Fault]:
    key = signing_key(reading)
    trusted = None if key is None else key.public_key().public_bytes_raw()
    before = ""
    for checkpoint in reading.session.scalars(select(Checkpoint).order_by(Checkpoint.id)):
        if checkpoint.digest != checkpoint_digest(checkpoint) or not _is_signed(checkpoint):
            yield _fault("checkpoint", checkpoint.id, "Checkpoint {number} was changed.")
        if checkpoint.public_key != trusted:
            yield _fault(
                "checkpoint",
                checkpoint.id,
                "Checkpoint {number} is signed with a key that is not this installation's.",
            )
        if checkpoint.prev_digest != before:
            yield _fault(
                "checkpoint", checkpoint.id, "A checkpoint before {number} is missing."
            )
        before = checkpoint.digest
        for stream, (position, digest) in loads(checkpoint.heads).items():
            heads.sealed[stream, position] = digest


def _is_signed(checkpoint: Checkpoint) -> bool:
    key = Ed25519PublicKey.from_public_bytes(checkpoint.public_key)
    try:
        key.verify(checkpoint.signature, checkpoint.digest.encode())
    except InvalidSignature:
        return False
    return True


def _line_faults(reading: Reading, heads: _Heads) -> Iterator[Fault]:
    lines = reading.session.scalars(
        select(JournalLine)
        .order_by(JournalLine.stream, JournalLine.position)
        .execution_options(yield_per=_AT_ONCE)
    )
    for line in lines:
        before = heads.met.get(line.stream)
        yield from _faults_of_line(line, before)
        sealed = heads.sealed.pop((line.stream, line.position), line.digest)
        if sealed != line.digest:
            yield _fault(
                line.stream,
                line.position,
                "Line {number} of {stream} is not the one that was sealed.",
            )
        heads.met[line.stream] = line
    for stream, position in sorted(heads.sealed):
        yield _fault(
            stream, position, "Line {number} of {stream} was sealed and is missing."
        )


def _faults_of_line(line: JournalLine, before: JournalLine | None) -> Iterator[Fault]:
    expected = 1 if before is None else before.position + 1
    if line.position != expected:
        yield _fault(line.stream, expected, "Line {number} of {stream} is missing.")
    elif line.prev_digest != ("" if before is None else before.digest):
        yield _fault(
            line.stream,
            line.position,
            "Line {number} of {stream} does not follow the one before.",
        )
    if line.digest != digest_of(line):
        yield _fault(line.stream, line.position, "Line {number} of {stream} was changed.")
    if before is not None and line.seq < before.seq:
        yield _fault(line.stream, line.position, "Line {number} of {stream} was moved.")


def _head_faults(reading: Reading, heads: _Heads) -> Iterator[Fault]:
    known = {chain.stream: chain for chain in reading.session.scalars(select(Chain))}
    for stream, line in heads.met.items():
        chain = known.pop(stream, None)
        if chain is None or chain.position < line.position:
            yield _fault(
                stream, line.position, "The head of {stream} is missing or too old."
            )
        elif chain.position > line.position:
            yield _fault(stream, line.position + 1, "Line {number} of {stream} is missing.")
        elif chain.digest != line.digest:
            yield _fault(stream, line.position, "The head of {stream} was changed.")
    for stream, chain in known.items():
        yield _fault(stream, chain.position, "All lines of {stream} are missing.")


def _submission_faults(reading: Reading) -> Iterator[Fault]:
    """Find values that are not those that the journal says were entered."""
    lines = reading.session.scalars(
        select(JournalLine)
        .where(JournalLine.body.contains('"submission"'))
        .order_by(JournalLine.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    for line in lines:
        cited = loads(line.body).get("submission")
        if not isinstance(cited, dict):
            continue
        kept = reading.session.get(Submission, cited["id"])
        if kept is None:
            sentence = "What was entered with line {number} of {stream} is missing."
        elif kept.digest != cited["digest"] or not _is_as_entered(kept):
            sentence = "What was entered with line {number} of {stream} was changed."
        else:
            continue
        yield _fault(line.stream, line.position, sentence)


def _is_as_entered(kept: Submission) -> bool:
    """Tell whether values are those of their digest; erased ones cannot be compared."""
    if kept.values is None:
        return kept.erased_at is not None
    return submission_digest(kept.salt, kept.values) == kept.digest


def _fault(stream: str, position: int, template: str) -> Fault:
    return Fault(
        stream, position, Sentence(template, {"stream": stream, "number": position})
    )
