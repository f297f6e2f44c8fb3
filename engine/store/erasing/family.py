"""Finds the cases that came out of one another: each carries its copy of what was told."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from engine.store.models import CaseLink
from engine.store.reading import Reading

_MOST = 1000  #: Cases of one family that anybody is shown.
_AT_ONCE = 400


def family_of(reading: Reading, case_id: int) -> Sequence[int]:
    """Return the other cases that *case_id* came out of, or that came out of it, in order.

    However many cases lie between; of very large families only those nearest to it.
    """
    found, new = {case_id}, {case_id}
    while new and len(found) <= _MOST:
        asked = sorted(new)[:_AT_ONCE]
        links = reading.session.execute(
            select(CaseLink.from_case, CaseLink.to_case).where(
                or_(CaseLink.from_case.in_(asked), CaseLink.to_case.in_(asked))
            )
        )
        ends = {end for link in links for end in link}
        new = (new - set(asked)) | (ends - found)
        found |= ends
    return sorted(found - {case_id})[:_MOST]
