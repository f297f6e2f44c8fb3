"""The people of the tests, always the same few, as ``tests/bundles`` names them."""

from engine.commands.people.accounts import AddPerson
from engine.commands.people.units import AddUnit, GrantRole
from engine.model import SYSTEM, Actor
from engine.runtime import Engine
from engine.store.people import actor_of

#: A clerk; the heads of the north and of the south; who administers; who may nothing.
LOGINS = ("lin", "zhao", "qian", "root", "wu")
PASSWORD = "correct horse battery"

_NAMES = {
    "lin": "林文员",
    "zhao": "赵主管",
    "qian": "钱主管",
    "root": "管理员",
    "wu": "吴旁人",
}
_ROLES: dict[str, tuple[str, str | None]] = {
    "lin": ("clerk", None),
    "zhao": ("head", "north"),
    "qian": ("head", "south"),
}
_ALL_RIGHTS = ("admin", "audit", "deploy", "operate")


def settle(engine: Engine) -> None:
    """Add the units and the people, without passwords, with their roles."""
    engine.run(AddUnit("north", "北区营业所", "branch"), by=SYSTEM)
    engine.run(AddUnit("south", "南区营业所", "branch"), by=SYSTEM)
    for login, name in _NAMES.items():
        rights = _ALL_RIGHTS if login == "root" else ()
        person_id = engine.run(AddPerson(login, name, rights=rights), by=SYSTEM)
        if login in _ROLES:
            role, unit = _ROLES[login]
            engine.run(GrantRole(person_id, role, unit), by=SYSTEM)


class Who:
    """Asks for an actor by login."""

    def __init__(self, login: str) -> None:
        self._login = login

    def answer(self, reading):
        return actor_of(reading.person_called(self._login))


def actor(engine: Engine, login: str) -> Actor:
    """Return one of the people as they are in the database now."""
    return engine.ask(Who(login), by=SYSTEM)
