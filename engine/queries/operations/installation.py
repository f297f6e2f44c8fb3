"""What an installation holds already, for those who set it up."""

from dataclasses import dataclass

from sqlalchemy import select

from engine.store.models import Person, Policy, Unit
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class State:
    """What there is."""

    logins: frozenset[str]
    demo_logins: frozenset[str]  #: Of those that may log in.
    has_administrator: bool
    units: frozenset[str]
    policies: frozenset[str]


@dataclass(frozen=True, slots=True)
class InstallationState:
    """People, units and policies by their keys."""

    def answer(self, reading: Reading) -> State:
        """Return what there is."""
        people = reading.session.scalars(select(Person)).all()
        return State(
            logins=frozenset(person.login for person in people),
            demo_logins=frozenset(
                person.login for person in people if person.demo and person.active
            ),
            has_administrator=any(
                person.active and "admin" in person.rights for person in people
            ),
            units=frozenset(reading.session.scalars(select(Unit.key))),
            policies=frozenset(reading.session.scalars(select(Policy.key))),
        )
