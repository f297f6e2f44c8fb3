"""Errors, escalations, terminations, and events on the borders of activities."""

from datetime import timedelta

from engine.bpmn import Advance
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    cycle,
    duration,
    end,
    error,
    escalation,
    flow,
    flows,
    fork,
    mapping,
    message,
    of_error,
    of_escalation,
    of_message,
    process,
    service,
    start,
    sub,
    terminate,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.stage import MONDAY, Stage, play


def opened(advance: Advance) -> list[str]:
    return [waiting.element_id for waiting in advance.opened]


def test_an_error_leaves_the_sub_process() -> None:
    stage = play(
        start(),
        sub(
            "part",
            start("s"),
            fork("split"),
            user("work"),
            user("beside"),
            end("failed", of_error("no-stock")),
            end("done"),
            flows("s", "split", "work", "failed"),
            flows("split", "beside", "done"),
        ),
        boundary("other", "part", of_error()),
        boundary("caught", "part", of_error("no-stock")),
        user("order"),
        user("ask"),
        end(),
        flows("start", "part", "end"),
        flows("caught", "order", "end"),
        flows("other", "ask", "end"),
        error("no-stock", "E1"),
    )

    stage.complete("work")

    assert stage.places == ["order"]
    assert stage.events("cancelled") == ["beside", "part"]
    assert "failed" in stage.events("left")


def test_an_error_goes_through_calls_to_whoever_catches_it() -> None:
    stage = play(
        start(),
        call("ask", "q"),
        boundary("caught", "ask", of_error()),
        user("order"),
        end(),
        flows("start", "ask", "end"),
        flows("caught", "order", "end"),
        process(
            "q",
            start("s"),
            sub(
                "inner",
                start("s2"),
                user("x"),
                end("e2", of_error("bad")),
                flows("s2", "x", "e2"),
            ),
            end("e"),
            flows("s", "inner", "e"),
        ),
        error("bad", "B"),
    )

    assert stage.complete("x").places == ["order"]


def test_an_error_that_nobody_catches_is_an_incident() -> None:
    stage = play(
        start(),
        user("x"),
        end("failed", of_error("bad")),
        flows("start", "x", "failed"),
        error("bad", "B"),
    )

    stage.complete("x")

    assert stage.incidents == {"failed": "error"}
    assert not stage.ended


def test_a_job_may_fail_with_an_error() -> None:
    stage = play(
        start(),
        service("send", "notify"),
        boundary(
            "refused", "send", of_error("bounced"), mapping(outputs={"why": "= reason"})
        ),
        user("call"),
        end(),
        flows("start", "send", "end"),
        flows("refused", "call", "end"),
        error("bounced", "550"),
    )
    token = stage.token("send")
    execution = stage.execution

    stage._keep(
        execution, execution.fail_job(token, "550", {"reason": "full"}, stage.around)
    )

    assert stage.places == ["call"]
    assert stage.variables == {"why": "full"}


def escalating(*, interrupting: bool) -> Stage:
    return play(
        start(),
        sub(
            "part",
            start("s"),
            xor("again"),
            user("work"),
            throw("up", of_escalation("late")),
            xor("more", default="more-over"),
            end("over"),
            flows("s", "again", "work", "up", "more", "over"),
            flow("more", "again", "= more"),
        ),
        boundary("told", "part", of_escalation("late"), interrupting=interrupting),
        user("look"),
        end(),
        flows("start", "part", "end"),
        flows("told", "look", "end"),
        escalation("late", "L"),
    )


def test_an_escalation_is_told_as_often_as_it_happens() -> None:
    stage = escalating(interrupting=False)

    stage.complete("work", more=True)
    stage.complete("work", more=True)
    assert stage.places == ["look", "look", "work"]

    stage.complete("work", more=False)
    assert stage.places == ["look", "look", "look"]
    assert not stage.complete("look").complete("look").ended
    assert stage.complete("look").ended


def test_an_escalation_may_interrupt() -> None:
    stage = escalating(interrupting=True).complete("work", more=True)

    assert stage.places == ["look"]
    assert stage.events("cancelled") == ["part"]


def test_an_escalation_that_nobody_hears_is_no_hindrance() -> None:
    stage = play(
        start(),
        throw("up", of_escalation("late")),
        end("over", of_escalation("late")),
        flows("start", "up", "over"),
        escalation("late", "L"),
    )

    assert stage.ended


def test_terminate_ends_everything_around_it() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        sub("part", start("s"), user("b"), end("e"), flows("s", "b", "e")),
        end("stop", terminate()),
        end(),
        flows("start", "split", "a", "stop"),
        flows("split", "part", "end"),
    )

    stage.complete("a")

    assert stage.ended
    assert not stage.waiting
    assert stage.last.end_events == ("stop",)
    assert stage.events("cancelled") == ["b", "part"]


def test_terminate_inside_a_sub_process_ends_only_that() -> None:
    stage = play(
        start(),
        sub(
            "part",
            start("s"),
            fork("split"),
            user("a"),
            user("b"),
            end("stop", terminate()),
            end("e"),
            flows("s", "split", "a", "stop"),
            flows("split", "b", "e"),
        ),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
    )

    assert stage.complete("a").places == ["after"]


def test_a_message_at_the_border_comes_as_often_as_it_is_sent() -> None:
    stage = play(
        start(),
        user("work"),
        boundary("note", "work", of_message("remark"), interrupting=False),
        user("read"),
        end(),
        flows("start", "work", "end"),
        flows("note", "read", "end"),
        message("remark"),
        number="1",
    )

    stage.deliver("note", text="a").deliver("note", text="b")

    assert stage.places == ["note", "read", "read", "work"]
    assert stage.variables["text"] == "b"


def test_a_cycle_comes_again_until_it_is_over() -> None:
    stage = play(
        start(),
        user("work"),
        boundary("remind", "work", cycle("R3/PT10M"), interrupting=False),
        user("hurry"),
        end(),
        flows("start", "work", "end"),
        flows("remind", "hurry", "end"),
    )
    tokens = set()
    for number in (1, 2, 3):
        assert stage.timer("remind").due == MONDAY + timedelta(minutes=10 * number)
        tokens.add(stage.token("remind"))
        stage.fire("remind")

    assert stage.places == ["hurry", "hurry", "hurry", "work"]
    assert len(tokens) == 3


def test_both_a_reminder_and_a_limit_may_be_due() -> None:
    stage = play(
        start(),
        user("work"),
        boundary("warn", "work", duration("PT2H"), interrupting=False),
        boundary("limit", "work", duration("PT3H")),
        user("hurry"),
        user("decide"),
        end(),
        flows("start", "work", "end"),
        flows("warn", "hurry", "end"),
        flows("limit", "decide", "end"),
    )

    assert stage.fire("limit").places == ["decide"]


def test_an_interrupting_event_takes_called_processes_along() -> None:
    stage = play(
        start(),
        call("ask", "q"),
        boundary("withdrawn", "ask", of_message("withdrawal")),
        end(),
        end("gone"),
        flows("start", "ask", "end"),
        flows("withdrawn", "gone"),
        message("withdrawal"),
        process(
            "q",
            start("s"),
            user("x"),
            boundary("late", "x", duration("PT1H"), interrupting=False),
            end("e"),
            flows("s", "x", "e"),
            flows("late", "e"),
        ),
        number="9",
    )

    stage.deliver("withdrawn")

    assert stage.ended
    assert not stage.waiting
    assert stage.events("cancelled") == ["x", "ask"]


def test_a_message_starts_a_process() -> None:
    model = (
        start("by-hand"),
        start("by-mail", of_message("mail")),
        user("read"),
        end(),
        flows("by-hand", "read", "end"),
        flows("by-mail", "read"),
        message("mail", None),
    )
    begun = play(*model)

    stage = Stage(begun.source, {"text": "hello"}, start_event="by-mail")

    assert begun.definitions.processes["p"].starts[1].message_name == "mail"
    assert stage.way() == ["by-mail-read"]
    assert stage.variables == {"text": "hello"}


def test_a_catch_event_passes_what_it_does_not_wait_for() -> None:
    stage = play(
        start(),
        catch("pause", duration("PT0S")),
        throw("note"),
        end(),
        flows("start", "pause", "note", "end"),
    )

    assert stage.timer("pause").due == MONDAY
    assert stage.fire("pause").ended
