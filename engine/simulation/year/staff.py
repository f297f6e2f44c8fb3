"""The people of a made-up year: who may do which task."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from engine.model import SYSTEM, Actor
from engine.policy.sections.public import CUSTOMER
from engine.queries.progress.office import Work
from engine.queries.progress.trace import ActorCalled
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.store.visibility import is_offered

_BUSIEST = 0.6  #: How much less happens in each unit than in the one before it.


class Staff:
    """The cast, as those who give commands.

    Args:
        engine: Of the installation that they are people of.
        cast: Who they are.
        units: How much happens in a unit, beside the others of its kind.
    """

    def __init__(
        self, engine: Engine, cast: Cast, units: Mapping[str, int] | None = None
    ) -> None:
        self._cast = cast
        self._units = units or {}
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

    def beginner(
        self, one: Actor, roles: Sequence[str], chance: Random
    ) -> tuple[Actor, dict[str, str]]:
        """Return who begins a case as somebody does, and where it happens then.

        Args:
            one: Who begins it in the scenario.
            roles: With which a case can be begun.
            chance: Where the randomness comes from.

        Returns:
            A person, with the units in place of those of the scenario. All roles that are
            held in a unit there are held in the unit that takes its place, too.
        """
        found: list[tuple[Actor, dict[str, str]]] = []
        shares: list[float] = []
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
                    else:
                        continue
                    shares.append(float(self._units.get(held.unit or "", 1)))
        if not any(shares):
            return one, {}
        return chance.choices(found, shares)[0]

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
            places[key] = chance.choices(alike, self._shares(alike))[0]
        return places

    def _shares(self, alike: Sequence[str]) -> list[float]:
        """Return how much happens in each of *alike* units."""
        if any(unit in self._units for unit in alike):
            shares = [float(self._units.get(unit, 1)) for unit in alike]
            if any(shares):
                return shares
        return [_BUSIEST**rank for rank in range(len(alike))]

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
