"""Event sub-processes: begun by an event while their scope runs."""

from datetime import timedelta

import pytest

from engine.bpmn import inspect
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    cycle,
    date,
    diagram,
    duration,
    each,
    end,
    event_sub,
    flow,
    flows,
    fork,
    mapping,
    message,
    of_condition,
    of_error,
    of_message,
    of_signal,
    process,
    script,
    start,
    sub,
    terminate,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.scopes import DEFINED, beside_tasks, in_part, watch
from tests.engine.bpmn.stage import MONDAY, play


@pytest.mark.parametrize(
    ("begins", "happen"),
    [
        (duration("PT1H"), lambda stage: stage.fire("es-start")),
        (date("2026-04-01"), lambda stage: stage.fire("es-start")),
        (of_message("withdrawal"), lambda stage: stage.deliver("es-start")),
        (of_signal("stop"), lambda stage: stage.deliver("es-start")),
        (of_condition("= stop"), lambda stage: stage.correct(stop=True)),
    ],
)
class TestWhatComesFromOutside:
    def test_it_interrupts_the_process(self, begins: str, happen: object) -> None:
        stage = beside_tasks(watch(begins))

        happen(stage)  # type: ignore[operator]

        assert stage.places == ["es-task"]
        assert stage.events("cancelled") == ["a", "b"]
        assert stage.complete("es-task").ended
        assert stage.events("left")[-2:] == ["es-end", "es"]
        assert stage.last.end_events == ()

    def test_it_runs_beside_the_process(self, begins: str, happen: object) -> None:
        stage = beside_tasks(watch(begins, interrupting=False))

        happen(stage)  # type: ignore[operator]

        assert [p for p in stage.places if p != "es-start"] == ["a", "b", "es-task"]
        stage.complete("a").complete("b")
        assert not stage.ended
        assert stage.complete("es-task").ended
        assert not stage.waiting

    def test_it_ends_unused_with_its_process(self, begins: str, happen: object) -> None:
        stage = beside_tasks(watch(begins)).complete("a")
        assert not stage.ended

        stage.complete("b")

        assert stage.ended
        assert not stage.waiting
        assert "es" not in stage.events("entered")

    def test_it_interrupts_a_sub_process(self, begins: str, happen: object) -> None:
        stage = in_part(watch(begins))

        happen(stage)  # type: ignore[operator]

        assert stage.places == ["es-task"]
        assert stage.complete("es-task").places == ["after"]
        assert stage.events("cancelled") == ["work"]

    def test_it_runs_beside_a_sub_process(self, begins: str, happen: object) -> None:
        stage = in_part(watch(begins, interrupting=False))

        happen(stage)  # type: ignore[operator]
        stage.complete("work")

        assert [p for p in stage.places if p != "es-start"] == ["es-task"]
        assert stage.complete("es-task").places == ["after"]
        assert not [token for token in stage.waiting if token != stage.token("after")]

    def test_it_is_of_each_called_process_and_instance(
        self, begins: str, happen: object
    ) -> None:
        inside = (start("s"), user("x"), end("e"), flows("s", "x", "e"), watch(begins))
        for host, other in (
            (sub("part", *inside, each("= [1, 2]")), None),
            (call("part", "q"), process("q", *inside)),
            (call("part", "q", each("= [1, 2]")), process("q", *inside)),
        ):
            beside = (other,) if other else ()
            stage = play(
                start(),
                host,
                end(),
                flows("start", "part", "end"),
                *beside,
                *DEFINED,
                number=7,
            )
            count = len([place for place in stage.places if place == "x"])

            happen(stage)  # type: ignore[operator]
            while stage.waiting:
                stage.complete("es-task" if "es-task" in stage.places else "x")

            assert stage.ended
            assert stage.events("cancelled").count("x") in (1, count)


def test_a_message_comes_as_often_as_it_is_sent() -> None:
    stage = in_part(watch(of_message("withdrawal"), interrupting=False))
    assert stage.subscription("es-start").key == "7"

    stage.deliver("es-start").deliver("es-start")

    assert stage.places == ["es-start", "es-task", "es-task", "work"]
    assert stage.complete("work").places == ["es-start", "es-task", "es-task"]
    stage.complete("es-task").complete("es-task")
    assert stage.places == ["after"]


def test_a_cycle_comes_as_often_as_it_says() -> None:
    stage = beside_tasks(watch(cycle("R2/PT1H"), interrupting=False))

    stage.fire("es-start")
    assert stage.timer("es-start").due == MONDAY + timedelta(hours=2)
    stage.fire("es-start")

    assert stage.places == ["a", "b", "es-task", "es-task"]
    stage.complete("a").complete("b").complete("es-task")
    assert stage.complete("es-task").ended


def test_terminate_inside_ends_the_event_sub_process_only() -> None:
    stage = beside_tasks(
        event_sub(
            "es",
            fork("es-split"),
            user("x"),
            user("y"),
            end("stop", terminate()),
            end("es-end"),
            flows("es-start", "es-split", "x", "stop"),
            flows("es-split", "y", "es-end"),
            begins=(of_message("withdrawal"),),
            interrupting=False,
        )
    ).deliver("es-start")

    stage.complete("x")

    assert stage.places == ["a", "b", "es-start"]


def test_terminate_in_the_scope_ends_its_event_sub_processes_too() -> None:
    stage = play(
        start(),
        user("a"),
        end("stop", terminate()),
        flows("start", "a", "stop"),
        watch(of_message("withdrawal"), interrupting=False),
        *DEFINED,
        number=7,
    ).deliver("es-start")

    assert stage.complete("a").ended
    assert not stage.waiting


def test_a_boundary_event_goes_on_while_an_event_sub_process_runs() -> None:
    stage = in_part(
        watch(of_message("withdrawal")),
        boundary("late", "part", duration("PT2H")),
        user("fallen"),
        flows("late", "fallen", "end"),
    ).deliver("es-start")
    assert stage.places == ["es-task", "late"]

    assert stage.fire("late").places == ["fallen"]


def test_what_comes_is_kept_inside_by_mappings_and_else_propagates() -> None:
    mapped = watch(of_message("withdrawal"), mapping(outputs={"why": "= reason"}))
    stage = beside_tasks(mapped).deliver("es-start", reason="no time", by="phone")
    assert stage.execution.visible(stage.token("es-task"))["why"] == "no time"
    assert stage.variables == {"number": 7}

    stage = beside_tasks(watch(of_message("withdrawal")))
    stage.deliver("es-start", reason="no time")
    assert stage.variables == {"number": 7, "reason": "no time"}


def test_what_comes_is_known_at_once() -> None:
    stage = play(
        start(),
        user("go"),
        throw("call-out", of_signal("stop"), mapping(inputs={"why": '= "recall"'})),
        script("next", "= why", "seen"),
        end(),
        flows("start", "go", "call-out", "next", "end"),
        watch(of_signal("stop"), interrupting=False),
        *DEFINED,
    ).complete("go")

    assert stage.variables == {"why": "recall", "seen": "recall"}


def test_an_event_sub_process_has_mappings_of_its_own() -> None:
    es = event_sub(
        "es",
        mapping({"copy": "= number + 1"}, {"total": "= sum"}),
        script("add", "= copy + 1", "sum"),
        end("es-end"),
        flows("es-start", "add", "es-end"),
        begins=(of_message("withdrawal"),),
        interrupting=False,
    )

    stage = beside_tasks(es).deliver("es-start")

    assert stage.variables["total"] == 9
    assert "copy" not in stage.variables


def test_what_is_unclear_when_the_scope_begins_is_an_incident_at_its_start() -> None:
    stage = play(
        start(),
        user("a"),
        end(),
        flows("start", "a", "end"),
        watch(of_message("withdrawal")),
        *DEFINED,
    )
    assert stage.incidents == {"start": "message"}
    assert not stage.waiting

    stage.correct(number=7).retry("start")

    assert stage.places == ["a", "es-start"]
    assert stage.events("entered").count("start") == 1


def test_what_the_start_event_sets_is_known_to_the_events() -> None:
    begun = play(
        start("start", mapping(outputs={"number": "= order.id"})),
        user("a"),
        end(),
        flows("start", "a", "end"),
        watch(of_message("withdrawal")),
        *DEFINED,
        order={"id": 5},
    )

    assert begun.subscription("es-start").key == "5"


def test_an_unclear_time_inside_a_sub_process_is_an_incident_there() -> None:
    stage = in_part(watch(duration("= limit")))
    assert stage.incidents == {"s": "timer"}

    stage.correct(limit="PT1H").retry("s")

    assert stage.places == ["es-start", "work"]


def test_a_condition_of_an_event_sub_process_that_is_no_truth_is_an_incident() -> None:
    stage = beside_tasks(watch(of_condition("= stop")), stop=1)
    assert stage.incidents == {"es-start": "condition"}
    assert stage.places == ["a", "b"]

    assert stage.correct(stop=True).retry("es-start").places == ["es-task"]


def test_a_signal_thrown_as_the_scope_begins_is_heard() -> None:
    stage = play(
        start(),
        fork("split"),
        sub(
            "part",
            start("s"),
            user("work"),
            end("e"),
            flows("s", "work", "e"),
            watch(of_signal("stop"), interrupting=False),
        ),
        throw("call-out", of_signal("stop")),
        end(),
        end("thrown"),
        flows("start", "split", "part", "end"),
        flows("split", "call-out", "thrown"),
        *DEFINED,
    )

    assert stage.places == ["es-start", "es-task", "work"]


def test_a_scope_that_begins_again_watches_anew() -> None:
    stage = play(
        start(),
        xor("again"),
        sub(
            "part",
            start("s"),
            user("work"),
            end("e"),
            flows("s", "work", "e"),
            watch(duration("PT1H")),
        ),
        xor("more", default="more-end"),
        end(),
        flows("start", "again", "part", "more", "end"),
        flow("more", "again", "= more"),
    )
    stage.wait(minutes=30).complete("work", more=True)
    assert stage.timer("es-start").due == MONDAY + timedelta(minutes=90)

    assert stage.fire("es-start").complete("es-task").places == ["es-start", "work"]


def test_a_catch_event_and_an_event_sub_process_hear_the_same_signal() -> None:
    stage = play(
        start(),
        fork("split"),
        catch("wait", of_signal("stop")),
        user("go"),
        end("over", of_signal("stop")),
        end(),
        flows("start", "split", "wait", "end"),
        flows("split", "go", "over"),
        watch(of_signal("stop")),
        *DEFINED,
    )

    stage.complete("go")

    assert stage.places == ["es-task"]
    assert stage.events("cancelled") == ["wait"]


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (watch(""), "bpmn-event-kind"),
        (watch(of_error("bad"), interrupting=False), "bpmn-error-interrupts"),
        (watch(cycle("R/PT1H")), "bpmn-timer-cycle"),
        (watch("<bpmn:compensateEventDefinition/>"), "bpmn-event-kind"),
        (watch(of_message("keyless")), "bpmn-message-key"),
        (watch(duration("PT1H"), inside=start("es-again")), "bpmn-start-of-event"),
        (watch(duration("PT1H")) + flow("a", "es"), "bpmn-event-sub-flow"),
        (watch(duration("PT1H")) + flow("es", "a"), "bpmn-event-sub-flow"),
        (watch(duration("PT1H"), inside=each("= [1]")), "bpmn-event-sub-repeated"),
        (
            watch(duration("PT1H")) + boundary("x", "es", duration("PT1H")),
            "bpmn-event-sub-border",
        ),
        (
            watch(of_error("bad")) + watch(of_error("bad"), name="es2"),
            "bpmn-event-sub-twice",
        ),
    ],
)
def test_it_refuses(part: str, rule: str) -> None:
    inside = (start(), user("a"), end(), flows("start", "a", "end"), part)
    source = diagram(process("p", *inside), *DEFINED, message("keyless", None))

    assert rule in {problem.rule for problem in inspect({"p.bpmn": source})}
