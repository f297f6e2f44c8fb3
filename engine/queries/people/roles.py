"""People, the roles they hold, and the units they hold them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import selectinload

from engine.queries.showing.listing import PAGE, Page, contains, page_of
from engine.queries.showing.names import unit_names
from engine.queries.showing.visibility import require_right
from engine.store.models import Membership, Person, Policy, Unit
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person."""

    role: str
    title: str
    unit: str | None
    unit_name: str | None


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody who may sign in."""

    id: int
    login: str
    name: str
    email: str | None
    rights: tuple[str, ...]
    is_active: bool
    is_demo: bool
    has_password: bool
    roles: tuple[HeldRole, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OfferedRole:
    """A role that some active policy knows."""

    id: str
    title: str
    policies: tuple[str, ...]
    within: str | None  #: The kind of unit that it is held in.


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit, with the place of its parent."""

    key: str
    name: str
    kind: str
    parent: str | None
    parent_name: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class People:
    """The people of the house."""

    text: str = ""
    role: str = ""
    is_active: bool | None = None
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ListedPerson]:
        """Return a page of them, by login."""
        require_right(reading.actor, "admin")
        rows = select(Person).order_by(Person.active.desc(), Person.login)
        rows = rows.options(selectinload(Person.memberships))
        for word in self.text.split():
            rows = rows.where(
                or_(
                    contains(Person.login, word),
                    contains(Person.name, word),
                    contains(Person.email, word),
                )
            )
        if self.role:
            held = exists().where(
                Membership.person_id == Person.id, Membership.role == self.role
            )
            rows = rows.where(held)
        if self.is_active is not None:
            rows = rows.where(Person.active == self.is_active)
        return page_of(
            reading, rows, self.page, lambda some: _people(some, reading), size=self.size
        )


@dataclass(frozen=True, slots=True)
class OnePerson:
    """One of the people."""

    person_id: int

    def answer(self, reading: Reading) -> ListedPerson:
        """Return the person; everybody may ask for themselves."""
        if self.person_id != reading.actor.person_id:
            require_right(reading.actor, "admin")
        return _people([reading.person(self.person_id)], reading)[0]


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that people can be given."""

    def answer(self, reading: Reading) -> tuple[OfferedRole, ...]:
        """Return those of all active policies, by title."""
        return tuple(sorted(_roles(reading).values(), key=lambda role: role.title))


@dataclass(frozen=True, slots=True)
class Units:
    """The units of the house."""

    def answer(self, reading: Reading) -> tuple[ListedUnit, ...]:
        """Return them, by kind and name."""
        units = reading.session.scalars(select(Unit).order_by(Unit.kind, Unit.name)).all()
        names = {unit.key: unit.name for unit in units}
        return tuple(
            ListedUnit(
                key=unit.key,
                name=unit.name,
                kind=unit.kind,
                parent=unit.parent,
                parent_name=names.get(unit.parent or ""),
                is_active=unit.active,
            )
            for unit in units
        )


def role_titles(reading: Reading) -> Mapping[str, str]:
    """Return the titles of the roles of all active policies."""
    return {role.id: role.title for role in _roles(reading).values()}


def _roles(reading: Reading) -> Mapping[str, OfferedRole]:
    roles: dict[str, OfferedRole] = {}
    policies = reading.session.scalars(
        select(Policy).where(Policy.active_deployment_id.is_not(None)).order_by(Policy.key)
    ).all()
    reading.meet_deployments(policy.active_deployment_id for policy in policies)
    for policy in policies:
        assert policy.active_deployment_id is not None
        for role in reading.loaded(policy.active_deployment_id).roles.values():
            known = roles.get(role.id)
            roles[role.id] = OfferedRole(
                id=role.id,
                title=known.title if known else role.title,
                policies=(*(known.policies if known else ()), policy.title),
                within=(known and known.within) or role.within,
            )
    return roles


def _people(people: Sequence[Person], reading: Reading) -> Sequence[ListedPerson]:
    titles = role_titles(reading)
    units = unit_names(
        reading, (held.unit for person in people for held in person.memberships)
    )
    return [
        ListedPerson(
            id=person.id,
            login=person.login,
            name=person.name,
            email=person.email,
            rights=tuple(person.rights),
            is_active=person.active,
            is_demo=person.demo,
            has_password=person.password_hash is not None,
            roles=tuple(
                HeldRole(
                    role=held.role,
                    title=titles.get(held.role, held.role),
                    unit=held.unit,
                    unit_name=units.get(held.unit or ""),
                )
                for held in person.memberships
            ),
            created_at=person.created_at,
        )
        for person in people
    ]
