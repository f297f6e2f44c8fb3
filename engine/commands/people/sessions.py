"""Commands that log people in and out; the sessions are kept on the server."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from engine.commands.admitting.permission import has_right
from engine.commands.command import PRIVATE
from engine.commands.people.attempts import note_attempt, seconds_to_wait
from engine.commands.people.passwords import hash_password, is_outdated, verify_password
from engine.model import NotAllowed, NotFound, PersonId, Rejected
from engine.store import people
from engine.store.models import LoginSession
from engine.store.reading import Reading
from engine.store.transaction import Transaction

IDLE = timedelta(hours=12)  #: After so long without a page a session is over.
LONGEST = timedelta(days=7)  #: After so long one logs in again, come what may.
_SEEN_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionToken:
    """What a browser keeps to show that somebody logged in."""

    token: str = field(repr=False)
    session_id: int
    person_id: PersonId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LogIn:
    """Log somebody in by login and password."""

    login: str
    password: str = field(metadata=PRIVATE, repr=False)
    address: str
    agent: str = ""
    verified: bool = field(default=False, metadata=PRIVATE)
    renewed_hash: str | None = field(default=None, metadata=PRIVATE, repr=False)

    secret_result: ClassVar[bool] = True

    def prepare(self, reading: Reading) -> "LogIn":
        """Verify the password, unless too many were wrong just before."""
        login = self.login.strip().lower()
        _refuse_haste(reading, login, self.address)
        person = people.person_or_none(reading, login)
        kept = person.password_hash if person and person.active else None
        verified = verify_password(kept, self.password)
        renewed = (
            hash_password(self.password)
            if verified and kept is not None and is_outdated(kept)
            else None
        )
        return replace(self, login=login, verified=verified, renewed_hash=renewed)

    def run(self, tx: Transaction) -> SessionToken:
        """Open a session with a new token.

        Raises:
            NotAllowed: If login and password do not fit, or after too many failures.
        """
        _refuse_haste(tx, self.login, self.address)
        person = people.person_or_none(tx, self.login)
        if person is None or not person.active or not self.verified:
            raise NotAllowed("Expected login and password to fit, but they do not.")
        if self.renewed_hash is not None:
            person.password_hash = self.renewed_hash
        token = tx.holdings.chance.token(32)
        session = tx.add(
            LoginSession(
                person_id=person.id,
                token_digest=token_digest(token),
                created_at=tx.now,
                seen_at=tx.now,
                expires_at=tx.now + IDLE,
                address=self.address,
                agent=self.agent[:300],
            )
        )
        note_attempt(tx, self.login, self.address, succeeded=True)
        tx.stream = f"person:{person.id}"
        tx.note(session=session.id)
        return SessionToken(token, session.id, PersonId(person.id), session.expires_at)

    def refused(self, tx: Transaction, refusal: Rejected) -> None:
        """Count the failure for the account and for the address."""
        note_attempt(tx, self.login, self.address, succeeded=False)


@dataclass(frozen=True, slots=True)
class SeeSession:
    """Let a session live on because its browser was seen; a lease and no event."""

    session_id: int

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Move the end of the session away, at most to a week after its beginning."""
        session = tx.session_row(self.session_id)
        if session.ended_at is None and tx.now - session.seen_at >= _SEEN_STEP:
            session.seen_at = tx.now
            session.expires_at = min(tx.now + IDLE, session.created_at + LONGEST)


@dataclass(frozen=True, slots=True)
class LogOut:
    """End the session of a token; one that is over already stays so."""

    token: str = field(metadata=PRIVATE, repr=False)

    def run(self, tx: Transaction) -> None:
        """End the session."""
        session = people.session_with(tx, token_digest(self.token))
        if session is not None and session.ended_at is None:
            session.ended_at = tx.now
            tx.stream = f"person:{session.person_id}"
            tx.note(session=session.id)


@dataclass(frozen=True, slots=True)
class EndSession:
    """End a session from another place: one's own, or anybody's as administrator."""

    session_id: int

    def run(self, tx: Transaction) -> None:
        """End the session.

        Raises:
            NotFound: If there is none, or it is somebody else's.
        """
        session = tx.session_row(self.session_id)
        own = session.person_id == tx.actor.person_id
        if not own and not has_right(tx.actor, "admin"):
            raise NotFound(
                "Expected to find session {session}, but there is none.",
                session=self.session_id,
            )
        session.ended_at = session.ended_at or tx.now
        tx.stream = f"person:{session.person_id}"


def token_digest(token: str) -> str:
    """Return what the server keeps of *token*."""
    return hashlib.sha256(token.encode()).hexdigest()


def _refuse_haste(reading: Reading, login: str, address: str) -> None:
    """Refuse to look at a password while the wait after wrong ones lasts."""
    seconds = seconds_to_wait(reading, login, address)
    if seconds:
        raise NotAllowed(
            "Expected to log in, but after several failures the next try is possible in"
            " {seconds} seconds.",
            seconds=seconds,
        )
