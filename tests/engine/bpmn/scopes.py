"""Scopes with event sub-processes, for the tests of them."""

from tests.engine.bpmn.models import (
    end,
    error,
    escalation,
    event_sub,
    flow,
    flows,
    fork,
    message,
    of_error,
    of_escalation,
    signal,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play

DEFINED = (
    message("withdrawal", "= number"),
    signal("stop"),
    error("bad", "B"),
    escalation("late", "L"),
)


def watch(
    *begins: str, name: str = "es", interrupting: bool = True, inside: str = ""
) -> str:
    """Return an event sub-process with the user task ``<name>-task`` in it."""
    return event_sub(
        name,
        inside,
        user(f"{name}-task"),
        end(f"{name}-end"),
        flows(f"{name}-start", f"{name}-task", f"{name}-end"),
        begins=begins,
        interrupting=interrupting,
    )


def beside_tasks(sub_process: str, **variables: object) -> Stage:
    """Play two tasks side by side in a process with an event sub-process."""
    return play(
        start(),
        fork("split"),
        user("a"),
        user("b"),
        end("end-a"),
        end("end-b"),
        flows("start", "split", "a", "end-a"),
        flows("split", "b", "end-b"),
        sub_process,
        *DEFINED,
        number=7,
        **variables,  # type: ignore[arg-type]
    )


def in_part(sub_process: str, *parts: str, **variables: object) -> Stage:
    """Play a sub-process with a task and with the event sub-process."""
    return play(
        start(),
        sub(
            "part",
            start("s"),
            user("work"),
            xor("how", default="how-done"),
            throw("told", of_escalation("late")),
            end("done"),
            end("failed", of_error("bad")),
            flows("s", "work", "how", "done"),
            flow("how", "failed", "= bad"),
            flow("how", "told", "= late"),
            flows("told", "done"),
            sub_process,
        ),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        *parts,
        *DEFINED,
        number=7,
        bad=False,
        late=False,
        **variables,  # type: ignore[arg-type]
    )
