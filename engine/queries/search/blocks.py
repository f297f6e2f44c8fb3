"""Looks for words in PostgreSQL, whose index of words knows no order.

It gives all hits or none, and each has to be fetched to learn how new it is. But beside its
words, the index knows a case by marks of the blocks that its number lies in: they keep it
from looking beyond a stretch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    column,
    desc,
    func,
    literal_column,
    select,
    table,
)

from engine.queries.search.stretches import written
from engine.store.words import is_tail

#: The marks of blocks, and in how many bits the numbers of a block differ. No word is like
#: them: those of Latin letters all begin with the mark of a tail, which is another.
_LEVELS = (("u", 10), ("v", 13), ("w", 16))
#: Above so many marks the larger blocks do.
_MOST_MARKS = 32

_SIMPLE: ColumnElement[str] = literal_column("'simple'")
_WORDS = table("case_text", column("case_id"), column("case_fts"))


@dataclass(frozen=True, slots=True)
class InBlocks:
    """Phrases that a case has to have, all of them."""

    phrases: Sequence[Sequence[str]]

    @property
    def is_open(self) -> bool:
        """Tell whether a phrase ends in the beginning of a word."""
        return any(is_tail(phrase[-1]) for phrase in self.phrases)

    def read(self, since: int, until: int) -> Select[int]:
        """Return the hits of a stretch, by reading it from its newest case on."""
        stretch = (
            select(_WORDS)
            .where(_WORDS.c.case_id >= since, _WORDS.c.case_id < until)
            .order_by(desc(_WORDS.c.case_id))
            .offset(0)  # What is asked of the outcome must not change how it is found.
            .subquery()
        )
        hits = select(stretch.c.case_id).where(*_has(stretch.c.case_fts, self._queries()))
        return hits.order_by(desc(stretch.c.case_id))

    def look_up(self, until: int, length: int) -> tuple[int, Select[int]]:
        """Return the hits of a stretch before *until*, and where it begins."""
        since, marks = (0, ()) if self.is_open else _stretch(until, length)
        # The marks come first: that is where the index leaps to.
        is_hit = _has(_WORDS.c.case_fts, (*marks, *self._queries()))
        hits = (
            select(_WORDS.c.case_id)
            .where(*is_hit, _WORDS.c.case_id < written(until))
            .offset(0)  # Else the planner may rather read from the newest to the oldest.
            .subquery()
        )
        return since, select(hits.c.case_id).order_by(desc(hits.c.case_id))

    def _queries(self) -> Sequence[str]:
        """Return what `to_tsquery` takes, one for each condition.

        Before the phrases, each word is one by itself: so the index leaps over cases that
        have one word and not the others.
        """
        words = [word for each in self.phrases for word in each if not is_tail(word)]
        return list(dict.fromkeys([*words, *map(_query, self.phrases)]))


def _query(phrase: Sequence[str]) -> str:
    # Letters and digits only: nothing to escape.
    joined = " <-> ".join(phrase)
    return f"{joined}:*" if is_tail(phrase[-1]) else joined


def _has(words: ColumnElement[str], queries: Sequence[str]) -> list[ColumnElement[bool]]:
    return [words.op("@@")(func.to_tsquery(_SIMPLE, written(query))) for query in queries]


def _stretch(until: int, length: int) -> tuple[int, Sequence[str]]:
    """Return where a stretch of this *length* or more begins, and what marks its blocks.

    Nothing does if it takes in all there is.
    """
    since = max(0, until - length)
    for mark, bits in _LEVELS:
        first, last = since >> bits, (until - 1) >> bits
        if first > 0 and last - first < _MOST_MARKS:
            marks = (f"{mark}{block}" for block in range(first, last + 1))
            return first << bits, [" | ".join(marks)]
    return 0, ()
