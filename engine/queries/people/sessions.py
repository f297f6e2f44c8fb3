"""Who is signed in, and where."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.model import Actor, Membership, PersonId
from engine.store import models
from engine.store.models import LoginSession
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person behind a token."""

    actor: Actor
    language: str | None
    session_id: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whom a token belongs to; None when it is unknown, ended or out of date."""

    token: str
    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> Visitor | None:
        """Return who it is, with rights and roles as they are now."""
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        rows = reading.execute(_SIGNED_IN, {"digest": digest}).all()
        if not rows or rows[0].ended_at is not None or rows[0].expires_at <= reading.now:
            return None
        first = rows[0]
        return Visitor(
            actor=Actor(
                login=first.login,
                name=first.name,
                person_id=PersonId(first.person_id),
                rights=frozenset(first.rights),
                memberships=frozenset(
                    Membership(row.role, row.unit) for row in rows if row.role is not None
                ),
            ),
            language=first.language,
            session_id=first.session_id,
            seen_at=first.seen_at,
        )


# Every page asks this first: one statement, and no more of each row than is needed.
_SESSIONS, _PEOPLE = models.LoginSession.__table__, models.Person.__table__
_HELD = models.Membership.__table__
_SIGNED_IN = (
    select(
        _SESSIONS.c.id.label("session_id"),
        _SESSIONS.c.seen_at,
        _SESSIONS.c.expires_at,
        _SESSIONS.c.ended_at,
        _PEOPLE.c.id.label("person_id"),
        _PEOPLE.c.login,
        _PEOPLE.c.name,
        _PEOPLE.c.rights,
        _PEOPLE.c.language,
        _HELD.c.role,
        _HELD.c.unit,
    )
    .select_from(
        _SESSIONS.join(_PEOPLE).outerjoin(_HELD, _HELD.c.person_id == _PEOPLE.c.id)
    )
    .where(_SESSIONS.c.token_digest == bindparam("digest"), _PEOPLE.c.active)
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which the person is signed in."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class MySessions:
    """The browsers in which the asking person is signed in, the latest first."""

    def answer(self, reading: Reading) -> tuple[OpenSession, ...]:
        """Return them."""
        rows = reading.session.scalars(
            select(LoginSession)
            .where(
                LoginSession.person_id == reading.actor.person_id,
                LoginSession.ended_at.is_(None),
                LoginSession.expires_at > reading.now,
            )
            .order_by(LoginSession.seen_at.desc())
        )
        return tuple(
            OpenSession(row.id, row.created_at, row.seen_at, row.address, row.agent)
            for row in rows
        )
