"""Transactions: all of it, or what was done is undone and another way is taken."""

import pytest

from tests.engine.bpmn.models import (
    FOR_UNDOING,
    boundary,
    duration,
    end,
    error,
    flow,
    flows,
    fork,
    message,
    of_cancel,
    of_compensation,
    of_error,
    of_message,
    start,
    sub,
    throw,
    transaction,
    undone_by,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play


def buying(*more: str) -> Stage:
    """Reserve and pay in a transaction that may be cancelled, or go wrong."""
    return play(
        start(),
        transaction(
            "buy",
            start("s"),
            user("reserve"),
            undone_by("reserve", "release"),
            user("release", **FOR_UNDOING),
            fork("split"),
            user("pay"),
            undone_by("pay", "refund"),
            user("refund", **FOR_UNDOING),
            user("beside"),
            user("judge"),
            xor("how", default="how-e"),
            end("no", of_cancel()),
            end("broken", of_error("E")),
            end("e"),
            flows("s", "reserve", "split", "pay", "e"),
            flows("split", "beside", "e"),
            flows("split", "judge", "how", "e"),
            flow("how", "no", '= way = "cancel"'),
            flow("how", "broken", '= way = "error"'),
        ),
        boundary("cancelled", "buy", of_cancel()),
        boundary("failed", "buy", of_error("E")),
        user("after"),
        user("again"),
        user("alarm"),
        end(),
        flows("start", "buy", "after", "end"),
        flows("cancelled", "again", "end"),
        flows("failed", "alarm", "end"),
        error("E", "scale"),
        *more,
    ).complete("reserve")


def test_a_transaction_ends_as_a_sub_process_does() -> None:
    stage = buying().complete("pay").complete("beside")

    assert stage.complete("judge", way="on").places == ["after"]


def test_cancelling_undoes_what_was_done_and_goes_another_way() -> None:
    stage = buying().complete("pay").complete("judge", way="cancel")
    assert stage.places == ["refund"]
    assert stage.events("cancelled") == ["beside"]

    assert stage.complete("refund").places == ["release"]
    assert stage.complete("release").places == ["again"]
    assert stage.events("cancelled") == ["beside", "buy"]
    assert stage.complete("again").ended


def test_cancelling_does_not_undo_what_is_still_going_on() -> None:
    stage = buying().complete("judge", way="cancel")

    assert stage.places == ["release"]
    assert stage.events("cancelled") == ["pay", "beside"]


def test_an_error_leaves_without_undoing() -> None:
    stage = buying().complete("pay").complete("judge", way="error")

    assert stage.places == ["alarm"]
    assert stage.complete("alarm").ended


def test_a_cancelled_transaction_without_anything_done_goes_on_at_once() -> None:
    stage = play(
        start(),
        transaction("buy", start("s"), end("no", of_cancel()), flows("s", "no")),
        boundary("cancelled", "buy", of_cancel()),
        user("again"),
        end(),
        end("never"),
        flows("start", "buy", "never"),
        flows("cancelled", "again", "end"),
    )

    assert stage.places == ["again"]


@pytest.mark.parametrize("undoing", [True, False])
def test_a_timer_ends_it_also_while_it_is_undone(undoing: bool) -> None:
    stage = buying(boundary("late", "buy", duration("P1D")), flows("late", "alarm"))
    if undoing:
        stage.complete("judge", way="cancel")
        assert stage.places == ["late", "release"]

    stage.fire("late")

    assert stage.places == ["alarm"]


def test_messages_come_while_it_is_undone() -> None:
    stage = buying(
        boundary("ask", "buy", of_message("m"), interrupting=False),
        end("answered"),
        flows("ask", "answered"),
        message("m", "= 1"),
    ).complete("judge", way="cancel")

    stage.deliver("ask").deliver("ask")

    assert stage.places == ["ask", "release"]
    assert stage.complete("release").places == ["again"]


def test_an_inner_transaction_is_cancelled_by_itself() -> None:
    stage = play(
        start(),
        transaction(
            "outer",
            start("s"),
            user("a"),
            undone_by("a", "not-a"),
            user("not-a", **FOR_UNDOING),
            transaction(
                "inner",
                start("is"),
                user("b"),
                undone_by("b", "not-b"),
                user("not-b", **FOR_UNDOING),
                end("stop", of_cancel()),
                flows("is", "b", "stop"),
            ),
            boundary("inner-cancelled", "inner", of_cancel()),
            user("c"),
            xor("on", default="on-no"),
            end("no", of_cancel()),
            end("e"),
            flows("s", "a", "inner", "e"),
            flows("inner-cancelled", "c", "on", "no"),
            flow("on", "e", "= on"),
        ),
        boundary("outer-cancelled", "outer", of_cancel()),
        end(),
        end("undone"),
        flows("start", "outer", "end"),
        flows("outer-cancelled", "undone"),
    )
    stage.complete("a").complete("b")
    assert stage.places == ["not-b"]

    assert stage.complete("not-b").places == ["c"]
    assert stage.complete("c", on=False).places == ["not-a"]
    assert stage.complete("not-a").ended
    assert stage.last.end_events == ("undone",)


def test_a_transaction_that_was_completed_is_undone_by_what_is_inside() -> None:
    stage = play(
        start(),
        transaction(
            "buy",
            start("s"),
            user("a"),
            undone_by("a", "not-a"),
            user("not-a", **FOR_UNDOING),
            end("e"),
            flows("s", "a", "e"),
        ),
        throw("back", of_compensation("buy")),
        end(),
        flows("start", "buy", "back", "end"),
    ).complete("a")

    assert stage.places == ["not-a"]
    assert stage.complete("not-a").ended


def test_cancelling_takes_the_event_sub_processes_along() -> None:
    stage = play(
        start(),
        transaction(
            "buy",
            start("s"),
            user("a"),
            end("no", of_cancel()),
            flows("s", "a", "no"),
            sub(
                "note",
                start("said", of_message("m")).replace(
                    'id="said"', 'id="said" isInterrupting="false"'
                ),
                user("write"),
                end("written"),
                flows("said", "write", "written"),
                triggeredByEvent="true",
            ),
        ),
        boundary("cancelled", "buy", of_cancel()),
        end(),
        end("never"),
        flows("start", "buy", "never"),
        flows("cancelled", "end"),
        message("m", "= 1"),
    )
    stage.deliver("said")
    assert stage.places == ["a", "said", "write"]

    stage.complete("a")

    assert stage.ended
    assert not stage.waiting
