"""What is half-filled at a task: kept for its person alone, and thrown away."""

import pytest

from engine.commands.tasks.lifecycle import CompleteTask
from engine.store.models import Draft
from tests.engine.commands.conftest import FOUND
from tests.engine.commands.knowing import rows
from tests.people import actor

SO_FAR = {"values": {"findings": "密封圈"}}
ODD = (None, True, 5, 1.5e300, "x", [], [1], [None], [[1]], {}, {"a": 1}, [{"a": {}}])


@pytest.fixture
def place(investigate):
    return f"/tasks/{investigate}/draft"


def test_a_draft_is_kept_and_read(caller, clock, place):
    lin = caller("lin")

    assert lin.put(place, SO_FAR).status_code == 204

    kept = lin.get(place).json
    assert kept["values"] == SO_FAR["values"]
    assert kept["kept_at"] == clock.now().isoformat().replace("+00:00", "Z")


def test_it_takes_the_place_of_the_one_before(caller, engine, place):
    lin = caller("lin")
    lin.put(place, SO_FAR)

    lin.put(place, {"values": {}})

    assert lin.get(place).json["values"] == {}
    assert len(rows(engine, Draft)) == 1


def test_it_is_thrown_away_once(caller, engine, place):
    lin, once = caller("lin"), {"Idempotency-Key": "order-17"}
    lin.put(place, SO_FAR)

    gone = [lin.delete(place, headers=once) for _ in range(2)]

    assert [answer.status_code for answer in gone] == [204, 204]
    assert rows(engine, Draft) == []
    assert lin.get(place).status_code == lin.delete(place).status_code == 404


def test_others_see_nothing_of_it(caller, engine, place):
    caller("lin").put(place, SO_FAR)

    for login, status in (("root", 404), ("wu", 403)):
        assert caller(login).get(place).status_code == status
        assert caller(login).delete(place).status_code == status
    assert len(rows(engine, Draft)) == 1


def test_only_who_may_do_the_task_keeps_one(caller, engine, investigate, place):
    assert caller("wu").put(place, SO_FAR).status_code == 403
    assert caller("lin").put("/tasks/999/draft", SO_FAR).status_code == 404
    assert caller("lin").delete("/tasks/999/draft").status_code == 404
    engine.run(CompleteTask(investigate, FOUND), by=actor(engine, "lin"))
    assert caller("lin").put(place, SO_FAR).status_code == 409


@pytest.mark.parametrize("body", [{}, {"values": None}, {"values": []}, {"more": 1}])
def test_what_is_no_draft_is_refused(caller, place, body):
    assert caller("lin").put(place, body).status_code == 422


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_the_page_of_the_task_shows_whatever_was_kept(caller, lin, investigate, place, odd):
    names = [*FOUND, "photos", "more"]
    caller("lin").post(f"/tasks/{investigate}/claim")

    assert (
        caller("lin").put(place, {"values": dict.fromkeys(names, odd)}).status_code == 204
    )

    assert lin.get(f"/tasks/{investigate}").status == 200
    assert caller("lin").get(f"/tasks/{investigate}").status_code == 200
