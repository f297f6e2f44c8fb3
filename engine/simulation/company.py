"""Brings the units and people of a cast into an installation."""

from engine.commands.people.accounts import AddPerson
from engine.commands.people.units import AddUnit, GrantRole
from engine.model import SYSTEM
from engine.queries.operations.installation import InstallationState
from engine.runtime import Engine
from engine.simulation.cast import Cast


def bring_in(engine: Engine, cast: Cast, password: str | None = None) -> list[str]:
    """Add those of *cast* who are not there yet, and return their logins.

    They are marked as demo people; with a *password* they can log in. Units that are
    there already stay as they are, perhaps under another name by now.
    """
    state = engine.ask(InstallationState(), by=SYSTEM)
    for unit in cast.units:
        if unit.key not in state.units:
            engine.run(AddUnit(unit.key, unit.name, unit.kind, unit.parent), by=SYSTEM)
    added = []
    for person in cast.people:
        if person.login in state.logins:
            continue
        person_id = engine.run(
            AddPerson(
                person.login,
                person.name,
                password=password,
                rights=person.rights,
                demo=True,
            ),
            by=SYSTEM,
        )
        for held in person.roles:
            engine.run(GrantRole(person_id, held.role, held.unit), by=SYSTEM)
        added.append(person.login)
    return added
