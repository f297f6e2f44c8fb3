"""Conditions and default flows out of activities choose as an inclusive gateway does."""

import pytest

from tests.engine.bpmn.models import (
    call,
    each,
    either,
    element,
    end,
    flow,
    flows,
    fork,
    message,
    process,
    script,
    service,
    start,
    sub,
    user,
)
from tests.engine.bpmn.stage import Stage, play

INSIDE = (start("s"), user("y"), end("e"), flows("s", "y", "e"))


def leaving(*ways: str, default: str | None = None, **variables: object) -> Stage:
    """Leave user task x by *ways*, to a, b and c."""
    marks = {} if default is None else {"default": default}
    return play(
        start(),
        user("x", **marks),
        *(user(name) for name in ("a", "b", "c")),
        end(),
        flow("start", "x"),
        *ways,
        *(flow(name, "end") for name in ("a", "b", "c")),
        **variables,
    ).complete("x")


A, B, C = flow("x", "a", "= a"), flow("x", "b", "= b"), flow("x", "c")


@pytest.mark.parametrize(
    ("a", "b", "default", "places"),
    [
        (True, True, None, ["a", "b", "c"]),
        (False, True, None, ["b", "c"]),
        (False, False, None, ["c"]),
        (True, True, "x-c", ["a", "b"]),
        (True, False, "x-c", ["a"]),
        (False, False, "x-c", ["c"]),
    ],
)
def test_flows_that_hold_are_taken(
    a: bool, b: bool, default: str | None, places: list[str]
) -> None:
    stage = leaving(A, B, C, default=default, a=a, b=b)

    assert stage.places == places


def test_the_default_flow_is_taken_beside_one_without_a_condition() -> None:
    ways = (A, flow("x", "b"), C)

    assert leaving(*ways, default="x-c", a=False).places == ["b", "c"]
    assert leaving(*ways, default="x-c", a=True).places == ["a", "b"]


def test_no_flow_to_take_is_an_incident_of_the_activity() -> None:
    stage = leaving(A, B, flow("x", "c", "= c"), a=False, b=False, c=False)
    assert stage.incidents == {"x": "no-flow"}

    stage.correct(b=True).retry("x")

    assert stage.places == ["b"]
    assert stage.events("left").count("x") == 1


def test_a_condition_that_is_null_stops_the_activity_with_its_work_kept() -> None:
    stage = leaving(A, B, C, a=True)
    assert stage.incidents == {"x": "condition"}
    assert stage.places == []

    stage.correct(b=False).retry("x")

    assert stage.places == ["a", "c"]


def test_conditions_see_what_the_activity_wrote_and_its_inputs() -> None:
    stage = play(
        start(),
        element(
            "scriptTask",
            "x",
            '<zeebe:script expression="= n * 2" resultVariable="m"/>',
            '<zeebe:ioMapping><zeebe:input source="= 4" target="n"/></zeebe:ioMapping>',
        ),
        user("a"),
        user("b"),
        end(),
        flow("start", "x"),
        flow("x", "a", "= m = 8 and n = 4"),
        flow("x", "b", "= m != 8"),
        flows("a", "end"),
        flows("b", "end"),
    )

    assert stage.places == ["a"]


ACTIVITIES = {
    "scriptTask": (script("x", "= 1", "n"),),
    "serviceTask": (service("x", "notify"),),
    "receiveTask": (element("receiveTask", "x", messageRef="m"), message("m", "= 1")),
    "subProcess": (sub("x", *INSIDE),),
    "callActivity": (call("x", "q"), process("q", *INSIDE)),
    "multiInstance": (user("x", each("= [1]")),),
    "task": (element("task", "x"),),
}


def moved(stage: Stage) -> Stage:
    """Do whatever work waits at x or inside it."""
    place = next(iter(stage.places), "")
    if place == "y":
        return stage.complete("y")
    kind = type(stage.waiting[stage.token("x")]).__name__ if place == "x" else ""
    steps = {"UserTask": "complete", "Job": "finish", "Subscription": "deliver"}
    return getattr(stage, steps[kind])("x") if kind else stage


@pytest.mark.parametrize("kind", ACTIVITIES)
@pytest.mark.parametrize("good", [True, False])
def test_every_kind_of_activity_chooses(kind: str, good: bool) -> None:
    activity, *beside = ACTIVITIES[kind]
    stage = play(
        start(),
        activity.replace('id="x"', 'id="x" default="x-b"', 1),
        user("a"),
        user("b"),
        end(),
        flow("start", "x"),
        flow("x", "a", "= good"),
        flow("x", "b"),
        flows("a", "end"),
        flows("b", "end"),
        *beside,
        good=good,
    )

    assert moved(stage).places == ["a" if good else "b"]


def test_an_inclusive_join_waits_for_the_flows_that_an_activity_took() -> None:
    stage = play(
        start(),
        user("x"),
        user("a"),
        user("b"),
        either("join"),
        user("after"),
        end(),
        flow("start", "x"),
        flow("x", "a", "= a"),
        flow("x", "b", "= b"),
        flows("a", "join", "after", "end"),
        flow("b", "join"),
        a=True,
        b=True,
    ).complete("x")

    assert stage.complete("a").places == ["b"]
    assert stage.complete("b").places == ["after"]


def test_two_flows_of_one_activity_may_lead_to_one_join() -> None:
    stage = play(
        start(),
        user("x"),
        fork("join"),
        user("after"),
        end(),
        flows("start", "x", "join", "after", "end"),
        flow("x", "join", flow_id="second"),
    ).complete("x")

    assert stage.places == ["after"]


def test_messages_end_a_receive_task_that_chooses() -> None:
    stage = play(
        start(),
        element("receiveTask", "x", messageRef="m"),
        end(),
        end("other"),
        flow("start", "x"),
        flow("x", "end", "= amount > 10"),
        flow("x", "other", "= amount <= 10"),
        message("m", "= 1"),
    ).deliver("x", amount=3)

    assert stage.last.end_events == ("other",)
