"""Finds in a case the task that a scenario speaks of, and somebody to do it."""

from engine.model import SYSTEM, Actor
from engine.queries.progress.trace import ActorCalled, ActorsFor, Trace, WaitingTask, Waits
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.differences import Differs


def task_at(waits: Trace | Waits, element: str) -> WaitingTask:
    """Return the task that waits at an element.

    Raises:
        Differs: If none waits there.
    """
    for task in waits.tasks:
        if task.element_id == element:
            return task
    if waits.incidents:
        raise Differs(
            "Expected {element} to wait, but the case is stopped at {place}: {reason}",
            element=element,
            place=waits.incidents[0].element_id or "-",
            reason=waits.incidents[0].sentence,
        )
    raise Differs(
        "Expected {element} to wait, but these do: {waiting}.",
        element=element,
        waiting=", ".join(each.element_id for each in waits.tasks) or "-",
    )


def who_does(engine: Engine, task: WaitingTask, login: str | None, cast: Cast) -> Actor:
    """Return the person called *login*, or the first of the cast who may do the task.

    Raises:
        Differs: If nobody is named and nobody may.
    """
    if login is not None:
        return engine.ask(ActorCalled(login), by=SYSTEM)
    actors = engine.ask(ActorsFor(task.id, cast.logins), by=SYSTEM)
    if not actors:
        raise Differs(
            "Expected somebody of the demo people who may do {task}, but nobody may; "
            "it waits for {roles}.",
            task=task.name,
            roles=", ".join(task.roles) or "-",
        )
    return actors[0]
