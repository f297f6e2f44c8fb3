"""The small policy with deadlines that may be extended, and what tests look up there."""

from engine.commands.cases.lifecycle import StartCase
from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.policies.deployments import DeployBundle
from engine.policy import Bundle
from engine.store.models import Breach, Extension, Job, Notice, Task
from tests.engine.commands.conftest import ENTERED, changed, waiting
from tests.engine.commands.knowing import rows

INVESTIGATE = '<zeebe:property name="deadline" value="3 working hours" />'
APPROVE = '<zeebe:property name="deadline" value="1 working day" />'


def extendable(bundle: Bundle) -> Bundle:
    """Let heads extend the time of clerks and hear of lateness, and clerks theirs."""
    mine = '<zeebe:property name="extendable" value="{0}" />'
    told = '<zeebe:property name="overdue-notify" value="head" />'
    first = changed(
        bundle, "complaint.bpmn", INVESTIGATE, INVESTIGATE + mine.format("head") + told
    )
    return changed(first, "complaint.bpmn", APPROVE, APPROVE + mine.format("clerk"))


def opened(engine, bundle, who) -> int:
    """Deploy it, begin a case of the north, and return the task of the clerk."""
    engine.run(DeployBundle(extendable(bundle)), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return waiting(engine, "investigate")


def task_row(engine, task_id) -> Task:
    return rows(engine, Task, Task.id == task_id)[0]


def request(engine) -> Extension:
    [found] = rows(engine, Extension)
    return found


def breaches(engine) -> list[Breach]:
    return list(rows(engine, Breach))


def told(engine, kind) -> list[str]:
    return [row.login for row in rows(engine, Notice, Notice.kind == kind)]


def owed(engine, kind) -> list:
    """Return when the jobs of a kind that are still owed are due."""
    return [
        job.due_at for job in rows(engine, Job, Job.kind == kind, Job.state == "waiting")
    ]


def ask(engine, who, task, clock, *, by="lin", hours=24, reason="等待供应商答复") -> int:
    """Ask for more time from now on."""
    until = moment(clock, hours)
    return engine.run(RequestExtension(task, until, reason), by=who(by))


def decide(engine, who, number, granted, *, by="zhao", **said) -> None:
    engine.run(DecideExtension(number, granted, **said), by=who(by))


def moment(clock, hours):
    moved = clock.now()
    clock.move(hours=hours)
    later, clock.moment = clock.now(), moved
    return later
