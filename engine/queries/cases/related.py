"""The cases that came out of one another, as far as a person may know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select

from engine.queries.showing.masking import shown_titles
from engine.store.models import Case, CaseLink
from engine.store.reading import Reading
from engine.store.visibility import may_see


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """The other end of a link; whoever may not see that case sees its number alone."""

    way: Literal["from", "to"]  #: Whether this case came out of it, or it out of this one.
    number: str
    relation: str | None  #: Why, in a word of the policy.
    id: int | None = None
    title: str | None = None
    state: str | None = None


def related_cases(reading: Reading, case: Case) -> tuple[RelatedCase, ...]:
    """Return the case that *case* came out of, and those that came out of it, in order."""
    links: Sequence[CaseLink] = reading.session.scalars(
        select(CaseLink)
        .where(or_(CaseLink.to_case == case.id, CaseLink.from_case == case.id))
        .order_by(CaseLink.to_case)
    ).all()
    if not links:
        return ()
    ends = {link.to_case: _other_end(link, case) for link in links}
    chosen = select(Case.id, Case.number, Case.state).where(Case.id.in_(ends.values()))
    others = {row.id: row for row in reading.session.execute(chosen)}
    seen = set(
        reading.session.scalars(
            select(Case.id).where(Case.id.in_(others), may_see(reading.actor))
        )
    )
    titles = shown_titles(reading, sorted(seen))
    found = []
    for link in links:
        other = others[ends[link.to_case]]
        is_seen = other.id in seen
        found.append(
            RelatedCase(
                way="from" if link.to_case == case.id else "to",
                number=other.number,
                relation=link.relation,
                id=other.id if is_seen else None,
                title=titles[other.id] if is_seen else None,
                state=other.state if is_seen else None,
            )
        )
    return tuple(found)


def _other_end(link: CaseLink, case: Case) -> int:
    return link.from_case if link.to_case == case.id else link.to_case
