"""Finds who may do a task: roles, within the units that a case concerns, and people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.commands.moving.case import Sight
from engine.model import EngineError, Json, Sentence
from engine.policy import LoadedPolicy, Role
from engine.policy.sections.public import CUSTOMER
from engine.store import people
from engine.store.models import Case
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Place:
    """A role, within a unit where it is held in one."""

    role: str
    unit: str | None


@dataclass(slots=True)
class Router:
    """Turns the groups that a diagram names into places, noting what does not fit.

    A group whose role or unit cannot be found still gives a place, the role in whatever
    unit: nothing that people have to do is lost, and operations sees the note. Where all
    who hold a role must keep away, the role that it escalates to stands in for it.
    """

    tx: Transaction
    case: Case
    policy: LoadedPolicy
    sight: Sight
    away: frozenset[str] = frozenset()  #: The logins of those who must keep away.
    troubles: list[Sentence] = field(default_factory=list)

    def places(self, groups: Iterable[str]) -> list[Place]:
        """Return the places of *groups*."""
        return [self._place(group) for group in dict.fromkeys(groups)]

    def person(self, login: str) -> str | None:
        """Return *login* if somebody active has it who need not keep away."""
        person = people.person_or_none(self.tx, login)
        if person is None or not person.active:
            self._note(
                "Expected a person with the login {login}, but there is none.", login=login
            )
        elif login in self.away:
            self._note(
                "Expected somebody else than {name}, who must keep away from this.",
                name=person.name,
            )
        else:
            return login
        return None

    def _place(self, group: str) -> Place:
        if group == CUSTOMER and self.policy.settings.public is not None:
            return Place(CUSTOMER, None)  # Nobody inside holds it; the customer does it.
        role = self.policy.roles.get(group)
        if role is None:
            self._note("Expected a role of the policy, but {role} is none.", role=group)
            return Place(group, None)
        place = first = Place(role.id, self.unit_of(role))
        for place in self._upwards(role, first):
            holders = people.holder_logins(self.tx, place.role, place.unit)
            if not holders:
                self._note_vacancy(self.policy.roles[place.role], place)
                return place
            if holders - self.away:
                return place
        self._note(
            "Expected somebody with the role {role} who may do this, but all who hold it"
            " or lead those who do must keep away.",
            role=role.title,
        )
        return first

    def _upwards(self, role: Role, place: Place) -> Iterator[Place]:
        """Yield *place* and those of the roles that it escalates to, one after another."""
        seen = {role.id}
        yield place
        while (higher := self.policy.roles.get(role.escalates_to or "")) is not None:
            if higher.id in seen:
                return
            role = higher
            seen.add(role.id)
            yield Place(role.id, self.unit_of(role))

    def unit_of(self, role: Role) -> str | None:
        """Return the unit in which the case concerns *role*; None for whatever unit."""
        if role.within is None:
            return None
        key = self._unit_key(role)
        unit = self.tx.find_unit(key) if isinstance(key, str) else None
        if unit is not None and unit.kind == role.within:
            return unit.key
        self._note(
            "Expected a unit of the kind {kind} for the role {role}, but {unit} is none.",
            kind=role.within,
            role=role.title,
            unit="null" if key is None else str(key),
        )
        return None

    def _unit_key(self, role: Role) -> Json:
        if role.unit is None:
            return self.case.unit
        try:
            return self.sight.value(role.unit)
        except EngineError as error:
            self.troubles.append(error.sentence)
            return None

    def _note_vacancy(self, role: Role, place: Place) -> None:
        if place.unit is None:
            self._note(
                "Expected somebody with the role {role}, but there is nobody.",
                role=role.title,
            )
            return
        self._note(
            "Expected somebody with the role {role} in {unit}, but there is nobody.",
            role=role.title,
            unit=self.tx.unit(place.unit).name,
        )

    def _note(self, template: str, **values: object) -> None:
        self.troubles.append(Sentence(template, values))
