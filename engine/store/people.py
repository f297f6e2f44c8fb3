"""Finds people, their roles and their log-ins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from engine.model import Actor, Membership, PersonId
from engine.store import models
from engine.store.models import LoginAttempt, LoginSession, Person
from engine.store.reading import Reading
from engine.store.transaction import Transaction


def person_or_none(reading: Reading, login: str) -> Person | None:
    """Return the person with this login, if there is one."""
    return reading.session.scalar(select(Person).where(Person.login == login))


def actor_of(person: Person) -> Actor:
    """Return *person* as one who gives commands and asks questions."""
    return Actor(
        login=person.login,
        name=person.name,
        person_id=PersonId(person.id),
        rights=frozenset(person.rights),
        memberships=frozenset(
            Membership(held.role, held.unit) for held in person.memberships
        ),
    )


def holders(reading: Reading, role: str, unit: str | None) -> list[Person]:
    """Return the active people who hold *role*, within *unit* if one is named."""
    held = models.Membership
    chosen = select(Person).join(held).where(Person.active, held.role == role)
    if unit is not None:
        chosen = chosen.where((held.unit == unit) | held.unit.is_(None))
    return list(reading.session.scalars(chosen.order_by(Person.login).distinct()))


def active_people(reading: Reading) -> Sequence[Person]:
    """Return everybody who may log in."""
    chosen = select(Person).where(Person.active).order_by(Person.login)
    return reading.session.scalars(chosen).all()


def lock_person(tx: Transaction, person_id: int) -> Person:
    """Return a person, locked until the commit."""
    tx.person(person_id)
    return tx.session.get_one(
        Person, person_id, populate_existing=True, with_for_update=True
    )


def session_with(reading: Reading, token_digest: str) -> LoginSession | None:
    """Return the log-in that a browser shows, ended or not."""
    return reading.session.scalar(
        select(LoginSession).where(LoginSession.token_digest == token_digest)
    )


def end_sessions(tx: Transaction, person_id: int, *, but: int | None = None) -> None:
    """End all log-ins of a person, but for the one with the id *but*."""
    chosen = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    if but is not None:
        chosen = chosen.where(LoginSession.id != but)
    tx.session.execute(chosen.values(ended_at=tx.now))


def has_logged_in(reading: Reading, login: str, address: str, since: datetime) -> bool:
    """Tell whether the person logged in from this address lately."""
    chosen = select(LoginAttempt.id).where(
        LoginAttempt.login == login,
        LoginAttempt.address == address,
        LoginAttempt.at >= since,
        LoginAttempt.succeeded,
    )
    return reading.session.scalar(chosen.limit(1)) is not None


def failures_of_login(
    reading: Reading, login: str, since: datetime, *, address: str | None = None
) -> tuple[int, datetime | None]:
    """Return how many log-ins failed since the last good one, and when the last did.

    Only those from *address* count where one is given.
    """
    here = [LoginAttempt.login == login]
    if address is not None:
        here.append(LoginAttempt.address == address)
    good = select(func.max(LoginAttempt.id)).where(*here, LoginAttempt.succeeded)
    chosen = select(func.count(), func.max(LoginAttempt.at)).where(
        *here,
        LoginAttempt.at >= since,
        LoginAttempt.id > func.coalesce(good.scalar_subquery(), 0),
    )
    count, last = reading.session.execute(chosen).one()
    return count, last


def failures_of_address(
    reading: Reading, address: str, since: datetime
) -> tuple[int, datetime | None]:
    """Return how many log-ins from *address* failed, and when the last did."""
    chosen = select(func.count(), func.max(LoginAttempt.at)).where(
        LoginAttempt.address == address,
        LoginAttempt.at >= since,
        ~LoginAttempt.succeeded,
    )
    count, last = reading.session.execute(chosen).one()
    return count, last
