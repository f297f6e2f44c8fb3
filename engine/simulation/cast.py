"""The units and people that scenarios, and a demonstration, play with."""

from dataclasses import dataclass
from pathlib import Path

from engine.model import BundleInvalid, Finding, Membership
from engine.policy.toml import Table, TomlFile


@dataclass(frozen=True, slots=True)
class CastUnit:
    """A department, region or branch."""

    key: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class CastPerson:
    """Somebody who plays along."""

    login: str
    name: str
    roles: tuple[Membership, ...]
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """All of them, in the order of the file; parents come before what lies below them."""

    units: tuple[CastUnit, ...] = ()
    people: tuple[CastPerson, ...] = ()

    @property
    def logins(self) -> tuple[str, ...]:
        """Return the logins of all people."""
        return tuple(person.login for person in self.people)

    def holds(self, login: str, role: str) -> bool:
        """Tell whether the person with this login holds *role* in whatever unit."""
        return any(
            person.login == login and any(held.role == role for held in person.roles)
            for person in self.people
        )


def read_cast(text: str, name: str = "demo.toml") -> tuple[Cast, list[Finding]]:
    """Return the units and people that a demo.toml names, and all that is wrong with it."""
    file = TomlFile(name, text)
    units = tuple(_unit(table) for table in file.top.tables("unit"))
    people = tuple(_person(table) for table in file.top.tables("person"))
    file.top.close()
    return Cast(units, people), file.findings


def cast_beside(policies: Path) -> Cast:
    """Return the cast of the policies in *policies*, empty where there is none.

    Raises:
        BundleInvalid: If its file has errors.
    """
    path = policies / "processes" / "demo.toml"
    if not path.is_file():
        return Cast()
    cast, findings = read_cast(path.read_text("utf-8"))
    if findings:
        raise BundleInvalid(tuple(findings))
    return cast


def _unit(table: Table) -> CastUnit:
    unit = CastUnit(
        key=table.required_text("key"),
        name=table.required_text("name"),
        kind=table.required_text("kind"),
        parent=table.text("parent") or None,
    )
    table.close()
    return unit


def _person(table: Table) -> CastPerson:
    person = CastPerson(
        login=table.required_text("login"),
        name=table.required_text("name"),
        roles=tuple(map(_role, table.tables("roles"))),
        rights=table.texts("rights"),
    )
    table.close()
    return person


def _role(table: Table) -> Membership:
    role = Membership(table.required_text("role"), table.text("unit") or None)
    table.close()
    return role
