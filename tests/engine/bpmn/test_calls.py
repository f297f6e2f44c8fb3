"""Called processes and embedded sub-processes, and the variables between them."""

from tests.engine.bpmn.models import (
    call,
    end,
    flows,
    mapping,
    process,
    script,
    start,
    sub,
    user,
)
from tests.engine.bpmn.stage import Stage, play

CALLED = process(
    "approval",
    start("q-start"),
    user("approve"),
    end("q-end"),
    flows("q-start", "approve", "q-end"),
)


def calling(*inside: str, **attributes: str) -> Stage:
    return play(
        start(),
        call("ask", "approval", *inside, **attributes),
        user("after"),
        end(),
        flows("start", "ask", "after", "end"),
        CALLED,
        subject="hose",
    )


def test_a_called_process_sees_its_caller_and_hands_back_what_it_wrote() -> None:
    stage = calling()
    task = stage.task("approve")
    assert task.process_id == "approval"
    assert stage.execution.visible(task.token) == {"subject": "hose"}

    stage.complete("approve", opinion="yes")

    assert stage.places == ["after"]
    assert stage.variables == {"subject": "hose", "opinion": "yes"}


def test_the_path_says_where_a_called_element_lies() -> None:
    stage = calling()

    paths = {
        (activity.element_id, activity.path)
        for advance in stage.history
        for activity in advance.activities
    }

    assert ("approve", ("ask",)) in paths
    assert ("ask", ()) in paths


def test_output_mappings_pick_from_a_called_process() -> None:
    stage = calling(mapping(outputs={"result": "= opinion"}))

    stage.complete("approve", opinion="yes", note="secret")

    assert stage.variables == {"subject": "hose", "result": "yes"}


def test_a_called_process_keeps_its_variables_if_it_is_to() -> None:
    stage = calling(propagateAllChildVariables="false")

    stage.complete("approve", opinion="yes")

    assert stage.variables == {"subject": "hose"}


def test_a_called_process_sees_only_what_it_is_given() -> None:
    stage = calling(
        mapping(inputs={"what": "= subject"}), propagateAllParentVariables="false"
    )

    assert stage.execution.visible(stage.token("approve")) == {"what": "hose"}


def test_a_sub_process_writes_through_but_keeps_its_own() -> None:
    stage = play(
        start(),
        sub(
            "part",
            mapping(inputs={"count": "= 1"}),
            start("s"),
            script("add", "= count + 1", "count"),
            user("inside"),
            end("e"),
            flows("s", "add", "inside", "e"),
        ),
        end(),
        flows("start", "part", "end"),
        count=10,
    )
    assert stage.execution.visible(stage.token("inside"))["count"] == 2

    stage.complete("inside", remark="done")

    assert stage.variables == {"count": 10, "remark": "done"}
