"""Idle instances stay as text until somebody asks for them; nobody sees a difference."""

import json

import pytest

from engine.bpmn import Definitions, Execution, ModelError
from engine.bpmn.workflow import Token
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import (
    boundary,
    diagram,
    duration,
    each,
    either,
    end,
    flow,
    flows,
    fork,
    message,
    of_message,
    of_signal,
    process,
    signal,
    start,
    sub,
    user,
)
from tests.engine.bpmn.stage import Stage, play

INSIDE = (start("s"), user("x"), end("e"), flows("s", "x", "e"))


def visits(*inside: str, count: int = 20, **marks: object) -> Stage:
    return play(
        start(),
        sub("part", each(f"= for i in 1..{count} return i", **marks), *inside),
        boundary("late", "part", duration("PT1H")),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("late", "over"),
    )


def asleep(stage: Stage) -> int:
    entries = json.loads(stage.saved.state).get("asleep", {})
    return sum(map(len, entries.values()))


def test_idle_instances_sleep_and_come_back_when_they_are_asked_for() -> None:
    stage = visits(*INSIDE)
    assert asleep(stage) == 20

    for left in range(19, -1, -1):
        stage.complete("x")
        assert asleep(stage) == left

    assert stage.ended


def test_a_few_instances_stay_awake() -> None:
    assert asleep(visits(*INSIDE, count=7)) == 0


def test_loading_and_saving_changes_nothing() -> None:
    stage = visits(*INSIDE).complete("x")

    assert stage.execution.save() == stage.saved


def test_everything_is_seen_while_it_sleeps() -> None:
    stage = visits(*INSIDE)

    assert sorted(stage.execution.awaited.values()) == ["task"] * 20 + ["timer"]
    assert len(stage.execution.places) == 42  # With the body and its timer.
    assert stage.execution.visible(stage.token("x"))["item"] == 1


def test_a_limit_cancels_those_that_sleep_oldest_first() -> None:
    stage = visits(*INSIDE)
    tokens = list(stage.waiting)

    stage.fire("late")

    assert stage.ended
    assert set(stage.last.closed) == set(tokens)
    tasks = [a.token for a in stage.last.activities if a.element_id == "x"]
    assert tasks == sorted(tasks, key=lambda token: int(token[1:]))
    assert len(tasks) == 20


def test_enough_of_them_end_the_others() -> None:
    stage = visits(*INSIDE, until="= numberOfCompletedInstances = 3")

    stage.complete("x").complete("x").complete("x")

    assert stage.ended
    assert not stage.waiting


def test_an_instance_with_an_incident_is_awake() -> None:
    stage = visits(
        start("s"),
        user("x", '<zeebe:assignmentDefinition assignee="= if item = 3 then 1 else who"/>'),
        end("e"),
        flows("s", "x", "e"),
    )
    assert asleep(stage) == 0
    assert len(stage.execution.incidents) == 20

    stage.correct(who="anna")
    for _ in range(19):
        token = next(i.token for i in stage.execution.incidents if _third(stage, i.token))
        execution = stage.execution
        stage._keep(execution, execution.retry(token, stage.around))

    assert asleep(stage) == 19
    assert len(stage.execution.incidents) == 1


def _third(stage: Stage, token: str) -> bool:
    return stage.execution.visible(token)["item"] != 3


def test_a_signal_is_heard_by_every_instance() -> None:
    stage = play(
        start(),
        fork("split"),
        sub(
            "part",
            each("= for i in 1..10 return i"),
            *INSIDE,
            boundary("heard", "x", of_signal("g")),
            end("off"),
            flows("heard", "off"),
        ),
        user("call"),
        end("shout", of_signal("g")),
        end(),
        flows("start", "split", "part", "end"),
        flows("split", "call", "shout"),
        signal("g", "fire"),
    )
    assert asleep(stage) == 0

    assert stage.complete("call").ended


def test_messages_reach_those_that_sleep() -> None:
    stage = play(
        start(),
        sub(
            "part",
            each("= for i in 1..10 return i"),
            *INSIDE,
            boundary("note", "x", of_message("m"), interrupting=False),
            end("noted"),
            flows("note", "noted"),
        ),
        end(),
        flows("start", "part", "end"),
        message("m", "= item"),
    )
    assert asleep(stage) == 10

    stage.deliver("note").deliver("note")
    assert asleep(stage) == 10
    for _ in range(10):
        stage.complete("x")

    assert stage.ended


def test_an_inclusive_join_waits_for_those_that_sleep() -> None:
    stage = play(
        start(),
        either("which", default="which-b"),
        user("a", each("= for i in 1..10 return i")),
        user("b"),
        either("join"),
        user("after"),
        end(),
        flows("start", "which"),
        flow("which", "a", "= true"),
        flow("which", "b"),
        flows("a", "join"),
        flows("b", "join", "after", "end"),
    )

    for _ in range(9):
        assert "after" not in stage.complete("a").places

    assert stage.complete("a").places == ["after"]


def test_a_join_inside_an_instance_keeps_it_awake() -> None:
    stage = visits(
        start("s"),
        fork("split"),
        user("x"),
        user("y"),
        either("join"),
        end("e"),
        flows("s", "split", "x", "join", "e"),
        flows("split", "y", "join"),
        count=10,
    )
    stage.complete("x")
    assert asleep(stage) == 9

    for _ in range(10):
        stage.complete("y")
    for _ in range(9):
        stage.complete("x")

    assert stage.ended


def test_a_sleeping_instance_of_other_definitions_is_refused() -> None:
    stage = visits(*INSIDE)
    other = diagram(
        process(
            "p",
            start(),
            sub(
                "part",
                each("= [1]"),
                start("s"),
                user("z"),
                end("e"),
                flows("s", "z", "e"),
            ),
            boundary("late", "part", duration("PT1H")),
            end(),
            flows("start", "part", "end"),
            flows("late", "end"),
        )
    )
    definitions = Definitions.parse({"p.bpmn": other}, DecisionModel.parse({}))
    execution = Execution.load(definitions, stage.saved)

    with pytest.raises(ModelError, match="element “x”"):
        execution.complete(stage.token("x"), {}, stage.around)


def test_what_has_slept_is_saved_as_what_never_did() -> None:
    stage = visits(
        start("s"),
        user("x"),
        user("y"),
        end("e"),
        flows("s", "x", "y", "e"),
    )
    live = stage.execution
    for element in ("x", "y", "x", "x"):
        token = stage.token(element)
        live.complete(token, {}, stage.around)
        stage.complete(element)

        assert live.save() == stage.saved


def test_one_of_hundreds_costs_as_little_as_one_of_ten(monkeypatch) -> None:
    made: list[str] = []
    init = Token.__init__

    def counted(token: Token, *args: object, **more: object) -> None:
        made.append("token")
        init(token, *args, **more)

    monkeypatch.setattr(Token, "__init__", counted)
    tokens = {}
    for count in (10, 300):
        stage = visits(*INSIDE, count=count)
        made.clear()
        stage.complete("x")
        tokens[count] = len(made)

    assert tokens[10] == tokens[300]
