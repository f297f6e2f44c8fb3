import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.store.models import Case, Message, Subscription
from tests.engine.commands.knowing import rows
from tests.engine.commands.outside.test_signals import CAUGHT, waits, with_signals
from tests.people import actor


@pytest.fixture
def awaited(engine, approve) -> str:
    """The address under which the awaited goods are recorded."""
    engine.run(CompleteTask(approve, {"agreed": True}), by=actor(engine, "zhao"))
    waits = rows(engine, Subscription)[0]
    return f"/cases/{waits.case_id}/arrivals/{waits.id}"


def test_the_case_page_offers_what_the_case_waits_for(lin, awaited):
    page = lin.get(awaited.partition("/arrivals")[0])

    assert "登记「货物到达」" in page.texts("//form//button")


def test_what_came_is_recorded_and_the_case_goes_on(engine, lin, awaited):
    page = lin.send(awaited)

    assert "已登记「货物到达」" in page.said()
    assert rows(engine, Subscription) == []
    message = rows(engine, Message)[0]
    assert (message.state, message.received_from) == ("correlated", "lin")


def test_what_came_is_not_recorded_by_a_stranger_to_the_case(engine, browser, awaited):
    page = browser("wu").post(awaited)

    assert page.status == 403
    assert len(rows(engine, Subscription)) == 1


def test_the_same_button_pressed_twice_records_once(engine, lin, awaited):
    once = {"_command": "c" * 32}
    lin.send(awaited, once)

    page = lin.post(awaited, once)

    assert page.status == 404
    assert "已不再等待" in page.text
    assert len(rows(engine, Message)) == 1


def test_nothing_is_recorded_that_the_case_does_not_wait_for(engine, lin, case_id):
    page = lin.post(f"/cases/{case_id}/arrivals/999")

    assert page.status == 404
    assert rows(engine, Case)[0].state == "open"
    assert rows(engine, Message) == []


def test_a_signal_is_shown_and_not_recorded(engine, lin, minimal):
    root = actor(engine, "root")
    engine.run(DeployBundle(with_signals(minimal, CAUGHT)), by=root)
    case_id = waits(engine, lambda login: actor(engine, login))

    page = lin.get(f"/cases/{case_id}")

    assert "在等信号「货物到达」" in page.text
    assert "登记「货物到达」" not in page.text
    [row] = rows(engine, Subscription)
    assert lin.post(f"/cases/{case_id}/arrivals/{row.id}").status == 404
