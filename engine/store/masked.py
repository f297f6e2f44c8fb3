"""Keeps what people see of a case in lists, and find it by, who do not work on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.models import MaskedHead
from engine.store.transaction import Transaction
from engine.store.words import words_of

_HEADS = MaskedHead.__table__


@dataclass(frozen=True, slots=True)
class Masked:
    """What is kept of a case with what is personal masked."""

    title: str
    customer: str | None
    words: str | None  #: None: all words of the case.


def keep_masked(tx: Transaction, case_id: int, masked: Masked) -> None:
    """Keep it; nothing is written where it is kept already."""
    row = (masked.title, masked.customer, masked.words)
    if tx.masked.get(case_id) == row:
        return
    statement = _KEEP[tx.session.get_bind().dialect.name]
    names = ("title", "customer", "words")
    tx.execute(statement, {"case_id": case_id, **dict(zip(names, row, strict=True))})
    tx.masked[case_id] = row


def masked_words(texts: Sequence[str], plain: Sequence[str]) -> str | None:
    """Return the words of *texts*; None where these are those of *plain*."""
    return None if texts == plain else " ".join(map(words_of, texts))


def _keep_by(new: postgresql.Insert | sqlite.Insert) -> Executable:
    changing = [column.name for column in _HEADS.c if column.name != "case_id"]
    return new.on_conflict_do_update(
        index_elements=[_HEADS.c.case_id],
        set_={name: new.excluded[name] for name in changing},
    )


_KEEP = {
    "sqlite": _keep_by(sqlite.insert(_HEADS)),
    "postgresql": _keep_by(postgresql.insert(_HEADS)),
}
