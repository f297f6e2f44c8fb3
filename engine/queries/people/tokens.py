"""Whom the tokens of other systems belong to, and which there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.model import Actor
from engine.queries.showing.listing import PAGE, Page, page_of
from engine.queries.showing.names import people_names
from engine.queries.showing.visibility import require_right
from engine.store.models import ApiToken
from engine.store.people import actor_of
from engine.store.reading import Reading
from engine.store.tracking import digest_of


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token acts, and how far."""

    token_id: int
    actor: Actor
    language: str | None
    scopes: frozenset[str]
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class HolderOf:
    """Whom a token belongs to; None when it is unknown or ended."""

    token: str

    def answer(self, reading: Reading) -> Holder | None:
        """Return who it is, with rights and roles as they are now."""
        row = reading.session.scalar(
            select(ApiToken).where(ApiToken.token_digest == digest_of(self.token))
        )
        if row is None or row.ended_at is not None or not row.person.active:
            return None
        return Holder(
            token_id=row.id,
            actor=actor_of(row.person),
            language=row.person.language,
            scopes=frozenset(row.scopes),
            used_at=row.used_at,
        )


@dataclass(frozen=True, slots=True)
class ListedToken:
    """A token, without what is secret of it."""

    id: int
    name: str
    person: str  #: The name of who it acts for.
    login: str
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    used_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class MyTokens:
    """The tokens that act for the asking person, the latest first."""

    def answer(self, reading: Reading) -> tuple[ListedToken, ...]:
        """Return those that have not ended."""
        rows = reading.session.scalars(
            select(ApiToken)
            .where(
                ApiToken.person_id == reading.actor.person_id,
                ApiToken.ended_at.is_(None),
            )
            .order_by(ApiToken.id.desc())
        ).all()
        return tuple(_lines(rows, reading))


@dataclass(frozen=True, slots=True)
class AllTokens:
    """All tokens of the house, for who administers; ended ones last."""

    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ListedToken]:
        """Return a page of them, the latest first."""
        require_right(reading.actor, "admin")
        rows = (
            select(ApiToken)
            .options(joinedload(ApiToken.person, innerjoin=True))
            .order_by(ApiToken.ended_at.is_not(None), ApiToken.id.desc())
        )
        return page_of(
            reading, rows, self.page, lambda some: _lines(some, reading), size=self.size
        )


def _lines(rows: Sequence[ApiToken], reading: Reading) -> Sequence[ListedToken]:
    makers = people_names(reading, (row.created_by for row in rows))
    return [
        ListedToken(
            id=row.id,
            name=row.name,
            person=row.person.name,
            login=row.person.login,
            scopes=tuple(row.scopes),
            created_at=row.created_at,
            created_by=makers.get(row.created_by, row.created_by),
            used_at=row.used_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]
