"""Multi-instance activities where they are easily done wrong: numbers, borders, rounds."""

import pytest

from tests.engine.bpmn.models import (
    boundary,
    call,
    cycle,
    duration,
    each,
    end,
    error,
    flow,
    flows,
    mapping,
    message,
    of_error,
    of_message,
    process,
    script,
    service,
    start,
    sub,
    times,
    user,
    xor,
)
from tests.engine.bpmn.stage import asking, play

COLLECTING = {"outputCollection": "opinions", "outputElement": "= opinion"}
SUB = (start("s"), user("x"), end("e"), flows("s", "x", "e"))


pytestmark = pytest.mark.usefixtures("many")


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("number", ["3", "= 3", "= count(people)"])
def test_a_cardinality_is_a_number_of_instances(number: str, sequential: bool) -> None:
    stage = asking(
        times(number, "nth", sequential=sequential, **COLLECTING), people=["a", "b", "c"]
    )

    for nth in (1, 2, 3):
        assert stage.task("ask").local == {"loopCounter": nth, "nth": nth, "opinion": None}
        stage.complete("ask", opinion=nth * 10)

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == [10, 20, 30]


@pytest.mark.parametrize("number", ["= 0", "0"])
def test_a_cardinality_of_zero_is_passed(number: str) -> None:
    assert asking(times(number)).places == ["after"]


@pytest.mark.parametrize("number", ["= 1.5", "= -1", "= nothing", "= true", "= [1]"])
def test_a_cardinality_that_is_no_whole_number_is_an_incident(number: str) -> None:
    assert asking(times(number)).incidents == {"ask": "collection"}


@pytest.mark.parametrize("marks", [times("= n"), each("= for i in 1..n return i")])
def test_too_many_instances_are_an_incident_that_can_be_put_right(marks: str) -> None:
    stage = asking(marks, n=1001)
    assert stage.incidents == {"ask": "budget"}

    stage.correct(n=1).retry("ask").complete("ask")

    assert stage.places == ["after"]


@pytest.mark.parametrize("marks", [times("= n"), times("= n", sequential=True)])
def test_a_thousand_instances_are_begun(marks: str) -> None:
    stage = play(
        start(),
        script("add", "= n", "m").replace("</bpmn:script", f"{marks}</bpmn:script"),
        end(),
        flows("start", "add", "end"),
        n=1000,
    )

    assert stage.ended
    assert stage.events("left").count("add") == 1001


@pytest.mark.parametrize("sequential", [True, False])
def test_the_first_item_may_be_null(sequential: bool) -> None:
    stage = asking(each("= [null, null]", sequential=sequential, **COLLECTING))

    stage.complete("ask", opinion=None).complete("ask", opinion=2)

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == [None, 2]


@pytest.mark.parametrize("sequential", [True, False])
def test_each_round_of_rework_collects_anew(sequential: bool) -> None:
    stage = play(
        start(),
        xor("again"),
        user("ask", each("= people", sequential=sequential, **COLLECTING)),
        user("judge"),
        xor("good", default="good-end"),
        end(),
        flows("start", "again", "ask", "judge", "good", "end"),
        flow("good", "again", "= rework"),
        people=["a", "b"],
    )
    stage.complete("ask", opinion=1).complete("ask", opinion=2)
    stage.complete("judge", rework=True, people=["c"])
    assert stage.variables["opinions"] == [1, 2]

    stage.complete("ask", opinion=3).complete("judge", rework=False)

    assert stage.ended
    assert stage.variables["opinions"] == [3]


def test_an_item_may_have_the_name_of_a_variable() -> None:
    stage = asking(each("= [1, 2]", item="n"), n="kept")

    assert stage.task("ask").local["n"] == 1
    stage.complete("ask", n=7).complete("ask")

    assert stage.variables == {"n": "kept"}


@pytest.mark.parametrize("kind", ["user", "sub", "call"])
@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("trigger", ["timer", "message"])
def test_border_events_stand_for_all_instances(
    kind: str, sequential: bool, interrupting: bool, trigger: str
) -> None:
    marks = each("= [1, 2, 3]", sequential=sequential)
    activity = {
        "user": user("part", marks),
        "sub": sub("part", marks, *SUB),
        "call": call("part", "q", marks),
    }[kind]
    place = "part" if kind == "user" else "x"
    event = {"timer": duration("PT1H"), "message": of_message("m")}[trigger]
    stage = play(
        start(),
        activity,
        boundary("late", "part", event, interrupting=interrupting),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("late", "over"),
        *([process("q", *SUB)] if kind == "call" else []),
        message("m", "= 1"),
    ).complete(place)
    assert stage.places.count("late") == 1

    if trigger == "timer":
        stage.fire("late")
    else:
        stage.deliver("late")

    assert stage.events("entered").count("over") == 1
    assert stage.ended is interrupting
    if not interrupting:
        assert stage.complete(place).complete(place).ended


def test_a_cycle_reminds_while_any_instance_is_left() -> None:
    stage = play(
        start(),
        user("part", each("= [1, 2]")),
        boundary("late", "part", cycle("R/PT1H"), interrupting=False),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("late", "over"),
    )

    stage.fire("late").complete("part").fire("late").complete("part")

    assert stage.ended
    assert stage.events("entered").count("over") == 2


def test_an_error_of_one_instance_takes_the_others_away() -> None:
    stage = play(
        start(),
        sub(
            "part",
            each("= [1, 2, 3]"),
            start("s"),
            user("x"),
            xor("ok", default="ok-e"),
            end("e"),
            end("bad", of_error("E")),
            flows("s", "x", "ok", "e"),
            flow("ok", "bad", "= broken"),
        ),
        boundary("broken", "part", of_error("E")),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("broken", "over"),
        error("E", "scale"),
    ).complete("x", broken=False)

    stage.complete("x", broken=True)

    assert stage.ended
    assert not stage.waiting
    assert stage.last.end_events == ("over",)


def test_an_incident_in_one_instance_leaves_the_others_be() -> None:
    stage = asking(
        mapping(inputs={"who": "= item"}),
        each("= [1, 2]", until="= enough", **COLLECTING),
    )

    stage.complete("ask", opinion=1)
    assert stage.incidents == {"ask": "condition"}
    stage.complete("ask", opinion=2, enough=False)
    stage.retry("ask")

    assert stage.places == ["after"]
    assert stage.variables["opinions"] == [1, 2]


def test_instances_of_a_job_fail_one_by_one() -> None:
    stage = play(
        start(),
        service("tell", "=item", each('= ["a", null]')),
        end(),
        flows("start", "tell", "end"),
    )
    assert stage.incidents == {"tell": "job"}

    assert stage.finish("tell").incidents == {"tell": "job"}
    assert not stage.ended


def test_nested_instances_collect_into_their_own_lists() -> None:
    inner = each("= group", item="member", outputCollection="said", outputElement="= word")
    outer = each(
        "= groups", item="group", outputCollection="minutes", outputElement="= said"
    )
    stage = play(
        start(),
        sub(
            "part",
            outer,
            start("s"),
            user("ask", inner),
            end("e"),
            flows("s", "ask", "e"),
        ),
        end(),
        flows("start", "part", "end"),
        groups=[["a", "b"], ["c"]],
    )

    while not stage.ended:
        token = stage.token("ask")
        member = stage.execution.visible(token)["member"]
        stage.complete("ask", word=member.upper())

    assert stage.variables["minutes"] == [["A", "B"], ["C"]]


def test_completed_instances_are_counted() -> None:
    until = (
        "= numberOfCompletedInstances = 2 and numberOfInstances = 4 and "
        "numberOfActiveInstances = 2"
    )
    stage = asking(each("= [1, 2, 3, 4]", until=until))

    assert stage.complete("ask").places == ["ask", "ask", "ask"]
    assert stage.complete("ask").places == ["after"]


def test_the_list_is_held_once() -> None:
    items = [f"batch {number}" for number in range(200)]
    size = {}
    for sequential in (True, False):
        stage = asking(each("= items", sequential=sequential), items=items)
        size[sequential] = len(stage.saved.state)

    assert size[True] < 200 * len("batch 100xxxxx")
    assert size[False] < 200 * 100
