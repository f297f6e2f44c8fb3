"""Tokens go along the flows, wait at tasks and come to an end."""

import pytest

from engine.bpmn import Execution
from engine.model import InvalidState, NotFound
from tests.engine.bpmn.models import end, flow, flows, fork, start, user, xor
from tests.engine.bpmn.stage import play


def test_a_task_waits_and_then_the_process_ends() -> None:
    stage = play(start(), user("check"), end(), flows("start", "check", "end"))
    assert stage.places == ["check"]

    stage.complete("check", remedy="replace")

    assert stage.ended
    assert stage.variables == {"remedy": "replace"}
    assert stage.last.end_events == ("end",)
    assert stage.way() == ["start-check", "check-end"]
    assert stage.events("entered") == stage.events("left") == ["start", "check", "end"]


def test_an_exclusive_gateway_takes_the_first_flow_that_is_true() -> None:
    model = (
        start(),
        xor("which", default="which-low"),
        *(user(name) for name in ("high", "higher", "low")),
        end(),
        flows("start", "which"),
        flow("which", "high", "= amount > 100"),
        flow("which", "higher", "= amount > 1000"),
        flow("which", "low"),
        *(flow(name, "end") for name in ("high", "higher", "low")),
    )

    assert play(*model, amount=5000).places == ["high"]
    assert play(*model, amount=5).places == ["low"]


def test_a_fork_waits_for_all_branches() -> None:
    stage = play(
        start(),
        fork("split"),
        fork("join"),
        user("a"),
        user("b"),
        user("after"),
        end(),
        flows("start", "split", "a", "join", "after", "end"),
        flows("split", "b", "join"),
    )
    assert stage.places == ["a", "b"]

    stage.complete("b")
    assert stage.places == ["a"]

    stage.complete("a")
    assert stage.places == ["after"]


def test_a_token_is_completed_once() -> None:
    stage = play(start(), user("a"), user("b"), end(), flows("start", "a", "b", "end"))
    token = stage.token("a")
    stage.complete("a")

    with pytest.raises(InvalidState, match="no longer does"):
        stage.execution.complete(token, {}, stage.around)


def test_a_process_that_is_not_there_is_not_started() -> None:
    stage = play(start(), user("a"), end(), flows("start", "a", "end"))

    with pytest.raises(NotFound, match="nothing"):
        Execution.start(stage.definitions, "nothing", {}, stage.around)
