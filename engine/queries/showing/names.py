"""The names that people know people, units and roles by."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from engine.model import PUBLIC, SYSTEM
from engine.store.models import Person, Unit
from engine.store.reading import Reading


def people_names(reading: Reading, logins: Iterable[str | None]) -> Mapping[str, str]:
    """Return the names of the people with these logins; an unknown login names itself."""
    wanted = {login for login in logins if login}
    if not wanted:
        return {}
    found = reading.session.execute(
        select(Person.login, Person.name).where(Person.login.in_(wanted))
    )
    names = {login: login for login in wanted} | dict(found.all())
    for stranger in (SYSTEM, PUBLIC):
        if stranger.login in names:
            names[stranger.login] = stranger.name
    return names


def unit_names(reading: Reading, keys: Iterable[str | None]) -> Mapping[str, str]:
    """Return the names of the units with these keys; an unknown key names itself."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    found = reading.session.execute(select(Unit.key, Unit.name).where(Unit.key.in_(wanted)))
    return {key: key for key in wanted} | dict(found.all())
