"""What tests of commands about cases start from."""

from collections.abc import Callable

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import TakeJob
from engine.commands.operations.dispatch import command_of
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, Actor, CaseId, TaskId
from engine.policy import Bundle
from engine.runtime import Engine
from engine.store.jobs import due_job_ids
from engine.store.models import Task
from tests.databases import Ground
from tests.engine.commands.knowing import rows

ENTERED = {
    "customerName": "演示·客户",
    "customerPhone": "13900000000",
    "subject": "水泵漏水",
    "branch": "north",
}
FOUND = {"fault": "quality", "withinWarranty": False, "findings": "密封圈破损"}


@pytest.fixture
def deployed(
    ground: Ground, engine: Engine, minimal: Bundle, who: Callable[[str], Actor]
) -> Engine:
    """An engine on which the small policy is deployed."""
    ground.reach("deployed", lambda: engine.run(DeployBundle(minimal), by=who("root")))
    return engine


@pytest.fixture
def case_id(deployed: Engine, who: Callable[[str], Actor]) -> CaseId:
    """A case of the north that waits to be investigated by a clerk."""
    return deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))


@pytest.fixture
def investigate(deployed: Engine, case_id: CaseId) -> TaskId:
    """The task of the clerk."""
    return waiting(deployed, "investigate")


@pytest.fixture
def approve(deployed: Engine, investigate: TaskId, who: Callable[[str], Actor]) -> TaskId:
    """The task of the head of the north, after the clerk did hers."""
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    return waiting(deployed, "approve")


def waiting(engine: Engine, element_id: str) -> TaskId:
    """Return the open task at an element."""
    [task] = rows(engine, Task, Task.element_id == element_id, Task.state == "open")
    return TaskId(task.id)


def work(engine: Engine) -> None:
    """Do all jobs that are due, as the worker does."""

    class Due:
        def answer(self, reading):
            return list(due_job_ids(reading))

    while due := engine.ask(Due(), by=SYSTEM):
        for job_id in due:
            taken = engine.run(TakeJob(job_id), by=SYSTEM)
            command = None if taken is None else command_of(taken)
            if command is not None:
                engine.run(command, by=SYSTEM)


def with_steps(bundle: Bundle, steps: str, first: str, last: str) -> Bundle:
    """Return the small policy with *steps* between its investigation and its decision.

    They begin at the element *first*, and end with the flow *last*.
    """
    flow = '<bpmn:sequenceFlow id="f2" sourceRef="investigate" targetRef="'
    into = "<bpmn:incoming>{}</bpmn:incoming>\n      <bpmn:outg"
    diagram = "complaint.bpmn"
    bundle = changed(bundle, diagram, f'{flow}decide" />', f'{flow}{first}" />{steps}')
    return changed(bundle, diagram, into.format("f2"), into.format(last))


def changed(bundle: Bundle, file: str, old: str, new: str) -> Bundle:
    """Return *bundle* with another text in one of its files."""
    text = bundle.files[file].decode()
    assert old in text
    return Bundle(bundle.key, {**bundle.files, file: text.replace(old, new).encode()})
