"""Errors and escalations, which look for an event sub-process first."""

from tests.engine.bpmn.models import (
    again,
    boundary,
    call,
    duration,
    each,
    element,
    end,
    error,
    event_sub,
    flow,
    flows,
    fork,
    mapping,
    of_error,
    of_escalation,
    of_message,
    of_signal,
    process,
    service,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.scopes import DEFINED, beside_tasks, in_part, watch
from tests.engine.bpmn.stage import Stage, play


def test_an_error_is_caught_by_the_scope_before_its_border() -> None:
    stage = in_part(
        watch(of_error("bad")),
        boundary("caught", "part", of_error("bad")),
        end("fallen"),
        flows("caught", "fallen"),
    )

    stage.complete("work", bad=True)

    assert stage.places == ["es-task"]
    assert stage.complete("es-task").places == ["after"]


def test_an_exact_code_goes_before_any_code() -> None:
    stage = in_part(
        watch(of_error(), name="any") + watch(of_error("bad"), name="exact")
    ).complete("work", bad=True)

    assert stage.places == ["exact-task"]


def test_an_error_of_another_code_goes_on_outwards() -> None:
    stage = in_part(
        watch(of_error("worse")),
        boundary("caught", "part", of_error("bad")),
        user("fallen"),
        flows("caught", "fallen", "end"),
        error("worse", "W"),
    )

    assert stage.complete("work", bad=True).places == ["fallen"]


def test_an_error_goes_outwards_to_the_process() -> None:
    stage = play(
        start(),
        fork("split"),
        sub(
            "part",
            start("s"),
            call("ask", "q"),
            end("e"),
            flows("s", "ask", "e"),
        ),
        user("b"),
        end(),
        end("end-b"),
        flows("start", "split", "part", "end"),
        flows("split", "b", "end-b"),
        watch(of_error("bad")),
        process(
            "q", start("s2"), user("x"), end("e2", of_error("bad")), flows("s2", "x", "e2")
        ),
        *DEFINED,
    )

    stage.complete("x")

    assert stage.places == ["es-task"]
    assert sorted(stage.events("cancelled")) == ["ask", "b", "part"]
    assert stage.complete("es-task").ended


def test_an_error_of_a_job_begins_an_event_sub_process() -> None:
    stage = play(
        start(),
        service("send", "notify"),
        end(),
        flows("start", "send", "end"),
        watch(of_error("bad"), mapping(outputs={"why": "= reason"})),
        *DEFINED,
    )
    execution = stage.execution

    stage._keep(
        execution,
        execution.fail_job(stage.token("send"), "B", {"reason": "full"}, stage.around),
    )

    assert stage.places == ["es-task"]
    assert stage.task("es-task").local == {}
    assert stage.execution.visible(stage.token("es-task"))["why"] == "full"
    assert stage.variables == {}


def test_an_escalation_begins_an_event_sub_process() -> None:
    for interrupting in (True, False):
        stage = in_part(watch(of_escalation("late"), interrupting=interrupting))

        stage.complete("work", late=True)

        assert stage.places == ["es-task"]
        assert ("told" in stage.events("left"), "done" in stage.events("left")) == (
            True,
            not interrupting,
        )
        assert stage.complete("es-task").places == ["after"]


def test_each_escalation_begins_it_again() -> None:
    stage = play(
        start(),
        xor("again"),
        user("work"),
        throw("told", of_escalation("late")),
        xor("more", default="more-end"),
        end(),
        flows("start", "again", "work", "told", "more", "end"),
        flow("more", "again", "= more"),
        watch(of_escalation(), interrupting=False),
        *DEFINED,
    )

    stage.complete("work", more=True).complete("work", more=True)

    assert stage.places == ["es-task", "es-task", "work"]


def test_an_escalation_at_an_end_is_caught_before_the_scope_is_over() -> None:
    stage = play(
        start(),
        end("told", of_escalation("late")),
        flows("start", "told"),
        watch(of_escalation("late"), interrupting=False),
        *DEFINED,
    )

    assert stage.places == ["es-task"]
    assert stage.complete("es-task").ended


def throwing_inside(*watches: str, interrupting: bool, outside: str = "") -> Stage:
    """Play an event sub-process that throws an escalation after its task."""
    inner = event_sub(
        "es",
        user("es-task"),
        end("es-end", of_escalation("late")),
        flows("es-start", "es-task", "es-end"),
        begins=(of_message("withdrawal"),),
        interrupting=interrupting,
    )
    return play(
        start(),
        sub(
            "part",
            start("s"),
            user("work"),
            end("done"),
            flows("s", "work", "done"),
            inner,
            *watches,
        ),
        boundary("caught", "part", of_escalation("late")),
        user("fallen"),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        flows("caught", "fallen", "end"),
        outside,
        *DEFINED,
        number=7,
    ).deliver("es-start")


def test_what_an_event_sub_process_throws_is_caught_by_another_of_its_scope() -> None:
    other = watch(of_escalation("late"), name="other", interrupting=False)

    stage = throwing_inside(other, interrupting=False).complete("es-task")

    assert stage.places == ["es-start", "other-task", "work"]


def test_what_an_interrupting_one_throws_goes_outwards() -> None:
    other = watch(of_escalation("late"), name="other", interrupting=False)

    stage = throwing_inside(other, interrupting=True).complete("es-task")

    assert stage.places == ["fallen"]


def test_an_event_sub_process_does_not_catch_its_own() -> None:
    inner = event_sub(
        "es",
        user("es-task"),
        throw("es-throw", of_escalation("late")),
        end("es-end"),
        flows("es-start", "es-task", "es-throw", "es-end"),
        begins=(of_escalation("late"),),
        interrupting=False,
    )
    stage = in_part(
        inner,
        boundary("caught", "part", of_escalation("late")),
        user("fallen"),
        flows("caught", "fallen", "end"),
    ).complete("work", late=True)

    assert stage.complete("es-task").places == ["fallen"]


def test_an_event_sub_process_inside_an_event_sub_process() -> None:
    inner = watch(of_signal("stop"), name="inner")
    outer = watch(of_message("withdrawal"), name="outer", inside=inner)
    stage = beside_tasks(outer).deliver("outer-start")
    assert stage.places == ["inner-start", "outer-task"]

    stage.deliver("inner-start")

    assert stage.places == ["inner-task"]
    assert stage.complete("inner-task").ended


def test_an_interrupting_one_ends_those_that_run_beside() -> None:
    stage = beside_tasks(
        watch(of_signal("stop"), name="side", interrupting=False)
        + watch(of_message("withdrawal"), name="es")
        + watch(duration("PT1H"), name="late"),
    )
    stage.deliver("side-start").deliver("es-start")

    assert stage.places == ["es-task"]
    assert sorted(stage.events("cancelled")) == ["a", "b", "side", "side-task"]


def repeated(host: str, **marks: str) -> Stage:
    """Play a sub-process or transaction with an event sub-process for its error."""
    return play(
        start(),
        element(
            host,
            "part",
            start("s"),
            user("work"),
            xor("how", default="how-done"),
            end("done"),
            end("failed", of_error("bad")),
            flows("s", "work", "how", "done"),
            flow("how", "failed", "= bad"),
            watch(of_error("bad")),
            *marks.values(),
        ),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        *DEFINED,
        bad=True,
    )


def test_a_transaction_has_event_sub_processes_too() -> None:
    stage = repeated("transaction").complete("work")

    assert stage.places == ["es-task"]
    assert stage.complete("es-task").places == ["after"]


def test_an_error_of_one_instance_leaves_the_others_alone() -> None:
    stage = repeated("subProcess", loop=each("= [1, 2, 3]")).complete("work")
    assert stage.places == ["es-task", "work", "work"]

    stage.complete("work", bad=False).complete("work").complete("es-task")

    assert stage.places == ["after"]


def test_each_round_of_a_loop_has_its_own() -> None:
    stage = repeated("subProcess", loop=again("= true", most=2)).complete("work")

    assert stage.complete("es-task").places == ["work"]
    assert stage.complete("work").complete("es-task").places == ["after"]
