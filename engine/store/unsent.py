"""Finds files that were uploaded for a form that nobody sent in the end."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, select

from engine.model import Json
from engine.store.erasing import unneeded_files
from engine.store.models import Document, Draft
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_ASKED_AT_ONCE = 500  #: Digests of one question.


def drop(tx: Transaction, before: datetime, most: int) -> list[int]:
    """Forget at most so many files that belong to no case, and to no draft, for so long.

    Returns:
        Their numbers. The contents stay, until `contents_of_nobody` finds them.
    """
    unattached = (Document.case_id.is_(None), Document.task_id.is_(None))
    chosen = select(Document.id).where(*unattached, Document.at < before)
    found = tx.session.scalars(chosen.order_by(Document.id)).all()
    if not found:
        return []
    drafted = {
        number
        for fields in tx.session.scalars(select(Draft.fields))
        for number in _numbers(fields)
    }
    unsent = list(islice((each for each in found if each not in drafted), most))
    gone = delete(Document).where(Document.id.in_(unsent), *unattached)
    return sorted(tx.session.scalars(gone.returning(Document.id)))


def contents_of_nobody(reading: Reading, before: datetime) -> tuple[str, ...]:
    """Return the digests of contents that no document has, added before a moment."""
    old = iter(reading.holdings.files.added_before(before))
    found: list[str] = []
    while asked := list(islice(old, _ASKED_AT_ONCE)):
        found += unneeded_files(reading, asked)
    return tuple(found)


def _numbers(value: Json) -> Iterator[int]:
    """Yield the numbers of all files in what was typed into a form."""
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, dict):
        number = value.get("document")
        if isinstance(number, int):
            yield number
        for each in value.values():
            yield from _numbers(each)
