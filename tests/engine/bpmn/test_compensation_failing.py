"""Compensation that begins with an error, fails, or is ended from outside."""

from tests.engine.bpmn.models import (
    FOR_UNDOING,
    boundary,
    call,
    duration,
    element,
    end,
    error,
    flow,
    flows,
    fork,
    message,
    of_compensation,
    of_error,
    of_message,
    process,
    service,
    start,
    sub,
    throw,
    undo,
    undone_by,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play

NOT_INTERRUPTING = '<bpmn:startEvent isInterrupting="false"'


def undoing_events(interrupting: bool = True) -> Stage:
    """Undo from an event sub-process that an error begins."""
    return play(
        start(),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        user("b"),
        xor("good", default="good-end"),
        end(),
        end("bad", of_error("E")),
        flows("start", "a", "b", "good", "end"),
        flow("good", "bad", "= broken"),
        sub(
            "rescue",
            start("hit", of_error("E")),
            throw("back", of_compensation("a")),
            user("tell"),
            end("told"),
            flows("hit", "back", "tell", "told"),
            triggeredByEvent="true",
        ),
        error("E", "scale"),
    )


def test_an_event_sub_process_undoes_what_was_done_around_it() -> None:
    stage = undoing_events().complete("a").complete("b", broken=True)
    assert stage.places == ["not-a"]

    assert stage.complete("not-a").places == ["tell"]
    assert stage.complete("tell").ended


def test_an_incident_in_a_handler_can_be_put_right() -> None:
    handler = service("h", "= kind").replace('id="h"', 'id="h" isForCompensation="true"')
    stage = play(
        start(),
        user("a"),
        undone_by("a", "h"),
        handler,
        throw("back", of_compensation()),
        end(),
        flows("start", "a", "back", "end"),
    ).complete("a")
    assert stage.incidents == {"h": "job"}

    stage.correct(kind="refund").retry("h").finish("h")

    assert stage.ended


def guarded(handler: str) -> Stage:
    """Undo inside a sub-process that a timer can end and an error can leave."""
    return play(
        start(),
        sub(
            "part",
            start("s"),
            user("a"),
            undone_by("a", "h"),
            handler,
            throw("back", of_compensation()),
            end("e"),
            flows("s", "a", "back", "e"),
        ),
        boundary("late", "part", duration("PT1H")),
        boundary("broken", "part", of_error("E")),
        end(),
        end("over"),
        end("failed"),
        flows("start", "part", "end"),
        flows("late", "over"),
        flows("broken", "failed"),
        error("E", "scale"),
    ).complete("a")


def test_an_interrupting_event_ends_the_undoing() -> None:
    stage = guarded(undo("h"))
    assert stage.places == ["h", "late"]

    stage.fire("late")

    assert stage.ended
    assert not stage.waiting
    assert stage.last.end_events == ("over",)
    assert {"h", "back", "part"} <= set(stage.events("cancelled"))


def test_an_error_in_a_handler_is_thrown_there() -> None:
    stage = guarded(
        sub("h", start("hs"), end("he", of_error("E")), flows("hs", "he"), **FOR_UNDOING)
    )

    assert stage.ended
    assert stage.last.end_events == ("failed",)


def test_an_error_in_a_handler_that_nobody_catches_is_an_incident() -> None:
    stage = play(
        start(),
        user("a"),
        undone_by("a", "h"),
        sub("h", start("hs"), end("he", of_error("E")), flows("hs", "he"), **FOR_UNDOING),
        throw("back", of_compensation()),
        end(),
        flows("start", "a", "back", "end"),
        error("E", "scale"),
    ).complete("a")

    assert stage.incidents == {"he": "error"}


def test_an_event_sub_process_hears_an_error_of_a_handler_once() -> None:
    """The scope's own event sub-process catches it, and the scope ends with it."""
    stage = play(
        start(),
        user("a"),
        undone_by("a", "h"),
        sub("h", start("hs"), end("he", of_error("E")), flows("hs", "he"), **FOR_UNDOING),
        throw("back", of_compensation()),
        user("never"),
        end(),
        flows("start", "a", "back", "never", "end"),
        sub(
            "rescue",
            start("hit", of_error("E")),
            user("tell"),
            end("told"),
            flows("hit", "tell", "told"),
            triggeredByEvent="true",
        ),
        error("E", "scale"),
    ).complete("a")
    assert stage.places == ["tell"]

    assert stage.complete("tell").ended


def test_calls_keep_nothing_to_undo_from_inside() -> None:
    stage = play(
        start(),
        call("x", "q"),
        throw("back", of_compensation()),
        end(),
        flows("start", "x", "back", "end"),
        process(
            "q",
            start("s"),
            user("a"),
            undone_by("a", "not-a"),
            undo("not-a"),
            end("e"),
            flows("s", "a", "e"),
        ),
    )

    assert stage.complete("a").ended


def test_two_throws_at_once_share_what_there_is() -> None:
    stage = play(
        start(),
        user("a"),
        user("b"),
        undone_by("a", "not-a"),
        undone_by("b", "not-b"),
        undo("not-a"),
        undo("not-b"),
        fork("split"),
        throw("one", of_compensation("a")),
        throw("all", of_compensation()),
        fork("join"),
        end(),
        flows("start", "a", "b", "split", "one", "join", "end"),
        flows("split", "all", "join"),
    )
    stage.complete("a").complete("b")
    assert stage.places == ["not-a", "not-b"]

    assert stage.complete("not-b").complete("not-a").ended


def test_a_loop_is_undone_as_one() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'
    stage = play(
        start(),
        element("userTask", "a", loop),
        undone_by("a", "not-a"),
        undo("not-a"),
        throw("back", of_compensation()),
        end(),
        flows("start", "a", "back", "end"),
    )
    stage.complete("a").complete("a")

    assert stage.places == ["not-a"]
    assert stage.complete("not-a").ended


def test_an_event_sub_process_leaves_nothing_to_undo() -> None:
    stage = play(
        start(),
        user("wait"),
        throw("back", of_compensation()),
        end(),
        flows("start", "wait", "back", "end"),
        sub(
            "aside",
            start("said", of_message("m")).replace("<bpmn:startEvent", NOT_INTERRUPTING),
            user("a"),
            undone_by("a", "not-a"),
            undo("not-a"),
            end("e"),
            flows("said", "a", "e"),
            triggeredByEvent="true",
        ),
        message("m", "= 1"),
    )
    stage.deliver("said").complete("a")

    assert stage.complete("wait").ended


def test_an_inner_event_sub_process_undoes_the_outer_one() -> None:
    stage = play(
        start(),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        user("wait"),
        end(),
        flows("start", "a", "wait", "end"),
        sub(
            "outer",
            start("said", of_message("m")),
            user("b"),
            undone_by("b", "not-b"),
            undo("not-b"),
            user("c"),
            end("e"),
            flows("said", "b", "c", "e"),
            sub(
                "inner",
                start("again", of_message("n")),
                end("back", of_compensation("b")),
                flows("again", "back"),
                triggeredByEvent="true",
            ),
            triggeredByEvent="true",
        ),
        message("m", "= 1"),
        message("n", "= 1"),
    ).complete("a")
    stage.deliver("said").complete("b").deliver("again")

    assert stage.places == ["not-b"]
    assert stage.complete("not-b").ended
