"""Who is signed in, and where."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.model import Actor
from engine.store.models import LoginSession
from engine.store.people import actor_of, session_with
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

    def answer(self, reading: Reading) -> Visitor | None:
        """Return who it is, with rights and roles as they are now."""
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        session = session_with(reading, digest)
        if session is None or session.ended_at is not None or not session.person.active:
            return None
        if session.expires_at <= reading.now:
            return None
        return Visitor(
            actor=actor_of(session.person),
            language=session.person.language,
            session_id=session.id,
            seen_at=session.seen_at,
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
