"""Fills an installation for a demonstration: demo.toml and the shipped policies."""

from pathlib import Path

from engine.commands.deployments import DeployBundle
from engine.commands.people import AddPerson
from engine.commands.units import AddUnit, GrantRole
from engine.model import SYSTEM
from engine.policy import Bundle, policy_keys
from engine.queries.installation import InstallationState, State
from engine.runtime import Engine
from engine.simulation.cast import Cast, cast_beside

#: Everybody's: these people exist on this machine alone, see `webapp.serve`.
PASSWORD = "complaintflow-demo"


def load_demo(engine: Engine, policies: Path) -> Cast:
    """Add what is missing of the demonstration and return its people."""
    cast = cast_beside(policies)
    state = engine.ask(InstallationState(), by=SYSTEM)
    _add_units(engine, cast, state)
    _add_people(engine, cast, state)
    deploy_shipped(engine, policies, state)
    return cast


def deploy_shipped(engine: Engine, policies: Path, state: State) -> None:
    """Deploy the shipped policies of which no version was deployed yet."""
    for key in policy_keys(policies):
        if key not in state.policies:
            engine.run(DeployBundle(Bundle.from_folders(policies, key)), by=SYSTEM)


def _add_units(engine: Engine, cast: Cast, state: State) -> None:
    for unit in cast.units:
        if unit.key not in state.units:
            engine.run(AddUnit(unit.key, unit.name, unit.kind, unit.parent), by=SYSTEM)


def _add_people(engine: Engine, cast: Cast, state: State) -> None:
    for person in cast.people:
        if person.login in state.logins:
            continue
        person_id = engine.run(
            AddPerson(person.login, person.name, PASSWORD, rights=person.rights, demo=True),
            by=SYSTEM,
        )
        for held in person.roles:
            engine.run(GrantRole(person_id, held.role, held.unit), by=SYSTEM)
