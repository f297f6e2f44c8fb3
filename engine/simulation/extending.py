"""Asks for more time in a scenario, and decides on it."""

from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.tasks import ClaimTask
from engine.model import SYSTEM, Actor, Rejected
from engine.policy.scenario import TaskExtended
from engine.queries.extensions import OpenExtension
from engine.queries.trace import ActorCalled, ActorsFor, Trace, WaitingTask
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.differences import Differs
from engine.simulation.refusals import expect_refusal, refuse_success


def extend(engine: Engine, trace: Trace, deed: TaskExtended, cast: Cast) -> None:
    """Do what *deed* says, or be refused; of both, the decision is what may be."""
    task = _task(trace, deed)
    asker = _asker(engine, task, deed, cast)
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


def _task(trace: Trace, deed: TaskExtended) -> WaitingTask:
    for task in trace.tasks:
        if task.element_id == deed.element:
            return task
    raise Differs(
        "Expected {element} to wait, but these do: {waiting}.",
        element=deed.element,
        waiting=", ".join(each.element_id for each in trace.tasks) or "-",
    )


def _asker(engine: Engine, task: WaitingTask, deed: TaskExtended, cast: Cast) -> Actor:
    if deed.by or task.assignee:
        return engine.ask(ActorCalled(deed.by or task.assignee or ""), by=SYSTEM)
    actors = engine.ask(ActorsFor(task.id, cast.logins), by=SYSTEM)
    if not actors:
        raise Differs(
            "Expected somebody of the demo people who may do {task}, but nobody may; "
            "it waits for {roles}.",
            task=task.name,
            roles=", ".join(task.roles) or "-",
        )
    return actors[0]
