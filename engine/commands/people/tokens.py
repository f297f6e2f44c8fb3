"""Commands about the tokens by which other systems act for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Literal

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import has_right, require
from engine.model import Actor, NotFound, PersonId, Sentence
from engine.store.models import ApiToken, Person
from engine.store.tracking import digest_of
from engine.store.transaction import Transaction

Scope = Literal["intake", "messages", "tasks", "reports", "months", "cases", "policies"]
SCOPES: tuple[Scope, ...] = (
    "intake",
    "messages",
    "tasks",
    "reports",
    "months",
    "cases",
    "policies",
)
LONGEST_NAME = 100  #: Characters.
#: Begins every token, so that one in a file or a log is known for what it is.
PREFIX = "cft_"
_SEEN_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token; it is told once."""

    id: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakeToken:
    """Let another system act for a person, as far as some scopes go."""

    name: str
    scopes: tuple[str, ...]
    person_id: PersonId | None = None  #: Oneself, unless an administrator names another.

    secret_result: ClassVar[bool] = True

    def run(self, tx: Transaction) -> MadeToken:
        """Make the token; only its digest is kept.

        Raises:
            NotAllowed: If it is for somebody else, and the actor does not administer.
            NotFound: If there is no such active person.
            InvalidValues: If it has no name, or no scope, or one that is none.
        """
        person = _person(tx, self.person_id)
        refuse_faults(
            {
                "name": text_faults(self.name, LONGEST_NAME),
                "scopes": _scope_faults(self.scopes),
            }
        )
        token = PREFIX + tx.holdings.chance.token(32)
        row = tx.add(
            ApiToken(
                person_id=person.id,
                name=self.name.strip(),
                scopes=[scope for scope in SCOPES if scope in self.scopes],
                token_digest=digest_of(token),
                created_at=tx.now,
                created_by=tx.actor.login,
            )
        )
        tx.stream = f"person:{person.id}"
        tx.note(token=row.id)
        return MadeToken(row.id, token)


@dataclass(frozen=True, slots=True)
class EndToken:
    """End a token: one's own, or anybody's as administrator."""

    token_id: int

    def run(self, tx: Transaction) -> None:
        """End it; one that is over already stays so.

        Raises:
            NotFound: If there is none, or it is somebody else's.
        """
        token = tx.session.get(ApiToken, self.token_id)
        if token is None or not _is_for(token, tx.actor):
            raise NotFound(
                "Expected to find token {token}, but there is none.", token=self.token_id
            )
        token.ended_at = token.ended_at or tx.now
        tx.stream = f"person:{token.person_id}"


@dataclass(frozen=True, slots=True)
class SeeToken:
    """Note that a token was used; no event."""

    token_id: int

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Write down when, no more often than every few minutes."""
        token = tx.session.get(ApiToken, self.token_id)
        if token is None or token.ended_at is not None:
            return
        if token.used_at is None or tx.now - token.used_at >= _SEEN_STEP:
            token.used_at = tx.now


def _is_for(token: ApiToken, actor: Actor) -> bool:
    return token.person_id == actor.person_id or has_right(actor, "admin")


def _person(tx: Transaction, person_id: PersonId | None) -> Person:
    if person_id is None:
        person_id = tx.actor.person_id
    elif person_id != tx.actor.person_id:
        require(tx.actor, "admin")
    person = None if person_id is None else tx.session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound(
            "Expected to find person {person}, but there is none who is active.",
            person=person_id,
        )
    return person


def _scope_faults(scopes: Sequence[str]) -> tuple[Sentence, ...]:
    if not scopes:
        return (Sentence("Expected something that the token is for, but nothing is."),)
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        told = {"scope": unknown[0]}
        return (Sentence("Expected a known scope, but {scope} is none.", told),)
    return ()
