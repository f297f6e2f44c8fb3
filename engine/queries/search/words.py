"""Finds cases by their words, exactly and in any language that has no spaces too."""

import sys
from collections.abc import Sequence

from sqlalchemy.orm import Session

from engine.queries.search.blocks import InBlocks
from engine.queries.search.embedded import InOrder
from engine.queries.search.stretches import newest_hits
from engine.store.words import phrases_of

#: Of what is found in more cases than so many, the newest are looked at.
MOST_HITS = 200


def phrases_in(text: str) -> Sequence[Sequence[str]] | None:
    """Return what a case must have to be found by *text*; None for no text.

    A phrase without words is had by none.
    """
    words = text.split()
    if not words:
        return None
    return [phrase for word in words for phrase in phrases_of(word) or [[]]]


def hits(session: Session, text: str) -> Sequence[int] | None:
    """Return the newest cases whose words contain all of *text*; None for no text.

    At most `MOST_HITS`, the newest first, whoever may see them.
    """
    phrases = phrases_in(text)
    if phrases is None:
        return None
    if not all(phrases):
        return ()
    if session.get_bind().dialect.name != "sqlite":
        return newest_hits(session, InBlocks(phrases), MOST_HITS)
    wanted = InOrder(phrases)
    if wanted.is_open:
        return newest_hits(session, wanted, MOST_HITS)
    _, newest = wanted.look_up(until=sys.maxsize, length=0)
    return session.scalars(newest.limit(MOST_HITS)).all()
