"""Commands about units and about the roles that people hold."""

from dataclasses import dataclass

from engine.commands.admitting import entries
from engine.commands.admitting.permission import require
from engine.model import Conflict, NotFound, PersonId, Sentence
from engine.store import people
from engine.store.models import Membership, Unit
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AddUnit:
    """Add a department, region, branch, store or subcontractor."""

    key: str
    name: str
    kind: str
    parent: str | None = None

    def run(self, tx: Transaction) -> None:
        """Add the unit.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such parent.
            InvalidValues: If something entered is not right.
            Conflict: If there is a unit with this key.
        """
        require(tx.actor, "admin")
        entries.refuse_faults(
            {
                "key": entries.key_faults(self.key),
                "name": entries.name_faults(self.name),
                "kind": entries.key_faults(self.kind),
            }
        )
        other = tx.find_unit(self.key)
        if other is not None:
            raise Conflict(
                "Expected a new key, but {key} is the key of {name}.",
                key=self.key,
                name=other.name,
            )
        if self.parent is not None:
            tx.unit(self.parent)
        unit = Unit(key=self.key, name=self.name, kind=self.kind, parent=self.parent)
        unit.active = True
        tx.add(unit)
        tx.stream = f"unit:{self.key}"


@dataclass(frozen=True, slots=True)
class ChangeUnit:
    """Change the name or parent of a unit, or close it for new roles."""

    key: str
    name: str
    parent: str | None = None
    active: bool = True

    def run(self, tx: Transaction) -> None:
        """Change the unit.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such unit or parent.
            InvalidValues: If the name is missing, or the parent lies below the unit.
        """
        require(tx.actor, "admin")
        unit = tx.unit(self.key)
        entries.refuse_faults(
            {"name": entries.name_faults(self.name), "parent": self._parent_faults(tx)}
        )
        unit.name, unit.parent, unit.active = self.name, self.parent, self.active
        tx.stream = f"unit:{self.key}"

    def _parent_faults(self, tx: Transaction) -> tuple[Sentence, ...]:
        above = self.parent
        while above is not None:
            if above == self.key:
                return (
                    Sentence(
                        "Expected a parent above {unit}, but {parent} lies below it.",
                        {"unit": self.key, "parent": self.parent},
                    ),
                )
            above = tx.unit(above).parent
        return ()


@dataclass(frozen=True, slots=True)
class GrantRole:
    """Let a person hold a role, within a unit where the role asks for one."""

    person_id: PersonId
    role: str
    unit: str | None = None

    def run(self, tx: Transaction) -> None:
        """Grant the role; that the person holds it already changes nothing.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such person or unit.
            InvalidValues: If the role is no key, or needs a unit of another kind.
        """
        require(tx.actor, "admin")
        person = people.lock_person(tx, self.person_id)
        entries.refuse_faults({"role": entries.role_faults(self.role)})
        if self.unit is not None:
            tx.unit(self.unit)
        held = [(one.role, one.unit) for one in person.memberships]
        if (self.role, self.unit) not in held:
            person.memberships.append(
                Membership(role=self.role, unit=self.unit, granted_at=tx.now)
            )
        tx.stream = f"person:{person.id}"


@dataclass(frozen=True, slots=True)
class RevokeRole:
    """Take a role from a person."""

    person_id: PersonId
    role: str
    unit: str | None = None

    def run(self, tx: Transaction) -> None:
        """Take the role away.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such person, or they do not hold the role.
        """
        require(tx.actor, "admin")
        person = people.lock_person(tx, self.person_id)
        for membership in person.memberships:
            if (membership.role, membership.unit) == (self.role, self.unit):
                person.memberships.remove(membership)
                tx.stream = f"person:{person.id}"
                return
        raise NotFound(
            "Expected {name} to hold the role {role}, but they do not.",
            name=person.name,
            role=self.role,
        )
