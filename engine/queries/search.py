"""Finds cases by their words, exactly and in any language that has no spaces too."""

from collections.abc import Sequence

from sqlalchemy import Select, column, desc, func, select, table
from sqlalchemy.orm import Session

from engine.store.words import is_tail, phrases_of

#: Of what is found in more cases than so many, the newest are looked at.
MOST_HITS = 500

Phrases = Sequence[Sequence[str]]

_INDEX = table("case_fts", column("rowid"), column("case_fts"))
_WORDS = table("case_text", column("case_id"), column("case_fts"))


def hits(session: Session, text: str) -> Sequence[int] | None:
    """Return the newest cases whose words contain all of *text*; None for no text.

    At most `MOST_HITS`, whoever may see them.
    """
    words = text.split()
    if not words:
        return None
    phrases = [phrase for word in words for phrase in phrases_of(word) or [[]]]
    if not all(phrases):
        return ()
    is_embedded = session.get_bind().dialect.name == "sqlite"
    found = (_in_sqlite if is_embedded else _in_postgresql)(phrases)
    return session.execute(found.limit(MOST_HITS)).scalars().all()


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
