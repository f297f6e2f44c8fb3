"""Variables have one home; local scopes stand in front of it."""

from tests.engine.bpmn.models import (
    boundary,
    call,
    end,
    flows,
    fork,
    mapping,
    message,
    of_message,
    process,
    properties,
    script,
    start,
    user,
    zeebe,
)
from tests.engine.bpmn.stage import Stage, play


def side_by_side() -> Stage:
    return play(
        start(),
        fork("split"),
        user("a"),
        user("b"),
        fork("join"),
        user("after"),
        end(),
        flows("start", "split", "a", "join", "after", "end"),
        flows("split", "b", "join"),
        count=0,
        items=[],
    )


def test_the_last_write_wins_in_both_orders() -> None:
    assert side_by_side().complete("a", count=1).complete("b").variables["count"] == 1
    assert side_by_side().complete("b").complete("a", count=1).variables["count"] == 1
    both = side_by_side().complete("a", items=[1, 2]).complete("b", items=[3])
    assert both.variables["items"] == [3]


def test_inputs_are_local_and_outputs_are_not() -> None:
    stage = play(
        start(),
        user(
            "ask",
            mapping(
                inputs={"who": "= customer.name", "greeting": '= "Dear " + who'},
                outputs={"answer.text": "= reply", "answer.by": "= who"},
            ),
        ),
        end(),
        flows("start", "ask", "end"),
        customer={"name": "Chen"},
        answer={"kept": True},
    )
    task = stage.task("ask")
    assert task.local == {"who": "Chen", "greeting": "Dear Chen"}

    stage.complete("ask", reply="fine", aside="dropped")

    assert stage.variables == {
        "customer": {"name": "Chen"},
        "answer": {"kept": True, "text": "fine", "by": "Chen"},
    }


def test_a_write_to_a_local_name_stays_local() -> None:
    stage = play(
        start(),
        user("ask", mapping(inputs={"count": "= 1"})),
        end(),
        flows("start", "ask", "end"),
        count=10,
    )

    assert stage.complete("ask", count=5, other=6).variables == {"count": 10, "other": 6}


def test_a_script_gives_a_variable() -> None:
    stage = play(
        start(),
        script("add", '= {a: amount * 2, 说明: "加倍"}', "结果"),
        end(),
        flows("start", "add", "end"),
        amount=21,
    )

    assert stage.variables["结果"] == {"a": 42, "说明": "加倍"}


def test_a_called_process_does_not_undo_what_happens_beside_it() -> None:
    stage = play(
        start(),
        fork("split"),
        call("ask", "q"),
        user("beside"),
        fork("join"),
        end(),
        flows("start", "split", "ask", "join", "end"),
        flows("split", "beside", "join"),
        process("q", start("s"), user("x"), end("e"), flows("s", "x", "e")),
        count=0,
    )

    stage.complete("beside", count=1).complete("x", answer="yes")

    assert stage.variables == {"count": 1, "answer": "yes"}


def test_facts_are_read_and_cannot_be_hidden() -> None:
    model = play(
        start(),
        user("x", zeebe("assignmentDefinition", assignee="= case.startedBy")),
        boundary("note", "x", of_message("m"), interrupting=False),
        end(),
        flows("start", "x", "end"),
        flows("note", "end"),
        message("m", "= case.number"),
        case={"number": 0, "startedBy": "nobody"},
    ).source

    stage = Stage(model, {"case": 1}, facts={"case": {"number": 7, "startedBy": "anna"}})

    assert stage.task("x").assignee == "anna"
    assert stage.subscription("note").key == "7"


def test_a_correction_reaches_a_called_process_in_its_own_home() -> None:
    stage = play(
        start(),
        call("ask", "q"),
        end(),
        flows("start", "ask", "end"),
        process(
            "q",
            start("s"),
            script("own", "= 1", "n"),
            user("x"),
            end("e"),
            flows("s", "own", "x", "e"),
        ),
    )
    execution, token = stage.execution, stage.token("x")

    advance = execution.correct({"n": 2}, stage.around, token=token)
    stage._keep(execution, advance)

    assert stage.execution.visible(token)["n"] == 2
    assert "n" not in stage.variables


def test_a_task_has_what_its_diagram_says() -> None:
    stage = play(
        start(),
        user(
            "visit",
            zeebe("assignmentDefinition", candidateGroups="regional-manager, hq-clerk"),
            zeebe("formDefinition", formId="visit"),
            zeebe("taskSchedule", dueDate="= agreedAt", followUpDate="2026-03-02"),
            zeebe("priorityDefinition", priority="80"),
            properties(
                clause="PQ-5.3.3.4, PQ-5.3.3.5",
                deadline="3 working hours",
                warn="2 个工作时",
            ),
        ),
        end(),
        flows("start", "visit", "end"),
        agreedAt=None,
    )
    task = stage.task("visit")

    assert task.candidate_groups == ("regional-manager", "hq-clerk")
    assert (task.form_id, task.priority) == ("visit", 80)
    assert task.clauses == ("PQ-5.3.3.4", "PQ-5.3.3.5")
    assert task.due is not None
    assert task.due.isoformat() == "2026-03-02T12:00:00+08:00"
    assert task.warn is not None
    assert task.warn.isoformat() == "2026-03-02T11:00:00+08:00"
    assert task.follow_up is not None
    assert task.follow_up.isoformat() == "2026-03-02T23:59:59+08:00"


def test_an_agreed_time_replaces_deadline_and_warning() -> None:
    stage = play(
        start(),
        user(
            "visit",
            zeebe("taskSchedule", dueDate="= agreedAt"),
            properties(deadline="3 working hours", warn="2 working hours"),
        ),
        end(),
        flows("start", "visit", "end"),
        agreedAt="2026-03-05T10:00:00+08:00",
    )

    assert str(stage.task("visit").due) == "2026-03-05 10:00:00+08:00"
    assert stage.task("visit").warn is None
