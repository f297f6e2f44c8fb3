"""Timers, messages and jobs: what a process waits for outside."""

from datetime import timedelta

import pytest

from engine.model import InvalidState
from tests.engine.bpmn.models import (
    boundary,
    catch,
    date,
    duration,
    element,
    end,
    first_of,
    flow,
    flows,
    mapping,
    message,
    of_message,
    service,
    start,
    throw,
    user,
    zeebe,
)
from tests.engine.bpmn.stage import MONDAY, Stage, play


def reminded(*, interrupting: bool) -> Stage:
    return play(
        start(),
        user("visit"),
        boundary("late", "visit", duration("PT3H"), interrupting=interrupting),
        user("ask"),
        end(),
        end("asked"),
        flows("start", "visit", "end"),
        flows("late", "ask", "asked"),
    )


def test_a_boundary_timer_takes_the_task_away() -> None:
    stage = reminded(interrupting=True)
    assert stage.timer("late").due == MONDAY + timedelta(hours=3)

    stage.fire("late")

    assert stage.places == ["ask"]
    assert stage.events("cancelled") == ["visit"]
    assert "late-ask" in stage.way()


def test_a_reminder_leaves_the_task() -> None:
    stage = reminded(interrupting=False)

    stage.fire("late")
    assert stage.places == ["ask", "visit"]

    stage.complete("visit")
    assert not stage.ended
    stage.complete("ask")
    assert stage.ended


def test_a_task_done_in_time_takes_its_timer_along() -> None:
    stage = reminded(interrupting=True)
    timer = stage.token("late")

    stage.complete("visit")

    assert stage.ended
    with pytest.raises(InvalidState):
        stage.execution.fire(timer, stage.around)


def test_a_timer_reads_variables_and_working_time() -> None:
    stage = play(
        start(),
        catch("agreed", date("= add working hours(visitAt, 2)")),
        end(),
        flows("start", "agreed", "end"),
        visitAt="2026-03-02T11:00:00+08:00",
    )

    assert stage.timer("agreed").due.isoformat() == "2026-03-02T14:30:00+08:00"
    assert stage.fire("agreed").ended


def test_a_message_comes_with_values() -> None:
    stage = play(
        start(),
        catch("arrival", of_message("goods"), mapping(outputs={"arrivedAt": "= at"})),
        end(),
        flows("start", "arrival", "end"),
        message("goods", "= number"),
        number=17,
    )
    assert (stage.subscription("arrival").message, stage.subscription("arrival").key) == (
        "goods",
        "17",
    )

    stage.deliver("arrival", at="2026-03-03", by="courier")

    assert stage.ended
    assert stage.variables == {"number": 17, "arrivedAt": "2026-03-03"}


def test_the_first_event_decides() -> None:
    model = (
        start(),
        first_of("race"),
        catch("arrival", of_message("goods")),
        catch("soon", duration("PT1H")),
        catch("later", duration("P1D")),
        *(user(name) for name in ("test", "remind", "give-up")),
        end(),
        flows("start", "race", "arrival", "test", "end"),
        flows("race", "soon", "remind", "end"),
        flows("race", "later", "give-up", "end"),
        message("goods"),
    )
    stage = play(*model, number="1")
    assert stage.places == ["arrival", "later", "soon"]

    stage.fire("soon")
    assert stage.places == ["remind"]
    assert "race-soon" in stage.way()

    assert play(*model, number="1").deliver("arrival").places == ["test"]
    assert play(*model, number="1").fire("later").places == ["give-up"]


def test_a_job_waits_for_the_machine() -> None:
    headers = zeebe(
        "taskHeaders",
        zeebe("header", key="letter", value="approved"),
        zeebe("header", key="groups", value='= ["quality", role]'),
    )
    stage = play(
        start(),
        service("tell", "notify", headers, mapping(inputs={"text": '= "No. " + number'})),
        end(),
        flows("start", "tell"),
        flow("tell", "end"),
        number="7",
        role="hq-clerk",
    )
    (job,) = stage.waiting.values()
    assert job.type == "notify"
    assert job.headers == {"letter": "approved", "groups": ["quality", "hq-clerk"]}
    assert (job.inputs, job.retries) == ({"text": "No. 7"}, 3)

    stage.finish("tell", sent=True)

    assert stage.ended
    assert stage.variables["sent"] is True


def test_a_job_is_not_completed_by_a_person() -> None:
    stage = play(start(), service("tell", "notify"), end(), flows("start", "tell", "end"))

    with pytest.raises(InvalidState):
        stage.complete("tell")


def test_a_receive_task_waits_for_a_message() -> None:
    stage = play(
        start(),
        element("receiveTask", "arrival", messageRef="goods"),
        end(),
        flows("start", "arrival", "end"),
        message("goods", "= number", name='= "goods-" + kind'),
        number="A1",
        kind="hose",
    )
    assert stage.subscription("arrival").message == "goods-hose"

    assert stage.deliver("arrival", weight=3).variables["weight"] == 3


def test_a_message_is_thrown_by_a_job() -> None:
    send = zeebe("taskDefinition", type="send")
    stage = play(
        start(),
        throw("tell", "<bpmn:messageEventDefinition/>", send),
        end("told", "<bpmn:messageEventDefinition/>", send),
        flows("start", "tell", "told"),
    )

    stage.finish("tell")
    assert not stage.ended

    assert stage.finish("told").last.end_events == ("told",)


def test_manual_tasks_wait_and_undefined_ones_do_not() -> None:
    stage = play(
        start(),
        element("task", "note"),
        element("manualTask", "carry"),
        end(),
        flows("start", "note", "carry", "end"),
    )
    assert stage.places == ["carry"]

    assert stage.complete("carry").ended


def test_a_correlation_key_must_be_known() -> None:
    stage = play(
        start(),
        catch("arrival", of_message("goods")),
        end(),
        flows("start", "arrival", "end"),
        message("goods", "= number"),
    )
    assert stage.incidents == {"arrival": "message"}

    stage.correct(number=5).retry("arrival")

    assert stage.subscription("arrival").key == "5"
