"""Finds cases by their words, exactly and in any language that has no spaces too."""

from sqlalchemy import ColumnElement, column, exists, false, func, select, table
from sqlalchemy.orm import Session

from engine.store.models import Case, CaseText
from engine.store.words import spaced

_INDEX = table("case_fts", column("rowid"), column("case_fts"))


def matches(session: Session, text: str) -> ColumnElement[bool]:
    """Return the condition that the words of a row of `Case` contain *text*."""
    words = spaced(text)
    if not words:
        return false()
    if session.get_bind().dialect.name == "sqlite":
        phrase = f'"{words}"'  # Letters and digits only: nothing to escape.
        found = select(_INDEX.c.rowid).where(_INDEX.c.case_fts.match(phrase))
        return Case.id.in_(found)
    index = func.to_tsvector("simple", CaseText.words)
    query = func.phraseto_tsquery("simple", words)
    return exists().where(CaseText.case_id == Case.id, index.op("@@")(query))
