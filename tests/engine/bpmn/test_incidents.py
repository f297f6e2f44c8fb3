"""What fails stops its token with a sentence; the rest goes on, and a retry works."""

import pytest

from engine.model import InvalidState
from tests.engine.bpmn.models import (
    catch,
    duration,
    element,
    end,
    flow,
    flows,
    fork,
    mapping,
    script,
    service,
    start,
    user,
    xor,
    zeebe,
)
from tests.engine.bpmn.stage import play


def test_a_null_condition_stops_the_token_at_the_gateway() -> None:
    stage = play(
        start(),
        user("check"),
        xor("which"),
        user("yes"),
        user("no"),
        end(),
        flows("start", "check", "which"),
        flow("which", "yes", "= approved"),
        flow("which", "no", "= not(approved)"),
        flows("yes", "end"),
        flows("no", "end"),
    )

    stage.complete("check", note="kept")

    assert stage.incidents == {"which": "condition"}
    assert "approved" in str(stage.why("which"))
    assert stage.variables["note"] == "kept"
    assert "check" in stage.events("left")

    stage.correct(approved=True).retry("which")

    assert stage.places == ["yes"]
    assert not stage.incidents


def test_no_flow_and_no_default_is_an_incident() -> None:
    stage = play(
        start(),
        xor("which"),
        user("a"),
        user("b"),
        end(),
        flows("start", "which"),
        flow("which", "a", "= x > 1"),
        flow("which", "b", "= x > 2"),
        flows("a", "end"),
        flows("b", "end"),
        x=0,
    )

    assert stage.incidents == {"which": "no-flow"}


def test_the_other_tokens_go_on() -> None:
    stage = play(
        start(),
        fork("split"),
        script("count", "= amount + 1", "n"),
        user("write"),
        end(),
        end("written"),
        flows("start", "split", "count", "end"),
        flows("split", "write", "written"),
    )
    assert stage.incidents == {"count": "script"}
    assert stage.places == ["write"]

    stage.complete("write")

    assert not stage.ended


@pytest.mark.parametrize(
    ("stopped", "kind"),
    [
        (user("x", zeebe("assignmentDefinition", candidateGroups="= 17")), "assignment"),
        (user("x", zeebe("assignmentDefinition", candidateGroups="= []")), "assignment"),
        (user("x", zeebe("taskSchedule", dueDate='= "soon"')), "due"),
        (user("x", zeebe("priorityDefinition", priority="= 101")), "assignment"),
        (catch("x", duration("= null")), "timer"),
        (service("x", "= 5"), "job"),
        (user("x", mapping(inputs={"a": "= function(b) b"})), "mapping"),
    ],
)
def test_what_is_unclear_is_an_incident(stopped: str, kind: str) -> None:
    stage = play(start(), stopped, end(), flows("start", "x", "end"))

    assert stage.incidents == {"x": kind}
    assert not stage.places


def test_a_failing_output_mapping_keeps_what_was_entered() -> None:
    stage = play(
        start(),
        user("fill-in", mapping(outputs={"total": "= function(b) a"})),
        end(),
        flows("start", "fill-in", "end"),
    )

    stage.complete("fill-in", a=1)

    assert stage.incidents == {"fill-in": "mapping"}
    assert not stage.places
    (token,) = stage.execution.places
    assert stage.execution.visible(token)["a"] == 1


def test_an_endless_loop_is_stopped() -> None:
    stage = play(
        start(),
        xor("again"),
        script("count", "= 1", "n"),
        xor("enough"),
        end(),
        flows("start", "again", "count", "enough"),
        flow("enough", "again", "= n = 1"),
        flow("enough", "end", "= n = 2"),
    )

    assert list(stage.incidents.values()) == ["budget"]


def test_only_an_incident_is_retried() -> None:
    stage = play(start(), user("a"), end(), flows("start", "a", "end"))

    with pytest.raises(InvalidState, match="incident"):
        stage.execution.retry(stage.token("a"), stage.around)


def test_a_retry_that_fails_again_is_an_incident_again() -> None:
    undefined = element("task", "go", mapping(inputs={"a": "= function(b) b"}))
    stage = play(start(), undefined, end(), flows("start", "go", "end"))

    stage.retry("go")

    assert stage.incidents == {"go": "mapping"}
    assert [incident.kind for incident in stage.last.incidents] == ["mapping"]
