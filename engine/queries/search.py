"""Finds cases by their words, exactly and in any language that has no spaces too."""

from sqlalchemy import ColumnElement, Select, column, desc, false, func, select, table
from sqlalchemy.orm import Session

from engine.store.models import Case
from engine.store.words import spaced

#: Of what is found in more cases than so many, the newest are looked at.
MOST_HITS = 2000

_INDEX = table("case_fts", column("rowid"), column("case_fts"))
_WORDS = table("case_text", column("case_id"), column("case_fts"))


def matches(session: Session, text: str) -> ColumnElement[bool]:
    """Return the condition that the words of a row of `Case` contain all of *text*."""
    phrases = [spaced(word) for word in text.split()]
    if not all(phrases):
        return false()
    is_embedded = session.get_bind().dialect.name == "sqlite"
    hits = (_in_sqlite if is_embedded else _in_postgresql)(phrases)
    return Case.id.in_(select(hits.limit(MOST_HITS).subquery()))


def _in_sqlite(phrases: list[str]) -> Select[tuple[int]]:
    # Letters and digits only: nothing to escape.
    wanted = " AND ".join(f'"{phrase}"' for phrase in phrases)
    found = select(_INDEX.c.rowid).where(_INDEX.c.case_fts.match(wanted))
    return found.order_by(desc(_INDEX.c.rowid))


def _in_postgresql(phrases: list[str]) -> Select[tuple[int]]:
    conditions = [
        _WORDS.c.case_fts.op("@@")(func.phraseto_tsquery("simple", phrase))
        for phrase in phrases
    ]
    return select(_WORDS.c.case_id).where(*conditions).order_by(desc(_WORDS.c.case_id))
