"""Finds people, their roles and their log-ins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, and_, bindparam, func, or_, select, update

from engine.model import Actor, Membership, PersonId
from engine.store import models
from engine.store.models import LoginAttempt, LoginSession, Person
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_PEOPLE, _HELD = Person.__table__, models.Membership.__table__
_IN_UNIT = bindparam("in_unit", type_=String)
_HOLDS = and_(
    _PEOPLE.c.active,
    _HELD.c.person_id == _PEOPLE.c.id,
    _HELD.c.role == bindparam("of_role"),
    or_(_IN_UNIT.is_(None), _HELD.c.unit == _IN_UNIT, _HELD.c.unit.is_(None)),
)
_HOLDERS = select(Person).where(_HOLDS)
_LOGINS = select(_PEOPLE.c.login).where(_HOLDS)
_NAME = select(_PEOPLE.c.name).where(_PEOPLE.c.login == bindparam("of_login"))


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
    chosen = _HOLDERS.order_by(Person.login).distinct()
    return list(reading.session.scalars(chosen, {"of_role": role, "in_unit": unit}))


def holder_logins(reading: Reading, role: str, unit: str | None) -> set[str]:
    """Return the logins of the active people who hold *role*, within *unit* if named."""
    found = reading.execute(_LOGINS, {"of_role": role, "in_unit": unit})
    return set(found.scalars())


def name_of(reading: Reading, login: str) -> str | None:
    """Return the name of the person with this login, if there is one."""
    return reading.execute(_NAME, {"of_login": login}).scalar()


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

    Only those from *address* count where one is given. Those of a time to come count not:
    the clock was ahead, and nobody shall wait until it is so late again.
    """
    here = [LoginAttempt.login == login]
    if address is not None:
        here.append(LoginAttempt.address == address)
    good = select(func.max(LoginAttempt.id)).where(*here, LoginAttempt.succeeded)
    chosen = select(func.count(), func.max(LoginAttempt.at)).where(
        *here,
        LoginAttempt.at.between(since, reading.now),
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
        LoginAttempt.at.between(since, reading.now),
        ~LoginAttempt.succeeded,
    )
    count, last = reading.session.execute(chosen).one()
    return count, last
