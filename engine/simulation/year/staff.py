"""The people of a made-up year: who may do which task."""

from collections.abc import Iterator, Sequence
from random import Random

from engine.model import SYSTEM, Actor
from engine.policy.sections.public import CUSTOMER
from engine.queries.office import Work
from engine.queries.trace import ActorCalled
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.store.visibility import is_offered

_BUSIEST = 0.6  #: How much less happens in each unit than in the one before it.


class Staff:
    """The cast, as those who give commands.

    Args:
        engine: Of the installation that they are people of.
        cast: Who they are.
    """

    def __init__(self, engine: Engine, cast: Cast) -> None:
        self._cast = cast
        self._people = {
            login: engine.ask(ActorCalled(login), by=SYSTEM) for login in cast.logins
        }

    def called(self, login: str | None) -> Actor | None:
        """Return the person with this login, if there is one."""
        return self._people.get(login or "")

    def may_do(self, work: Work, wanted: str | None, chance: Random) -> Sequence[Actor]:
        """Return who may do a task, whom the scenario names first."""
        if work.assignee is not None:
            held = self.called(work.assignee)
            return () if held is None else (held,)
        found = [
            person
            for person in self._people.values()
            if any(is_offered(person, it.role, it.unit, it.login) for it in work.offers)
        ]
        chance.shuffle(found)
        return sorted(found, key=lambda person: person.login != wanted)

    def everybody(self) -> Iterator[Actor]:
        """Yield all people."""
        return iter(self._people.values())

    def holders(self, role: str) -> Iterator[Actor]:
        """Yield the people who hold *role*, in whatever unit."""
        return (person for person in self._people.values() if person.holds(role))

    def like(self, login: str, roles: Sequence[str]) -> list[tuple[Actor, dict[str, str]]]:
        """Return who may begin a case as somebody does, and where it happens then.

        Args:
            login: Of the one in the scenario.
            roles: With which a case can be begun.

        Returns:
            People, each with the units in place of those of the scenario. All roles that
            are held in a unit there are held in the unit that takes its place, too.
        """
        one = self._people.get(login)
        if one is None:
            return []
        found: list[tuple[Actor, dict[str, str]]] = []
        mine = {(held.role, held.unit) for held in one.memberships if held.role in roles}
        for person in self._people.values():
            for held in person.memberships:
                for role, unit in mine:
                    if held.role != role:
                        continue
                    if unit is None or held.unit is None or unit == held.unit:
                        found.append((person, {}))
                    elif self._covers(held.unit, unit):
                        found.append((person, {unit: held.unit}))
        return found or [(one, {})]

    def moved_places(self, mentioned: Iterator[str], chance: Random) -> dict[str, str]:
        """Return units that take the place of those that a scenario mentions."""
        units = {unit.key: unit for unit in self._cast.units}
        places = {}
        for key in mentioned:
            if key not in units or key in places:
                continue
            alike = [
                other.key
                for other in self._cast.units
                if other.kind == units[key].kind and self._covers(other.key, key)
            ]
            weights = [_BUSIEST**rank for rank in range(len(alike))]
            places[key] = chance.choices(alike, weights)[0]
        return places

    def _covers(self, unit: str, other: str) -> bool:
        """Tell whether somebody in *unit* holds each role that is held in *other*."""
        return self._roles_in(other) <= self._roles_in(unit)

    def _roles_in(self, unit: str) -> set[str]:
        return {
            held.role
            for person in self._cast.people
            for held in person.roles
            if held.unit == unit
        }


def is_for_customer(work: Work) -> bool:
    """Tell whether a task is offered to the customer."""
    return any(offer.role == CUSTOMER for offer in work.offers)
