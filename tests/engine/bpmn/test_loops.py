"""Standard loops: an activity is done again while its condition is true."""

import pytest

from tests.engine.bpmn.models import (
    again,
    boundary,
    call,
    duration,
    element,
    end,
    error,
    escalation,
    flow,
    flows,
    mapping,
    message,
    of_error,
    of_escalation,
    of_message,
    process,
    service,
    start,
    sub,
    throw,
    user,
    xor,
    zeebe,
)
from tests.engine.bpmn.stage import Stage, asking, play


def test_it_goes_on_while_the_condition_is_true() -> None:
    stage = asking(again("= not(clear)"))

    for number in (1, 2, 3):
        assert stage.task("ask").local == {"loopCounter": number}
        stage.complete("ask", clear=number == 3)

    assert stage.places == ["after"]
    assert stage.variables == {"clear": True}
    assert stage.events("entered").count("ask") == 4  # The body, and three times.


@pytest.mark.parametrize(("before", "times"), [(False, 1), (True, 0)])
def test_a_condition_that_never_holds_is_tested_first_only_where_said(
    before: bool, times: int
) -> None:
    stage = asking(again("= more", before=before), more=False)

    for _ in range(times):
        stage.complete("ask")

    assert stage.places == ["after"]


@pytest.mark.parametrize("before", [True, False])
def test_the_maximum_ends_it(before: bool) -> None:
    stage = asking(again("= true", before=before, most=3))

    stage.complete("ask").complete("ask").complete("ask")

    assert stage.places == ["after"]


def test_a_maximum_alone_is_a_number_of_times() -> None:
    stage = asking(again(most=2))

    assert stage.complete("ask").places == ["ask"]
    assert stage.complete("ask").places == ["after"]


def test_the_condition_counts_what_has_been_done() -> None:
    stage = asking(again("= loopCounter < 2"))

    assert stage.complete("ask").places == ["ask"]
    assert stage.complete("ask").places == ["after"]


def test_each_time_the_mappings_are_carried_out() -> None:
    marks = mapping(inputs={"had": "= total"}, outputs={"total": "= had + more"})
    stage = asking(marks, again("= total < 10"), total=0)

    stage.complete("ask", more=4).complete("ask", more=4).complete("ask", more=4)

    assert stage.places == ["after"]
    assert stage.variables == {"total": 12}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("condition", ["= more", '= "yes"'])
def test_a_condition_that_is_not_boolean_is_an_incident(
    before: bool, condition: str
) -> None:
    stage = asking(again(condition, before=before))
    if not before:
        stage.complete("ask")

    assert stage.incidents == {"ask": "condition"}


@pytest.mark.parametrize("before", [True, False])
def test_an_incident_of_the_condition_can_be_put_right(before: bool) -> None:
    stage = asking(again("= more", before=before))
    if not before:
        stage.complete("ask")
    stage.correct(more=True).retry("ask")
    assert stage.places == ["ask"]

    stage.complete("ask", more=False)

    assert stage.places == ["after"]


def test_an_incident_inside_can_be_put_right() -> None:
    stage = asking(mapping(outputs={"total": "= had + 1"}), again("= total < 2"), had=0)
    assert stage.complete("ask").places == ["ask"]
    stage.complete("ask", had=1)

    assert stage.places == ["after"]
    assert stage.variables == {"had": 0, "total": 2}


def test_an_assignee_that_fails_in_the_second_round_stops_there() -> None:
    stage = asking(zeebe("assignmentDefinition", assignee="= who"), again(most=2), who="a")

    stage.complete("ask", who=3)
    assert stage.incidents == {"ask": "assignment"}
    stage.correct(who="b").retry("ask")

    assert stage.task("ask").assignee == "b"
    assert stage.task("ask").local == {"loopCounter": 2}


SUB = (start("s"), user("x"), end("e"), flows("s", "x", "e"))
KINDS = {
    "sub": (sub("part", again("= more"), *SUB),),
    "call": (call("part", "q", again("= more")), process("q", *SUB)),
}


def looping(kind: str, *more: str, **variables: object) -> Stage:
    return play(
        start(),
        *KINDS[kind],
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        *more,
        **variables,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_sub_processes_and_calls_are_done_again(kind: str) -> None:
    stage = looping(kind)

    stage.complete("x", more=True)
    assert stage.execution.visible(stage.token("x"))["loopCounter"] == 2
    stage.complete("x", more=False)

    assert stage.places == ["after"]
    assert stage.variables == {"more": False}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("interrupting", [True, False])
def test_boundary_events_watch_the_whole_loop(kind: str, interrupting: bool) -> None:
    limit = boundary("late", "part", duration("PT1H"), interrupting=interrupting)
    stage = looping(kind, limit, end("over"), flows("late", "over"))
    stage.complete("x", more=True)
    assert stage.places == ["late", "x"]

    stage.fire("late")

    assert stage.places == ([] if interrupting else ["x"])
    assert stage.ended is interrupting


def test_a_message_that_does_not_interrupt_comes_in_every_round() -> None:
    note = boundary("note", "part", of_message("m"), interrupting=False)
    over = (end("over"), flows("note", "over"), message("m", "= 1"))
    stage = looping("sub", note, *over)

    for more in (True, True, False):
        stage.deliver("note").complete("x", more=more)

    assert stage.places == ["after"]
    assert stage.events("entered").count("over") == 3


def test_an_error_of_a_job_ends_the_whole_loop() -> None:
    stage = play(
        start(),
        service("part", "weigh", again(most=3)),
        boundary("broken", "part", of_error("E")),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("broken", "over"),
        error("E", "scale"),
    ).finish("part")
    execution = stage.execution

    advance = execution.fail_job(stage.token("part"), "scale", {}, stage.around)

    assert advance.end_events == ("over",)
    assert advance.ended


def test_an_escalation_of_a_round_goes_to_the_border_and_the_round_goes_on() -> None:
    stage = play(
        start(),
        sub(
            "part",
            again(most=2),
            start("s"),
            throw("tell", of_escalation("hot")),
            user("x"),
            end("e"),
            flows("s", "tell", "x", "e"),
        ),
        boundary("hears", "part", of_escalation("hot"), interrupting=False),
        end(),
        end("over"),
        flows("start", "part", "end"),
        flows("hears", "over"),
        escalation("hot", "hot"),
    )

    stage.complete("x").complete("x")

    assert stage.ended
    assert stage.events("entered").count("over") == 2


def test_a_receive_task_waits_again() -> None:
    stage = play(
        start(),
        element("receiveTask", "part", again("= more"), messageRef="m"),
        end(),
        flows("start", "part", "end"),
        message("m", "= 1"),
    )

    stage.deliver("part", more=True).deliver("part", more=False)

    assert stage.ended


def test_a_loop_in_a_loop_counts_for_itself() -> None:
    stage = play(
        start(),
        sub(
            "outer",
            again(most=2),
            start("s"),
            user("inner", again(most=2)),
            end("e"),
            flows("s", "inner", "e"),
        ),
        end(),
        flows("start", "outer", "end"),
    )
    counts = []

    while not stage.ended:
        counts.append(stage.task("inner").local["loopCounter"])
        stage.complete("inner")

    assert counts == [1, 2, 1, 2]


def test_a_loop_begins_anew_in_each_round_of_rework() -> None:
    stage = play(
        start(),
        xor("again"),
        user("ask", again(most=2)),
        user("judge"),
        xor("good", default="good-end"),
        end(),
        flows("start", "again", "ask", "judge", "good", "end"),
        flow("good", "again", "= rework"),
    )

    for rework in (True, False):
        stage.complete("ask").complete("ask").complete("judge", rework=rework)

    assert stage.ended


def test_a_loop_without_rest_comes_to_a_stop() -> None:
    stage = play(
        start(),
        element("task", "spin", again("= true")),
        end(),
        flows("start", "spin", "end"),
    )

    assert stage.incidents == {"spin": "budget"}
