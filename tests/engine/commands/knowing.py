"""What tests of commands look up, and what they put in place beforehand."""

from collections.abc import Sequence

from sqlalchemy import select

from engine.commands.people.accounts import SetPassword
from engine.model import SYSTEM, Actor
from engine.runtime import Engine
from engine.store.models import Base
from tests.people import PASSWORD, actor


def with_password(engine: Engine, login: str) -> Actor:
    """Give one of the people the password of the tests."""
    person = actor(engine, login)
    engine.run(SetPassword(person.person_id, PASSWORD), by=SYSTEM)
    return person


def rows(engine: Engine, kind: type[Base], *conditions) -> Sequence[Base]:
    """Return the rows of a table that meet *conditions*, in the order of their keys."""
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        key = kind.__table__.primary_key.columns[0]
        found = reading.session.scalars(select(kind).where(*conditions).order_by(key)).all()
        reading.session.expunge_all()
        return found
