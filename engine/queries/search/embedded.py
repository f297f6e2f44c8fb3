"""Looks for words in SQLite, whose index begins with the newest case.

Only of the beginnings of words does it first gather all words that begin so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, column, desc, func, select, table

from engine.store.models import CaseText
from engine.store.words import is_tail

_INDEX = table("case_fts", column("rowid"), column("case_fts"))


@dataclass(frozen=True, slots=True)
class InOrder:
    """Phrases that a case has to have, all of them."""

    phrases: Sequence[Sequence[str]]

    @property
    def is_open(self) -> bool:
        """Tell whether a phrase ends in the beginning of a word."""
        return any(is_tail(phrase[-1]) for phrase in self.phrases)

    def read(self, since: int, until: int) -> Select[int]:
        """Return the hits of a stretch, by reading it from its newest case on."""
        words = " " + CaseText.words + " "
        has_all = [func.instr(words, _run(phrase)) > 0 for phrase in self.phrases]
        newest = select(CaseText.case_id).order_by(desc(CaseText.case_id))
        return newest.where(CaseText.case_id >= since, CaseText.case_id < until, *has_all)

    def look_up(self, until: int, length: int) -> tuple[int, Select[int]]:
        """Return all hits before *until*: the index goes no further than is asked for."""
        wanted = " AND ".join(map(_query, self.phrases))
        hits = select(_INDEX.c.rowid).where(
            _INDEX.c.case_fts.match(wanted), _INDEX.c.rowid < until
        )
        return 0, hits.order_by(desc(_INDEX.c.rowid))


def _run(phrase: Sequence[str]) -> str:
    """Return how *phrase* is written where there are spaces around all words."""
    return f" {' '.join(phrase)}" + ("" if is_tail(phrase[-1]) else " ")


def _query(phrase: Sequence[str]) -> str:
    # Letters and digits only: nothing to escape.
    quoted = f'"{" ".join(phrase)}"'
    return f"{quoted} *" if is_tail(phrase[-1]) else quoted
