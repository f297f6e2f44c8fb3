"""Tells which completed tasks of a case hold no longer: it was sent back past them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from engine.policy import LoadedPolicy
from engine.policy.soundness.reaching import comes_before
from engine.store.models import Activity, Case, Routed, Task
from engine.store.reading import Reading


def taken_back(reading: Reading, case: Case) -> frozenset[int]:
    """Return the ids of the completed tasks that 退回 took back.

    These are the step that a task was returned to, as it was done last before, and every
    step done between the two: all of them are to be done again. Steps beside them, on
    other branches or in other instances of what is done several times, hold.
    """
    chosen = select(Routed.at, Routed.target_id).where(
        Routed.case_id == case.id, Routed.verb == "return", Routed.target_id.is_not(None)
    )
    returns = reading.session.execute(chosen.order_by(Routed.id)).all()
    if not returns:
        return frozenset()
    tasks = reading.session.scalars(
        select(Task).where(Task.case_id == case.id).order_by(Task.ended_at, Task.id)
    ).all()
    paths = _paths(reading, case)
    policy = reading.loaded(case.deployment_id)
    known = {task.id: task for task in tasks}
    found: set[int] = set()
    for row in returns:
        target = known.get(row.target_id)
        if target is not None:
            earlier = [
                task
                for task in tasks
                if task.state == "completed"
                and task.ended_at is not None
                and task.ended_at <= row.at
                and task.id < target.id
                and _is_inside(task, target, paths, policy)
            ]
            found |= _undone(target, earlier, paths, policy)
    return frozenset(found)


def _undone(
    target: Task,
    earlier: Sequence[Task],
    paths: Mapping[str, tuple[str, ...]],
    policy: LoadedPolicy,
) -> set[int]:
    """Return the step *target* as it was done last, and those after it up to the return."""
    here = paths.get(target.token, ())
    process = policy.definitions.processes.get(target.process_id)
    step = None if process is None else process.elements.get(target.element_id)
    if step is None:
        return set()
    place = (target.process_id, target.element_id, here)
    done = [
        task
        for task in earlier
        if (task.process_id, task.element_id, paths.get(task.token, ())) == place
    ]
    if not done or done[-1].ended_at is None:
        return set()
    found, since = {done[-1].id}, done[-1].ended_at
    diagram = policy.bundle.files[step.file]
    scope = step.scope or step.process_id
    for task in earlier:
        if task.id > done[-1].id and task.created_at >= since:
            around = (*paths.get(task.token, ()), task.element_id)
            if around[: len(here)] == here and comes_before(
                diagram, scope, target.element_id, around[len(here)]
            ):
                found.add(task.id)
    return found


def _is_inside(
    task: Task,
    target: Task,
    paths: Mapping[str, tuple[str, ...]],
    policy: LoadedPolicy,
) -> bool:
    """Tell whether *task* was done in the scope that *target* waits in, or within it."""
    if task.around is not None and target.around is not None:
        return task.around[: len(target.around)] == target.around
    here = paths.get(target.token, ())
    if paths.get(task.token, ())[: len(here)] != here:
        return False
    # Of older tasks nobody knows which instance of what is done several times they were.
    return not _is_one_of_several(here, policy)


def _is_one_of_several(path: tuple[str, ...], policy: LoadedPolicy) -> bool:
    elements = (
        element
        for process in policy.definitions.processes.values()
        for element in process.elements.values()
        if element.id in path
    )
    return any(element.loop is not None for element in elements)


def _paths(reading: Reading, case: Case) -> dict[str, tuple[str, ...]]:
    """Return the calls and sub-processes around each token of *case*, outermost first."""
    chosen = select(Activity.token, Activity.path).where(Activity.case_id == case.id)
    return {token: tuple(path) for token, path in reading.session.execute(chosen)}
