"""``complaintflow people``: who may log in, and which roles they hold."""

import os

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenGroup
from engine.commands.admitting.permission import RIGHTS
from engine.commands.people.accounts import AddPerson, SetPassword
from engine.commands.people.units import AddUnit, GrantRole, RevokeRole
from engine.model import SYSTEM, PersonId, Sentence
from engine.queries.people.roles import ListedPerson, People, Units
from engine.queries.progress.trace import ActorCalled
from engine.runtime import Engine
from engine.simulation import bring_in, cast_beside

_PASSWORD = "COMPLAINTFLOW_PASSWORD"
_ALL = 100_000


@click.group(cls=SpokenGroup)
def people() -> None:
    """Look after people, their roles and units."""


@people.command("list")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def list_people(session: Session, as_data: bool) -> None:
    """List everybody who may log in."""
    with open_engine(session) as engine:
        listed = engine.ask(People(size=_ALL), by=SYSTEM).rows
    if as_data:
        print_json([_as_json(person) for person in listed])
        return
    for person in listed:
        roles = ", ".join(
            f"{held.title} ({held.unit_name})" if held.unit_name else held.title
            for held in person.roles
        )
        click.echo(
            "\t".join(
                (person.login, person.name, roles or "-", ", ".join(person.rights) or "-")
            )
        )
    if not listed:
        session.say("Nobody may log in yet; add somebody with: complaintflow people add")


@people.command("add")
@click.argument("login")
@click.argument("name")
@click.option("--email", help="Where letters and reminders go as well.")
@click.option(
    "--right", "rights", multiple=True, type=click.Choice(RIGHTS), help="A right."
)
@pass_session
def add_person(
    session: Session, login: str, name: str, email: str | None, rights: tuple[str, ...]
) -> None:
    """Let somebody in; the password is asked for, or read from COMPLAINTFLOW_PASSWORD."""
    command = AddPerson(
        login, name, password=_password(session), email=email, rights=rights
    )
    with open_engine(session) as engine:
        engine.run(command, by=SYSTEM)
    session.say("{name} may log in as {login}.", name=name, login=login)


@people.command("password")
@click.argument("login")
@pass_session
def set_password(session: Session, login: str) -> None:
    """Set somebody's password and end their log-ins."""
    with open_engine(session) as engine:
        person = _person(engine, login)
        engine.run(SetPassword(person, _password(session)), by=SYSTEM)
    session.say("{login} has a new password.", login=login)


@people.command("grant")
@click.argument("login")
@click.argument("role")
@click.option("--unit", help="The unit in which the role is held.")
@pass_session
def grant_role(session: Session, login: str, role: str, unit: str | None) -> None:
    """Let somebody hold a role."""
    with open_engine(session) as engine:
        engine.run(GrantRole(_person(engine, login), role, unit), by=SYSTEM)
    session.say("{login} holds the role {role}.", login=login, role=role)


@people.command("revoke")
@click.argument("login")
@click.argument("role")
@click.option("--unit", help="The unit in which the role is held.")
@pass_session
def revoke_role(session: Session, login: str, role: str, unit: str | None) -> None:
    """Take a role from somebody."""
    with open_engine(session) as engine:
        engine.run(RevokeRole(_person(engine, login), role, unit), by=SYSTEM)
    session.say("{login} does not hold the role {role} any more.", login=login, role=role)


@people.command("units")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def list_units(session: Session, as_data: bool) -> None:
    """List departments, regions, branches and stores."""
    with open_engine(session) as engine:
        units = engine.ask(Units(), by=SYSTEM)
    rows = [
        {"key": unit.key, "name": unit.name, "kind": unit.kind, "parent": unit.parent}
        for unit in units
    ]
    if as_data:
        print_json(rows)
    for row in () if as_data else rows:
        click.echo("\t".join(value or "-" for value in row.values()))


@people.command("add-unit")
@click.argument("key")
@click.argument("name")
@click.argument("kind")
@click.option("--parent", help="The unit above it.")
@pass_session
def add_unit(session: Session, key: str, name: str, kind: str, parent: str | None) -> None:
    """Add a department, region, branch or store."""
    with open_engine(session) as engine:
        engine.run(AddUnit(key, name, kind, parent), by=SYSTEM)
    session.say("Added the unit {name}.", name=name)


@people.command("demo")
@pass_session
def add_demo_people(session: Session) -> None:
    """Add the demo people, with the password from COMPLAINTFLOW_PASSWORD or the prompt."""
    cast = cast_beside(session.settings.policies)
    password = _password(session)
    with open_engine(session) as engine:
        added = bring_in(engine, cast, password)
    session.say("Added {count} demo people.", count=len(added))


def _password(session: Session) -> str:
    given = os.environ.get(_PASSWORD)
    if given:
        return given
    asked: str = click.prompt(
        session.phrase(Sentence("Password")), hide_input=True, confirmation_prompt=True
    )
    return asked


def _person(engine: Engine, login: str) -> PersonId:
    person = engine.ask(ActorCalled(login), by=SYSTEM).person_id
    assert person is not None
    return person


def _as_json(person: ListedPerson) -> dict[str, object]:
    return {
        "login": person.login,
        "name": person.name,
        "email": person.email,
        "active": person.is_active,
        "rights": list(person.rights),
        "roles": [{"role": held.role, "unit": held.unit} for held in person.roles],
    }
