"""Looks for the newest cases with some words where an index cannot give them in order.

An index may have to gather all hits before it knows the newest. Hence cases are looked
through from the newest on in stretches, each as long as it takes to find enough at the rate
seen so far; only what is rare is left to the index alone.
"""

import math
import sys
from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session

from engine.store.models import CaseText

Told = TypeVar("Told", int, str)

#: So many of the newest cases are read before any index is asked.
FIRST = 500
#: Up to so many are read where the index gathers from all cases, whatever the stretch.
MOST_READ = 32_000
#: So many are looked through next if there was no hit, before it is held to be rare.
PROBE = 15_000
#: How much longer a stretch is than what should do.
_AMPLE = 1.1
_EVERYTHING = sys.maxsize


class Wanted(Protocol):
    """What is looked for, in the way of one database."""

    @property
    def is_open(self) -> bool:
        """Tell whether it has words that may go on, which an index gathers from all."""

    def read(self, since: int, until: int) -> Select[int]:
        """Return the hits from *since* and before *until*, by reading the newest first."""

    def look_up(self, until: int, length: int) -> tuple[int, Select[int]]:
        """Return those before *until*, by an index, the newest first.

        The number says where this stretch begins: at least *length* before its end.
        """


def newest_hits(session: Session, wanted: Wanted, most: int) -> Sequence[int]:
    """Return at most so many cases that have what is wanted, the newest first."""
    newest = session.scalar(select(func.max(CaseText.case_id))) or 0
    until, length, found = newest + 1, FIRST, list[int]()
    while until > 0 and len(found) < most:
        if until > newest or (wanted.is_open and length <= MOST_READ):
            since = max(0, until - length)
            hits = wanted.read(since, until)
        else:
            since, hits = wanted.look_up(until, length)
        found += session.scalars(hits.limit(written(most - len(found))))
        until, seen = since, newest + 1 - since
        length = _next_length(wanted, len(found), most, seen, until)
    return found


def written(value: Told) -> BindParameter[Told]:
    """Return *value* as a part of the statement.

    Kept apart, its plan is soon one for all words, however rare, and for any stretch; that
    takes more than twice as long.
    """
    return bindparam(None, value, literal_execute=True, unique=True)


def _next_length(wanted: Wanted, found: int, most: int, seen: int, left: int) -> int:
    """Return in how many of the cases *left* to look next, by what those *seen* gave."""
    if not found:
        return _EVERYTHING if wanted.is_open or seen > PROBE else PROBE
    # What was found so far may be more than usual by about its root.
    surely = max(found - math.sqrt(found), found / 2)
    # At least as many again, lest there be very many stretches.
    length = max(int(_AMPLE * (most - found) / surely * seen), seen)
    # A long stretch, and what is beyond, take longer than both at once.
    return length if 3 * length < left else _EVERYTHING
