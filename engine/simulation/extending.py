"""Asks for more time in a scenario, and decides on it."""

from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import SYSTEM, Actor, Rejected
from engine.policy.scenario import TaskExtended
from engine.queries.deadlines.extensions import OpenExtension
from engine.queries.progress.trace import ActorCalled, ActorsFor, WaitingTask, Waits
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.refusals import expect_refusal, refuse_success
from engine.simulation.work import task_at, who_does


def extend(engine: Engine, waits: Waits, deed: TaskExtended, cast: Cast) -> None:
    """Do what *deed* says, or be refused; of both, the decision is what may be."""
    task = task_at(waits, deed.element)
    asker = who_does(engine, task, deed.by or task.assignee, cast)
    if deed.until is not None and deed.decider is not None:
        _ask(engine, task, deed, asker)
    decider = asker
    try:
        if deed.decider is None:
            _ask(engine, task, deed, asker)
        else:
            decider = engine.ask(ActorCalled(deed.decider), by=SYSTEM)
            number = engine.ask(OpenExtension(task.id), by=SYSTEM)
            decision = DecideExtension(number, deed.granted, remark=deed.remark)
            engine.run(decision, by=decider)
    except Rejected as refusal:
        expect_refusal(deed, refusal)
        return
    refuse_success(deed, decider, task.name)


def _ask(engine: Engine, task: WaitingTask, deed: TaskExtended, asker: Actor) -> None:
    """Ask for more time; whoever could do the task takes it first, if nobody has it."""
    assert deed.until is not None
    could = engine.ask(ActorsFor(task.id, (asker.login,)), by=SYSTEM)
    if could and task.assignee is None:
        engine.run(ClaimTask(task.id), by=asker)
    engine.run(RequestExtension(task.id, deed.until, deed.reason), by=asker)
