"""Finds the steps of a case that a task may be returned to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from engine.bpmn import Execution, Judge, Place
from engine.model import InvalidState
from engine.policy import LoadedPolicy
from engine.policy.ids import listed_ids
from engine.policy.soundness.reaching import comes_before, may_stand
from engine.store.models import Task
from engine.store.reading import Reading


def judge_of(policy: LoadedPolicy) -> Judge:
    """Return who tells whether tokens may stand somewhere in the diagrams of a policy."""

    def judge(file: str, scope: str, places: tuple[Place, ...]) -> bool:
        return may_stand(policy.bundle.files[file], scope, places)

    return judge


def earlier_steps(reading: Reading, task: Task, policy: LoadedPolicy) -> list[Task]:
    """Return the last completed task of each step before *task*, the latest first.

    Those that its diagram names where it does, else all; whether the case can stand so
    is not looked at. Of what is done several times, only those of the same instance.
    """
    process = policy.definitions.process(task.process_id)
    here = process.elements.get(task.element_id)
    named = listed_ids(task.properties.get("return-to"))
    if here is None:
        return []
    diagram = policy.bundle.files[process.file]
    scope = here.scope or process.id
    rows = reading.session.scalars(
        select(Task)
        .where(
            Task.case_id == task.case_id,
            Task.process_id == task.process_id,
            Task.state == "completed",
            Task.element_id != task.element_id,
            *_in_scope_of(task),
        )
        .order_by(Task.ended_at.desc(), Task.id.desc())
    )
    latest: dict[str, Task] = {}
    for row in rows:
        step = process.elements.get(row.element_id)
        if (
            step is not None
            and step.scope == here.scope
            and (not named or row.element_id in named)
            and comes_before(diagram, scope, row.element_id, task.element_id)
        ):
            latest.setdefault(row.element_id, row)
    return list(latest.values())


def _in_scope_of(task: Task) -> Sequence[ColumnElement[bool]]:
    """Return the conditions that are met by tasks of the scope that *task* waits in."""
    if task.around is None:
        return ()
    return (or_(Task.around == task.around, Task.around.is_(None)),)


def return_targets(
    reading: Reading, task: Task, policy: LoadedPolicy, execution: Execution
) -> list[Task]:
    """Return those of `earlier_steps` that the case can go back to as it stands now."""
    steps = earlier_steps(reading, task, policy)
    if not steps:
        return []
    try:
        standing = execution.standing(task.token)
    except InvalidState:
        return []
    judge = judge_of(policy)
    return [
        step
        for step in steps
        if judge(standing.file, standing.scope, standing.after(step.element_id))
    ]
