"""More time is asked for, and given or not."""

from datetime import timedelta

import pytest

from engine.commands.tasks.lifecycle import ClaimTask
from engine.store.models import Extension, Task
from tests.engine.commands.deadlines.small_policy import opened
from tests.engine.commands.knowing import rows
from tests.people import actor

ONCE = {"Idempotency-Key": "order-17"}


@pytest.fixture
def task(engine, minimal, who):
    """A task of the clerk, for which heads give more time."""
    task = opened(engine, minimal, who)
    engine.run(ClaimTask(task), by=actor(engine, "lin"))
    return task


@pytest.fixture
def asked(clock):
    until = clock.now() + timedelta(days=2)
    return {"until": until.isoformat(), "reason": "等待供应商答复"}


@pytest.fixture
def extension(caller, task, asked):
    """The number of the request of the clerk."""
    return caller("lin").post(f"/tasks/{task}/extensions", asked).json["id"]


def test_more_time_is_asked_for_once(caller, engine, task, asked):
    lin, place = caller("lin"), f"/tasks/{task}/extensions"
    assert lin.get(place).json["may_ask"]

    first, again = (lin.post(place, asked, headers=ONCE) for _ in range(2))

    assert (first.status_code, first.json) == (201, again.json)
    assert [row.id for row in rows(engine, Extension)] == [first.json["id"]]
    assert lin.post(place, asked).status_code == 409
    assert not lin.get(place).json["may_ask"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"until": "2026-03-09T09:00:00"},  # Of no time zone.
        {"until": "2020-01-01T00:00:00Z"},
        {"until": "9999-12-31T23:59:59-14:00"},
        {"until": "soon"},
    ],
)
def test_it_is_asked_for_with_a_moment_and_a_reason(caller, engine, task, asked, wrong):
    answer = caller("lin").post(f"/tasks/{task}/extensions", asked | wrong)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["fields"]] == [*wrong]
    assert rows(engine, Extension) == []


def test_strangers_ask_for_nothing(caller, task, asked):
    wu = caller("wu")

    assert wu.get(f"/tasks/{task}/extensions").status_code == 403
    assert wu.post(f"/tasks/{task}/extensions", asked).status_code == 403
    assert wu.post("/tasks/999/extensions", asked).status_code == 404


def test_who_decides_finds_the_request(caller, task, extension):
    found = caller("zhao").get("/extensions").json

    assert [row["asked"]["id"] for row in found["rows"]] == [extension]
    assert found["rows"][0]["task_id"] == task
    assert caller("zhao").get(f"/tasks/{task}/extensions").json["may_decide"] == extension
    assert caller("lin").get("/extensions").json["rows"] == []


def test_more_time_is_given_once(caller, engine, task, asked, extension):
    zhao, place = caller("zhao"), f"/extensions/{extension}/decision"

    given = [zhao.post(place, {"granted": True}, headers=ONCE) for _ in range(2)]

    assert [answer.status_code for answer in given] == [204, 204]
    [row] = rows(engine, Task, Task.id == task)
    assert row.due.isoformat() == asked["until"]
    assert zhao.post(place, {"granted": True}).status_code == 409
    [told] = caller("lin").get(f"/tasks/{task}/extensions").json["requests"]
    assert (told["state"], told["decided_by"]) == ("granted", "赵主管")


def test_more_time_is_refused_with_a_reason(caller, engine, task, extension):
    zhao, place = caller("zhao"), f"/extensions/{extension}/decision"
    assert zhao.post(place, {"granted": False}).status_code == 422

    refused = zhao.post(place, {"granted": False, "remark": "请按期办结"})

    assert refused.status_code == 204
    assert rows(engine, Extension)[0].state == "refused"


@pytest.mark.parametrize(
    ("login", "body", "status"),
    [("lin", {"granted": True}, 403), ("wu", {"granted": True}, 403), ("zhao", {}, 422)],
)
def test_only_who_decides_does(caller, engine, extension, login, body, status):
    answer = caller(login).post(f"/extensions/{extension}/decision", body)

    assert answer.status_code == status
    assert rows(engine, Extension)[0].state == "open"
    missing = caller("zhao").post("/extensions/999/decision", {"granted": True})
    assert missing.status_code == 404
