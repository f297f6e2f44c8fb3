"""Signatures: what is signed, and whether anybody changed it afterwards."""

import hashlib
from collections.abc import Iterator
from datetime import UTC

from sqlalchemy import select

from engine.model import Json, Sentence
from engine.store.journal import case_stream
from engine.store.models import Document, JournalLine, Signature, Submission
from engine.store.reading import Reading
from engine.store.transaction import submission_digest
from engine.store.values import canonical, loads
from engine.store.verifying import Fault

SHOWN = 12  #: So many characters of a digest stand on pages and paper.
_AT_ONCE = 1000


def signed_content(signature: Signature) -> bytes:
    """Return what the person signed, the same bytes for the same signature.

    Canonical JSON (sorted names, no spaces, UTF-8) of case number, task, element, form,
    digest of the values, digests of the documents, login, name and moment in UTC.
    """
    said: dict[str, Json] = {
        "case": signature.case_number,
        "task": signature.task_id,
        "element": signature.element_id,
        "form": signature.form_id,
        "values": signature.submission_digest,
        "documents": signature.documents,
        "by": signature.login,
        "name": signature.name,
        "at": signature.at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return canonical(said)


def signature_digest(signature: Signature) -> str:
    """Return the sha256, in hexadecimal, of what was signed."""
    return hashlib.sha256(signed_content(signature)).hexdigest()


def documents_in(values: Json) -> list[str]:
    """Return the digests of the documents anywhere in *values*, in their order."""
    if isinstance(values, list):
        return [digest for item in values for digest in documents_in(item)]
    if not isinstance(values, dict):
        return []
    if "document" in values and isinstance(values.get("digest"), str):
        return [values["digest"]]
    return [digest for item in values.values() for digest in documents_in(item)]


def find_signature_faults(reading: Reading) -> list[Fault]:
    """Return what is wrong with signatures, and with what they were put under."""
    journaled = _journaled(reading)
    rows = reading.session.scalars(
        select(Signature).order_by(Signature.id).execution_options(yield_per=_AT_ONCE)
    )
    faults: list[Fault] = []
    for signature in rows:
        cited = journaled.pop(signature.id, None)
        faults += _faults(reading, signature, cited)
    for number, (_, line) in journaled.items():
        faults.append(
            Fault(
                line.stream,
                line.position,
                Sentence("Signature {signature} is missing.", {"signature": number}),
            )
        )
    return faults


def _journaled(reading: Reading) -> dict[int, tuple[str, JournalLine]]:
    """Return the digests that the journal cites, by the number of the signature."""
    lines = reading.session.scalars(
        select(JournalLine)
        .where(JournalLine.body.contains('"signature"'))
        .order_by(JournalLine.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    found: dict[int, tuple[str, JournalLine]] = {}
    for line in lines:
        cited = loads(line.body).get("signature")
        if isinstance(cited, dict):
            found[cited["id"]] = (cited["digest"], line)
    return found


def _faults(
    reading: Reading, signature: Signature, cited: tuple[str, JournalLine] | None
) -> Iterator[Fault]:
    said = {"signature": signature.id, "case": signature.case_number}
    if cited is None:
        stream, position, known = case_stream(signature.case_id), 0, None
        yield _fault(
            stream, 0, "Signature {signature} of case {case} is not in the journal.", said
        )
    else:
        known, line = cited
        stream, position = line.stream, line.position
    if signature.digest != signature_digest(signature) or signature.digest != (
        known or signature.digest
    ):
        yield _fault(
            stream, position, "Signature {signature} of case {case} was changed.", said
        )
    if not _fits_submission(reading, signature):
        yield _fault(
            stream,
            position,
            "What signature {signature} of case {case} stands under was changed.",
            said,
        )
    for digest in () if _is_erased(reading, signature) else signature.documents:
        if not _is_kept(reading, digest):
            yield _fault(
                stream,
                position,
                "A document that signature {signature} of case {case} stands under is"
                " missing or was changed: {document}.",
                {**said, "document": digest[:SHOWN]},
            )


def _fits_submission(reading: Reading, signature: Signature) -> bool:
    kept = reading.session.get(Submission, signature.submission_id)
    if kept is None or kept.digest != signature.submission_digest:
        return False
    if (kept.task_id, kept.form_id) != (signature.task_id, signature.form_id):
        return False
    if kept.values is None:
        return kept.erased_at is not None
    return (
        submission_digest(kept.salt, kept.values) == kept.digest
        and documents_in(kept.values) == signature.documents
    )


def _is_erased(reading: Reading, signature: Signature) -> bool:
    kept = reading.session.get(Submission, signature.submission_id)
    return kept is not None and kept.erased_at is not None


def _is_kept(reading: Reading, digest: str) -> bool:
    """Tell whether a document is as it was."""
    chosen = select(Document.id).where(Document.digest == digest).limit(1)
    if reading.session.scalar(chosen) is None:
        return False
    files = reading.holdings.files
    return files.has(digest) and hashlib.sha256(files.read(digest)).hexdigest() == digest


def _fault(stream: str, position: int, template: str, said: dict[str, Json]) -> Fault:
    return Fault(stream, position, Sentence(template, said))
