"""Sends work elsewhere by hand in a scenario: returns, withdraws, hands on, asks, urges."""

from engine.commands.tasks import AssignTask
from engine.model import SYSTEM, Actor, Rejected
from engine.policy.scenario import TaskRouted
from engine.queries.trace import ActorCalled, ActorsFor, Trace, WaitingTask
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.differences import Differs
from engine.simulation.refusals import expect_refusal, refuse_success


def route(engine: Engine, trace: Trace, deed: TaskRouted, cast: Cast) -> None:
    """Do what *deed* says, or be refused."""
    task = _task(trace, deed)
    actor = _actor(engine, task, deed, cast)
    try:
        if deed.verb != "hand-on":
            raise Differs(
                "Expected one of {choices}, but it is {word}.",
                choices="hand-on",
                word=deed.verb,
            )
        engine.run(AssignTask(task.id, deed.to or ""), by=actor)
    except Rejected as refusal:
        expect_refusal(deed, refusal)
        return
    refuse_success(deed, actor, task.name)


def _task(trace: Trace, deed: TaskRouted) -> WaitingTask:
    for task in trace.tasks:
        if task.element_id == deed.element:
            return task
    raise Differs(
        "Expected {element} to wait, but these do: {waiting}.",
        element=deed.element,
        waiting=", ".join(each.element_id for each in trace.tasks) or "-",
    )


def _actor(engine: Engine, task: WaitingTask, deed: TaskRouted, cast: Cast) -> Actor:
    if deed.by is not None:
        return engine.ask(ActorCalled(deed.by), by=SYSTEM)
    actors = engine.ask(ActorsFor(task.id, cast.logins), by=SYSTEM)
    if not actors:
        raise Differs(
            "Expected somebody of the demo people who may do {task}, but nobody may; "
            "it waits for {roles}.",
            task=task.name,
            roles=", ".join(task.roles) or "-",
        )
    return actors[0]
