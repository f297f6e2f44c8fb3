"""Compares a task that waits with how it must."""

from collections.abc import Callable, Iterator
from datetime import datetime

from engine.model import InvalidValues, Sentence, Variables
from engine.policy.scenario import TaskWaits
from engine.queries.progress.trace import WaitingTask
from engine.simulation.differences import Differs

Shown = Callable[[datetime], str]


def compare_task(deed: TaskWaits, task: WaitingTask, shown: Shown) -> Iterator[Sentence]:
    """Yield every difference: for whom it waits, until when, when people are reminded."""
    wrong = deed.group is not None and deed.group not in task.roles
    if wrong or (deed.groups and set(deed.groups) != set(task.roles)):
        yield Sentence(
            "Expected {task} to wait for {role}, but it waits for {roles}.",
            {
                "task": task.name,
                "role": ", ".join(deed.groups) or deed.group,
                "roles": ", ".join(task.roles) or "-",
            },
        )
    if deed.due is not None and deed.due != task.due:
        yield Sentence(
            "Expected {task} to be due at {expected}, but it is due at {due}.",
            {
                "task": task.name,
                "expected": shown(deed.due),
                "due": shown(task.due) if task.due else "-",
            },
        )
    if deed.warn is not None and deed.warn != task.warn:
        yield Sentence(
            "Expected a reminder of {task} at {expected}, but it comes at {warn}.",
            {
                "task": task.name,
                "expected": shown(deed.warn),
                "warn": shown(task.warn) if task.warn else "-",
            },
        )


def leave_out_each(
    fields: tuple[str, ...], values: Variables, attempt: Callable[[Variables], object]
) -> None:
    """Make an attempt without each of *fields* in turn, which must be refused there.

    A field is emptied, so that nothing is preset there; a list is left out.

    Raises:
        Differs: If one of them is not missed.
    """
    for field in fields:
        try:
            attempt(_emptied(values, field))
        except InvalidValues as refusal:
            if any(path.split(".")[0] == field for path in refusal.errors):
                continue
        raise Differs("Expected to be refused without {field}, but it is not.", field=field)


def _emptied(values: Variables, field: str) -> Variables:
    if isinstance(values[field], list | dict):
        return {name: value for name, value in values.items() if name != field}
    return {**values, field: None}
