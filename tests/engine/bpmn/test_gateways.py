"""Splits and joins, one by one; many more are played in oracle."""

import pytest

from tests.engine.bpmn.models import (
    boundary,
    duration,
    either,
    end,
    flow,
    flows,
    fork,
    start,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play


def choosing(**variables: object) -> Stage:
    return play(
        start(),
        either("which", default="which-c"),
        *(user(name) for name in ("a", "b", "c")),
        either("join"),
        user("after"),
        end(),
        flows("start", "which"),
        flow("which", "a", "= a"),
        flow("which", "b", "= b"),
        flow("which", "c"),
        *(flow(name, "join") for name in ("a", "b", "c")),
        flows("join", "after", "end"),
        **variables,
    )


def test_an_inclusive_gateway_takes_every_flow_that_is_true() -> None:
    stage = choosing(a=True, b=True)
    assert stage.places == ["a", "b"]

    assert stage.complete("b").places == ["a"]
    assert stage.complete("a").places == ["after"]


def test_an_inclusive_gateway_has_a_default() -> None:
    assert choosing(a=False, b=False).complete("c").places == ["after"]


def test_an_inclusive_gateway_stops_at_a_null_condition() -> None:
    stage = choosing(a=True)
    assert stage.incidents == {"which": "condition"}

    stage.correct(b=False).retry("which")

    assert stage.places == ["a"]
    assert stage.events("entered").count("which") == 1


def test_an_inclusive_join_does_not_wait_for_a_path_that_was_left() -> None:
    stage = play(
        start(),
        either("which"),
        user("a"),
        user("b"),
        xor("turn", default="turn-join"),
        end("away"),
        either("join"),
        user("after"),
        end(),
        flows("start", "which"),
        flow("which", "a", "= true"),
        flow("which", "b", "= true"),
        flows("a", "join"),
        flows("b", "turn", "join", "after", "end"),
        flow("turn", "away", "= leave"),
    )
    stage.complete("a")
    assert stage.places == ["b"]

    stage.complete("b", leave=True)

    assert stage.places == ["after"]


def test_an_interrupted_branch_still_comes_to_its_join() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        user("b"),
        boundary("late", "b", duration("PT1H")),
        xor("merge"),
        fork("join"),
        end(),
        flows("start", "split", "a", "join", "end"),
        flows("split", "b", "merge", "join"),
        flows("late", "merge"),
    )

    assert stage.fire("late").complete("a").ended


def test_tokens_of_the_next_round_wait_at_the_join() -> None:
    """One flow into the join brings two tokens before the other brings any."""
    stage = play(
        start(),
        fork("split"),
        user("fast"),
        user("slow"),
        fork("join"),
        user("after"),
        fork("again"),
        end(),
        xor("merge"),
        flows("start", "split", "merge", "fast", "again", "join", "after", "end"),
        flows("split", "slow", "join"),
        flow("again", "merge"),
    )
    stage.complete("fast").complete("fast")
    assert stage.places == ["fast", "slow"]

    stage.complete("slow")

    assert stage.places == ["after", "fast"]
    assert len(stage.execution.places) == 3  # One token is held back.


def test_a_task_with_two_flows_splits_without_a_gateway() -> None:
    stage = play(
        start(),
        user("a"),
        user("b"),
        user("c"),
        end(),
        flows("start", "a", "b", "end"),
        flows("a", "c", "end"),
    )

    assert stage.complete("a").places == ["b", "c"]


@pytest.mark.parametrize("default", [None, "which-b"])
def test_a_condition_that_is_no_boolean_stops_the_token(default: str | None) -> None:
    stage = play(
        start(),
        xor("which", default=default),
        user("a"),
        user("b"),
        end(),
        flows("start", "which"),
        flow("which", "a", '= "yes"'),
        flow("which", "b", None if default else "= 1"),
        flows("a", "end"),
        flows("b", "end"),
    )

    assert stage.incidents == {"which": "condition"}
    assert "yes" in str(stage.why("which"))


def test_an_incident_that_is_taken_away_is_over() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        xor("which"),
        user("b"),
        end(),
        end("all", "<bpmn:terminateEventDefinition/>"),
        flows("start", "split", "which"),
        flow("which", "b", "= unknown"),
        flow("which", "end", "= not(unknown)"),
        flows("b", "end"),
        flows("split", "a", "all"),
    )
    (stopped,) = stage.execution.incidents

    stage.complete("a")

    assert stage.ended
    assert stopped.token in stage.last.closed
