"""An installation on a database of its own, for several processes at once."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM, Actor, CaseId, TaskId
from engine.policy import Bundle, Library
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.agreeing import find_disagreements
from engine.store.models import Base, Job, Task
from engine.store.verifying import verify
from tests import people
from tests.conftest import StandingClock
from tests.engine.commands.knowing import rows
from tests.together.rapids import KEY, PROCESS

_library = Library()  #: The policy is read once in this process.


class House:
    """An installation with the people of the tests; lin and wu are both clerks."""

    def __init__(self, settings: Settings, clock: StandingClock | None = None) -> None:
        self.settings = settings
        self.clock = clock or StandingClock()
        self.engine = Engine(settings, self.clock)
        self.engine.database.holdings.library = _library

    def furnish(self, bundle: Bundle) -> None:
        """Bring in people and the policy."""
        self.engine.migrate()
        people.settle(self.engine)
        wu = self.who("wu").person_id
        assert wu is not None
        self.engine.run(GrantRole(wu, "clerk"), by=self.who("root"))
        self.engine.run(DeployBundle(bundle), by=self.who("root"))

    def who(self, login: str) -> Actor:
        """Return one of the people."""
        return people.actor(self.engine, login)

    def begin(self, count: int) -> list[CaseId]:
        """Begin cases, and return them."""
        lin = self.who("lin")
        return [self.engine.run(StartCase(KEY, PROCESS, {}), by=lin) for _ in range(count)]

    def open_tasks(self, element_id: str) -> list[TaskId]:
        """Return the open tasks at an element."""
        found = self.rows(Task, Task.element_id == element_id, Task.state == "open")
        return [TaskId(task.id) for task in found]

    def timers(self, element_id: str) -> list[int]:
        """Return the jobs of the timers that wait at an element."""
        found = self.rows(Job, Job.kind == "timer", Job.state == "waiting")
        return [job.id for job in found if job.payload["element"] == element_id]

    def rows(self, kind: type[Base], *conditions: object) -> Sequence[Base]:
        """Return the rows of a table that meet *conditions*."""
        return rows(self.engine, kind, *conditions)

    def faults(self) -> list[str]:
        """Return what is wrong with the journal and with what the cases wait for."""
        with self.engine.database.reading(self.clock.now(), SYSTEM) as reading:
            faults = verify(reading) + find_disagreements(reading)
            return [str(fault.sentence) for fault in faults]


class Builder:
    """Makes installations that are all alike, by copying one."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self._folder = folder
        self._server = server
        self._made = 0

    @contextmanager
    def house(self, bundle: Callable[[], Bundle]) -> Iterator[House]:
        """Give an installation with *bundle* deployed."""
        if not self._made:
            model = House(self._settings("model", fresh=True))
            model.furnish(bundle())
            model.engine.close()
        self._made += 1
        house = House(self._settings(f"copy{self._made}"))
        yield house
        house.engine.close()

    def _settings(self, name: str, *, fresh: bool = False) -> Settings:
        if self._server is None:
            path = self._folder / f"{name}.db"
            if not fresh:
                shutil.copy(self._folder / "model.db", path)
            url = f"sqlite:///{path}"
        else:
            name = f"together_{name}"
            model = "" if fresh else " TEMPLATE together_model"
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}{model}")
            url = self._server.replace("/postgres?", f"/{name}?")
        return Settings(url, files=self._folder / "files", policies=self._folder)
