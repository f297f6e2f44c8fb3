"""The engine as it serves people: command, forms, journal, history, and a commit."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.models import document, ours
from bench.values import CASE, form, form_file
from engine.commands.cases import StartCase
from engine.commands.deployments import DeployBundle
from engine.commands.people import AddPerson
from engine.commands.tasks import CompleteTask
from engine.commands.units import GrantRole
from engine.diagram import lay_out
from engine.model import SYSTEM, Actor, CaseId, TaskId
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Task
from engine.store.people import actor_of
from engine.store.reading import Reading

_POLICY = b"""key = "bench"
title = "Measured process"
owner = "clerk"
about = "What is measured."
[number]
format = "B-{YYMM}-{0000}"
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
class _OpenTask:
    """The oldest open task of a case."""

    case_id: CaseId

    def answer(self, reading: Reading) -> tuple[TaskId, str] | None:
        """Return its id and element."""
        row = (
            reading.session.query(Task)
            .filter_by(case_id=self.case_id, state="open")
            .order_by(Task.id)
            .first()
        )
        return None if row is None else (TaskId(row.id), row.element_id)


@dataclass(frozen=True, slots=True)
class _Person:
    login: str

    def answer(self, reading: Reading) -> Actor:
        """Return the person as an actor."""
        return actor_of(reading.person_called(self.login))


def steps(database_url: str, cases: int) -> list[float]:
    """Return the seconds of each user task completed, in *cases* whole cases."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        engine = Engine(Settings(database_url, files=files, policies=files))
        engine.migrate()
        clerk = _settle(engine)
        taken: list[float] = []
        for _ in range(cases):
            taken += _case(engine, clerk)
        engine.close()
    return taken


def _settle(engine: Engine) -> Actor:
    person = engine.run(AddPerson("clerk", "Clerk"), by=SYSTEM)
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
    return engine.ask(_Person("clerk"), by=SYSTEM)


def _case(engine: Engine, clerk: Actor) -> list[float]:
    taken = []
    case_id = engine.run(StartCase("bench", "main", CASE), by=clerk)
    while (task := engine.ask(_OpenTask(case_id), by=clerk)) is not None:
        values = form(task[1])
        begun = time.perf_counter()
        engine.run(CompleteTask(task[0], values), by=clerk)
        taken.append(time.perf_counter() - begun)
    return taken
