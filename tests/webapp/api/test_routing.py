"""Tasks that go other ways: sent back, taken back, asked about, copied, urged."""

import pytest

from engine.store.models import Opinion, Routed, Task
from tests.engine.commands.conftest import waiting
from tests.engine.commands.knowing import rows

ONCE = {"Idempotency-Key": "order-17"}
BACK = {"to": "investigate", "reason": "请补查保修期"}
ASKED = {"login": "lin", "question": "是否在保修期内？"}


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("return", BACK),
        ("withdraw", {}),
        ("opinions", ASKED),
        ("copy", {"login": "lin"}),
        ("urge", {}),
    ],
)
def test_strangers_do_nothing_with_a_task(caller, engine, approve, deed, body):
    assert caller("wu").post(f"/tasks/{approve}/{deed}", body).status_code == 403
    assert caller("wu").post(f"/tasks/999/{deed}", body).status_code == 404
    assert caller("zhao").post(f"/tasks/{approve}/{deed}", {"odd": 1}).status_code == 422
    assert rows(engine, Routed) == rows(engine, Opinion) == []


def test_it_is_told_what_can_be_done(caller, approve):
    told = caller("zhao").get(f"/tasks/{approve}/routing").json

    assert {"return", "hand-on", "ask-opinion", "copy"} <= set(told["verbs"])
    assert [step["id"] for step in told["returns"]] == ["investigate"]
    assert caller("wu").get(f"/tasks/{approve}/routing").status_code == 403


def test_a_task_is_sent_back(caller, engine, approve):
    answer = caller("zhao").post(f"/tasks/{approve}/return", BACK)

    assert answer.status_code == 200
    again = waiting(engine, "investigate")
    assert answer.json == {"task_id": again}
    assert rows(engine, Task, Task.id == approve)[0].state == "cancelled"
    told = caller("lin").get(f"/tasks/{again}/routing").json["sent_back"]
    assert (told["step"], told["reason"]) == ("审批换货", BACK["reason"])


def test_the_same_key_sends_back_once(caller, engine, approve):
    zhao, place = caller("zhao"), f"/tasks/{approve}/return"

    first, again = (zhao.post(place, BACK, headers=ONCE) for _ in range(2))

    assert first.json == again.json
    assert zhao.post(place, BACK).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "status"), [({"to": "approve"}, 404), ({"reason": ""}, 422), ({"to": 1}, 422)]
)
def test_it_goes_back_to_a_finished_step_with_a_reason(caller, approve, wrong, status):
    answer = caller("zhao").post(f"/tasks/{approve}/return", BACK | wrong)

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_a_completed_task_is_taken_back_once(caller, engine, investigate, approve):
    lin, place = caller("lin"), f"/tasks/{investigate}/withdraw"
    assert caller("zhao").post(place, {}).status_code == 403

    first, again = (lin.post(place, {}, headers=ONCE) for _ in range(2))

    assert (first.status_code, again.status_code) == (204, 204)
    assert waiting(engine, "investigate") == investigate
    assert lin.post(place, {}).status_code == 409


def test_what_others_began_is_not_taken_back(caller, investigate, approve):
    caller("zhao").post(f"/tasks/{approve}/claim")

    assert caller("lin").post(f"/tasks/{investigate}/withdraw", {}).status_code == 409


def test_an_opinion_is_asked_for_and_given(caller, approve):
    zhao, lin = caller("zhao"), caller("lin")
    asked = zhao.post(f"/tasks/{approve}/opinions", ASKED | {"holds": True})
    [wanted] = lin.get("/opinions").json
    assert (asked.status_code, wanted["id"]) == (201, asked.json["id"])
    assert zhao.post(f"/tasks/{approve}/complete", {"values": {}}).status_code == 409
    place = f"/opinions/{wanted['id']}/answer"

    given = [lin.post(place, {"text": "在保修期内"}, headers=ONCE) for _ in range(2)]

    assert [answer.status_code for answer in given] == [204, 204]
    [told] = zhao.get(f"/tasks/{approve}/routing").json["opinions"]
    assert (told["state"], told["text"]) == ("given", "在保修期内")
    assert lin.post(place, {"text": "再答"}).status_code == 409
    assert lin.get("/opinions").json == []


@pytest.fixture
def opinion(caller, approve):
    return caller("zhao").post(f"/tasks/{approve}/opinions", ASKED).json["id"]


@pytest.mark.parametrize(
    ("login", "body", "status"),
    [("zhao", {"text": "x"}, 403), ("lin", {"text": ""}, 422), ("lin", {}, 422)],
)
def test_only_who_was_asked_answers_in_words(caller, opinion, login, body, status):
    answer = caller(login).post(f"/opinions/{opinion}/answer", body)

    assert answer.status_code == status
    assert caller("lin").post("/opinions/999/answer", {"text": "x"}).status_code == 404


def test_nobody_is_asked_twice(caller, engine, approve, opinion):
    place = f"/tasks/{approve}/opinions"

    assert caller("zhao").post(place, ASKED).status_code == 409
    assert caller("zhao").post(place, ASKED | {"login": "nobody"}).status_code == 404
    assert len(rows(engine, Opinion)) == 1


def test_who_asked_does_without(caller, engine, opinion):
    place = f"/opinions/{opinion}/drop"
    assert caller("wu").post(place).status_code == 403

    assert caller("zhao").post(place).status_code == 204

    assert rows(engine, Opinion)[0].state == "dropped"
    assert caller("zhao").post(place).status_code == 409
    assert caller("zhao").post("/opinions/999/drop").status_code == 404


def test_who_gets_a_copy_may_read_the_case(caller, case_id, approve):
    place = f"/tasks/{approve}/copy"

    sent = caller("zhao").post(place, {"login": "wu", "reason": "请知悉"}, headers=ONCE)

    assert sent.status_code == 204
    assert caller("wu").get(f"/cases/{case_id}").status_code == 200
    assert caller("zhao").post(place, {"login": "wu"}).status_code == 409
    assert caller("zhao").post(place, {"login": "nobody"}).status_code == 404


def test_who_has_to_do_a_task_is_urged_once_an_hour(caller, clock, approve):
    lin, place = caller("lin"), f"/tasks/{approve}/urge"

    first, again = (lin.post(place, {"reason": "客户在等"}, headers=ONCE) for _ in range(2))

    assert first.json == again.json == {"people": 1}
    assert lin.post(place, {}).status_code == 409
    clock.move(hours=2)
    assert lin.post(place, {}).status_code == 200
    assert caller("zhao").post(place, {}).status_code == 409  # It is hers to do.
