"""Brings the units and people of a cast into an installation."""

from engine.commands.people import AddPerson
from engine.commands.units import AddUnit, GrantRole
from engine.model import SYSTEM, Conflict
from engine.runtime import Engine
from engine.simulation.cast import Cast


def bring_in(engine: Engine, cast: Cast, password: str | None = None) -> list[str]:
    """Add those of *cast* who are not there yet, and return their logins.

    They are marked as demo people; with a *password* they can log in.
    """
    for unit in cast.units:
        try:
            engine.run(AddUnit(unit.key, unit.name, unit.kind, unit.parent), by=SYSTEM)
        except Conflict:
            continue  # It is there already, perhaps under another name by now.
    added = []
    for person in cast.people:
        command = AddPerson(
            person.login, person.name, password=password, rights=person.rights, demo=True
        )
        try:
            person_id = engine.run(command, by=SYSTEM)
        except Conflict:
            continue
        for held in person.roles:
            engine.run(GrantRole(person_id, held.role, held.unit), by=SYSTEM)
        added.append(person.login)
    return added
