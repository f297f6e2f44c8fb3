"""Finds cases by their words, exactly and in any language that has no spaces too."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, column, desc, false, func, select, table
from sqlalchemy.orm import Session

from engine.store.models import Case
from engine.store.words import is_tail, phrases_of

#: Of what is found in more cases than so many, the newest are looked at.
MOST_HITS = 2000

Phrases = Sequence[Sequence[str]]

_INDEX = table("case_fts", column("rowid"), column("case_fts"))
_WORDS = table("case_text", column("case_id"), column("case_fts"))


def matches(session: Session, text: str) -> ColumnElement[bool]:
    """Return the condition that the words of a row of `Case` contain all of *text*."""
    phrases = [phrase for word in text.split() for phrase in phrases_of(word) or [[]]]
    if not all(phrases):
        return false()
    is_embedded = session.get_bind().dialect.name == "sqlite"
    hits = (_in_sqlite if is_embedded else _in_postgresql)(phrases)
    # Asked once, however many ways to cases are narrowed by it.
    return Case.id.in_(select(hits.limit(MOST_HITS).cte("hits")))


def _in_sqlite(phrases: Phrases) -> Select[int]:
    # Letters and digits only: nothing to escape.
    wanted = " AND ".join(_phrase_in_sqlite(phrase) for phrase in phrases)
    found = select(_INDEX.c.rowid).where(_INDEX.c.case_fts.match(wanted))
    return found.order_by(desc(_INDEX.c.rowid))


def _phrase_in_sqlite(phrase: Sequence[str]) -> str:
    quoted = f'"{" ".join(phrase)}"'
    return f"{quoted} *" if is_tail(phrase[-1]) else quoted


def _in_postgresql(phrases: Phrases) -> Select[int]:
    wanted = " & ".join(f"({_phrase_in_postgresql(phrase)})" for phrase in phrases)
    is_found = _WORDS.c.case_fts.op("@@")(func.to_tsquery("simple", wanted))
    return select(_WORDS.c.case_id).where(is_found).order_by(desc(_WORDS.c.case_id))


def _phrase_in_postgresql(phrase: Sequence[str]) -> str:
    joined = " <-> ".join(phrase)
    return f"{joined}:*" if is_tail(phrase[-1]) else joined
