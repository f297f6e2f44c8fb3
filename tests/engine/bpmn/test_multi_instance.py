"""Multi-instance activities: for each item of a list, at once or one after the other."""

import pytest

from tests.engine.bpmn.models import (
    boundary,
    call,
    duration,
    each,
    end,
    flows,
    mapping,
    process,
    service,
    start,
    sub,
    user,
    zeebe,
)
from tests.engine.bpmn.stage import asking, play

COLLECTING = {"outputCollection": "opinions", "outputElement": "= opinion"}


pytestmark = pytest.mark.usefixtures("many")


def test_everybody_is_asked_at_once_and_the_answers_are_collected() -> None:
    stage = asking(
        zeebe("assignmentDefinition", assignee="= item"),
        each("= people", **COLLECTING),
        people=["anna", "bo", "chen"],
    )
    tasks = {stage.waiting[token].assignee: token for token in stage.waiting}
    assert set(tasks) == {"anna", "bo", "chen"}
    assert stage.waiting[tasks["bo"]].local["loopCounter"] == 2

    for login in ("chen", "anna", "bo"):
        execution = stage.execution
        values = {"opinion": f"from {login}"}
        advance = execution.complete(tasks[login], values, stage.around)
        stage._keep(execution, advance)

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == ["from anna", "from bo", "from chen"]
    assert "opinion" not in stage.variables


def test_one_is_asked_after_the_other() -> None:
    stage = asking(each("= people", sequential=True, **COLLECTING), people=["a", None, "c"])

    for number, item in enumerate(["a", None, "c"], start=1):
        assert stage.task("ask").local["item"] == item
        assert stage.task("ask").local["loopCounter"] == number
        stage.complete("ask", opinion=number)

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == [1, 2, 3]


@pytest.mark.parametrize("sequential", [True, False])
def test_nobody_is_asked_of_an_empty_list(sequential: bool) -> None:
    stage = asking(each("= []", sequential=sequential, **COLLECTING))

    assert stage.places == ["after"]
    assert stage.variables == {"opinions": []}


@pytest.mark.parametrize("sequential", [True, False])
def test_enough_answers_end_it(sequential: bool) -> None:
    until = "= opinion or numberOfCompletedInstances > 2"
    stage = asking(each("= [1, 2, 3, 4]", sequential=sequential, until=until, **COLLECTING))

    stage.complete("ask", opinion=False)
    assert "ask" in stage.places
    stage.complete("ask", opinion=True)

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == [False, True, None, None]


@pytest.mark.parametrize("collection", ["= nothing", "= 3", '= "abc"'])
def test_what_is_no_list_is_an_incident(collection: str) -> None:
    stage = asking(each(collection))

    assert stage.incidents == {"ask": "collection"}


def test_a_completion_condition_that_is_null_stops_the_instance() -> None:
    stage = asking(each("= [1, 2]", until="= enough"))

    stage.complete("ask")
    assert stage.incidents == {"ask": "condition"}
    stage.correct(enough=True).retry("ask")

    assert stage.places == ["after"]


def test_sub_processes_have_their_own_items() -> None:
    stage = play(
        start(),
        sub(
            "part",
            each(
                "= lots", item="lot", outputCollection="results", outputElement="= result"
            ),
            start("s"),
            user("test"),
            user("note"),
            end("e"),
            flows("s", "test", "note", "e"),
        ),
        end(),
        flows("start", "part", "end"),
        lots=["L1", "L2"],
    )
    seen = [stage.execution.visible(token)["lot"] for token in stage.waiting]
    assert seen == ["L1", "L2"]

    stage.complete("test", result="bad").complete("test", result="good")
    stage.complete("note").complete("note")

    assert stage.ended
    assert stage.variables == {"lots": ["L1", "L2"], "results": ["bad", "good"]}


def test_calls_are_made_for_each_item() -> None:
    stage = play(
        start(),
        call(
            "ask",
            "q",
            each("= groups", item="group", **COLLECTING),
            mapping(outputs={"opinion": "= answer"}),
        ),
        end(),
        flows("start", "ask", "end"),
        process("q", start("s"), user("x"), end("e"), flows("s", "x", "e")),
        groups=["g1", "g2"],
    )
    assert [stage.execution.visible(t)["group"] for t in stage.waiting] == ["g1", "g2"]

    stage.complete("x", answer=1).complete("x", answer=2)

    assert stage.ended
    assert stage.variables == {"groups": ["g1", "g2"], "opinions": [1, 2]}


def test_jobs_are_done_for_each_item() -> None:
    stage = play(
        start(),
        service("tell", "notify", each("= [1, 2]")),
        end(),
        flows("start", "tell", "end"),
    )

    assert stage.finish("tell").finish("tell").ended


def test_a_limit_takes_all_instances_away() -> None:
    stage = play(
        start(),
        sub(
            "part", each("= [1, 2]"), start("s"), user("x"), end("e"), flows("s", "x", "e")
        ),
        boundary("limit", "part", duration("PT1H")),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("limit", "over"),
    )
    stage.complete("x")

    stage.fire("limit")

    assert stage.ended
    assert not stage.waiting


def test_many_instances_come_to_their_end() -> None:
    stage = asking(each("= for i in 1..60 return i", **COLLECTING))

    for number in range(60):
        stage.complete("ask", opinion=number)

    assert stage.variables["opinions"] == list(range(60))
