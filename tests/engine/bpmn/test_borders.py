"""Boundary events of every kind, on activities of every kind, several on one."""

from collections.abc import Callable

import pytest

from tests.engine.bpmn.models import (
    again,
    boundary,
    call,
    duration,
    each,
    element,
    end,
    error,
    escalation,
    flow,
    flows,
    mapping,
    message,
    of_condition,
    of_error,
    of_escalation,
    of_message,
    of_signal,
    process,
    script,
    service,
    signal,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play

DEFINED = (
    message("recall"),
    message("arrival"),
    signal("stop"),
    error("bad", "B"),
    escalation("late", "L"),
)
INSIDE = (
    start("s"),
    user("task"),
    xor("how", default="how-e"),
    throw("up", of_escalation("late")),
    end("failed", of_error("bad")),
    end("e"),
    flows("s", "task", "how", "e"),
    flow("how", "up", '= how = "late"'),
    flow("how", "failed", '= how = "bad"'),
    flows("up", "e"),
)
LIST = "= [1, 2]"
HOSTS: dict[str, str] = {
    "user task": user("work"),
    "manual task": element("manualTask", "work"),
    "receive task": element("receiveTask", "work", messageRef="arrival"),
    "service task": service("work", "notify"),
    "sub-process": sub("work", *INSIDE),
    "transaction": element("transaction", "work", *INSIDE),
    "call activity": call("work", "q"),
    "parallel tasks": user("work", each(LIST)),
    "tasks in turn": user("work", each(LIST, sequential=True)),
    "parallel sub-processes": sub("work", *INSIDE, each(LIST)),
    "sub-processes in turn": sub("work", *INSIDE, each(LIST, sequential=True)),
    "parallel calls": call("work", "q", each(LIST)),
    "calls in turn": call("work", "q", each(LIST, sequential=True)),
    "repeated task": user("work", again("= true", most=2)),
    "repeated sub-process": sub("work", *INSIDE, again("= true", most=2)),
}
WITH_PROCESS = [
    name for name in HOSTS if any(w in name for w in ("process", "call", "transaction"))
]
EVENTS: dict[str, tuple[str, Callable[[Stage], Stage]]] = {
    "timer": (duration("PT1H"), lambda stage: stage.fire("timer")),
    "message": (of_message("recall"), lambda stage: stage.deliver("message")),
    "signal": (of_signal("stop"), lambda stage: stage.deliver("signal")),
    "conditional": (of_condition("= stop"), lambda stage: stage.correct(stop=True)),
}
THROWN: dict[str, tuple[str, Callable[[Stage], Stage]]] = {
    "error": (of_error("bad"), lambda stage: stage.complete("task", how="bad")),
    "escalation": (of_escalation(), lambda stage: stage.complete("task", how="late")),
}


def at_border(host: str, *events: str, interrupting: bool = True) -> Stage:
    """Play *host* with boundary events, each leading to a task of its name."""
    parts = [HOSTS[host]]
    for name in events:
        definition = {**EVENTS, **THROWN}[name][0]
        parts += [
            boundary(name, "work", definition, interrupting=interrupting),
            user(f"after-{name}"),
            end(f"end-{name}"),
            flows(name, f"after-{name}", f"end-{name}"),
        ]
    return play(
        start(),
        *parts,
        end(),
        flows("start", "work", "end"),
        *([process("q", *INSIDE)] if "call" in host else []),
        *DEFINED,
        number="1",
        how="well",
    )


def finish(stage: Stage) -> Stage:
    """Do all that waits at the host."""
    while not stage.ended:
        place = next((p for p in stage.places if p in ("work", "task")), None)
        if place is None:
            break
        token = stage.token(place)
        kind = type(stage.waiting[token]).__name__
        doing = {"UserTask": stage.complete, "Subscription": stage.deliver}
        doing.get(kind, stage.finish)(place)
    return stage


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("host", HOSTS)
def test_an_interrupting_event_ends_the_activity(host: str, event: str) -> None:
    stage = at_border(host, event)
    waiting = set(stage.waiting)

    EVENTS[event][1](stage)

    assert stage.places == [f"after-{event}"]
    assert waiting.isdisjoint(stage.waiting)
    assert "work" in stage.events("cancelled")
    assert stage.complete(f"after-{event}").last.end_events == (f"end-{event}",)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("host", HOSTS)
def test_one_that_does_not_interrupt_leaves_it_alone(host: str, event: str) -> None:
    stage = at_border(host, event, interrupting=False)
    before = stage.places

    EVENTS[event][1](stage)

    once = [place for place in before if not (place == event == "timer")]
    assert stage.places == sorted([*once, f"after-{event}"])
    finish(stage)
    assert stage.places == [f"after-{event}"]
    assert stage.events("cancelled") == []
    assert stage.complete(f"after-{event}").ended


@pytest.mark.parametrize("host", HOSTS)
def test_an_event_that_does_not_happen_goes_with_its_activity(host: str) -> None:
    stage = finish(at_border(host, *EVENTS))

    assert stage.ended
    assert not stage.waiting
    assert not stage.execution.places


@pytest.mark.parametrize("thrown", THROWN)
@pytest.mark.parametrize("host", WITH_PROCESS)
def test_what_is_thrown_inside_comes_to_the_border(host: str, thrown: str) -> None:
    stage = at_border(host, thrown)

    THROWN[thrown][1](stage)

    assert stage.places == [f"after-{thrown}"]
    assert stage.events("cancelled")[-1] == "work"


@pytest.mark.parametrize("host", WITH_PROCESS)
def test_an_escalation_that_does_not_interrupt_is_told(host: str) -> None:
    stage = at_border(host, "escalation", interrupting=False)

    THROWN["escalation"][1](stage)
    stage.correct(how="well")

    assert "after-escalation" in stage.places
    finish(stage)
    assert stage.places == ["after-escalation"]


@pytest.mark.parametrize("first", [*EVENTS, *THROWN])
def test_of_several_on_one_activity_the_first_ends_the_others(first: str) -> None:
    stage = at_border("sub-process", *EVENTS, *THROWN)
    assert stage.places == ["message", "signal", "task", "timer"]

    {**EVENTS, **THROWN}[first][1](stage)

    assert stage.places == [f"after-{first}"]
    assert stage.complete(f"after-{first}").ended


def test_several_that_do_not_interrupt_all_happen() -> None:
    stage = at_border("sub-process", *EVENTS, "escalation", interrupting=False)

    for event in EVENTS:
        EVENTS[event][1](stage)
    THROWN["escalation"][1](stage)

    after = [f"after-{name}" for name in (*EVENTS, "escalation")]
    assert stage.places == sorted(after)


def test_the_activity_of_an_event_sees_the_event_before_the_ready_work_beside_it() -> None:
    stage = play(
        start(),
        sub(
            "work",
            start("s"),
            user("task"),
            '<bpmn:parallelGateway id="split"/>',
            end("failed", of_error("bad")),
            script("count", "= 1", "counted"),
            end("e"),
            flows("s", "task", "split", "failed"),
            flows("split", "count", "e"),
        ),
        boundary("caught", "work", of_error("bad")),
        end(),
        flows("start", "work", "end"),
        flows("caught", "end"),
        *DEFINED,
    )

    stage.complete("task")

    assert stage.ended
    assert "counted" not in stage.variables
    assert "count" not in stage.events("entered")


def test_what_an_event_sets_going_runs_before_other_ready_work() -> None:
    stage = play(
        start(),
        sub(
            "work",
            start("s"),
            user("task"),
            '<bpmn:parallelGateway id="split"/>',
            throw("up", of_escalation("late")),
            script("inner", '= append(order, "inner")', "order"),
            script("beside", '= append(order, "beside")', "order"),
            end("e1"),
            end("e2"),
            flows("s", "task", "split", "up", "inner", "e1"),
            flows("split", "beside", "e2"),
        ),
        boundary("told", "work", of_escalation("late"), interrupting=False),
        script("handler", '= append(order, "handler")', "order"),
        script("handled", '= append(order, "handled")', "order"),
        end("done"),
        end(),
        flows("start", "work", "end"),
        flows("told", "handler", "handled", "done"),
        *DEFINED,
        order=[],
    )

    stage.complete("task")

    assert stage.variables["order"] == ["handler", "handled", "beside", "inner"]


def test_an_event_picks_from_what_comes_with_it() -> None:
    stage = play(
        start(),
        user("work"),
        boundary(
            "recalled",
            "work",
            of_message("recall"),
            mapping(outputs={"reason.text": "= why", "reason.by": "= who"}),
        ),
        end(),
        flows("start", "work", "end"),
        flows("recalled", "end"),
        *DEFINED,
        number="1",
    ).deliver("recalled", why="burst", who="plant")

    assert stage.variables == {"number": "1", "reason": {"text": "burst", "by": "plant"}}
