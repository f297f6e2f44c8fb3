"""Each action: done, by the wrong person, in the wrong state, with wrong values, twice."""

from dataclasses import replace

import pytest

from engine.commands.tasks.lifecycle import CompleteTask
from engine.store.models import Case, Document, Message, Subscription, Task
from tests.engine.commands.conftest import ENTERED, FOUND
from tests.engine.commands.knowing import rows
from tests.people import actor

STARTS = "/policies/minimal/processes/complaint/cases"
ONCE = {"Idempotency-Key": "order-17"}


def test_a_case_is_opened(caller, engine, deployed):
    answer = caller("lin").post(STARTS, {"values": ENTERED})

    assert answer.status_code == 201
    [case] = rows(engine, Case)
    assert (answer.json["id"], answer.json["number"]) == (case.id, case.number)
    assert case.started_by == "lin"


def test_the_same_key_opens_one_case(caller, engine, deployed):
    lin = caller("lin")
    first, again = (lin.post(STARTS, {"values": ENTERED}, headers=ONCE) for _ in range(2))

    assert first.json == again.json
    assert len(rows(engine, Case)) == 1


def test_wrong_values_are_told_by_field(caller, engine, deployed):
    answer = caller("lin").post(STARTS, {"values": {**ENTERED, "subject": ""}})

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["fields"]] == ["subject"]
    assert rows(engine, Case) == []


def test_only_who_may_register_opens_a_case(caller, deployed):
    assert caller("wu").post(STARTS, {"values": ENTERED}).status_code == 403


def test_nothing_is_opened_where_there_is_no_process(caller, deployed):
    nowhere = STARTS.replace("complaint", "nothing")

    assert caller("lin").post(nowhere, {"values": ENTERED}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"[]", "content_type": "application/json"}, 422),
        ({"data": b'{"more": 1}', "content_type": "application/json"}, 422),
        ({"data": b"[" * 9999, "content_type": "application/json"}, 422),
        ({"data": b"{}", "content_type": "text/plain"}, 415),
        ({"data": b" " * 2_000_001, "content_type": "application/json"}, 413),
    ],
)
def test_what_is_not_as_documented_is_refused(caller, deployed, sent, status):
    answer = caller("lin").post(STARTS, **sent)

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_the_form_to_fill_in_is_told(caller, deployed):
    answer = caller("lin").get("/policies/minimal/processes/complaint/form")

    fields = {field["name"]: field for field in answer.json["form"]["fields"]}
    assert fields["subject"]["required"]


def test_cases_are_found_by_page(caller, case_id):
    found = caller("lin").get("/cases?q=水泵&size=1").json

    assert [row["id"] for row in found["rows"]] == [case_id]
    assert caller("wu").get("/cases").json["rows"] == []
    assert caller("lin").get("/cases?state=odd").status_code == 422


def test_a_case_is_read_by_who_may_see_it(caller, case_id):
    assert caller("lin").get(f"/cases/{case_id}").json["tasks"][0]["name"]
    assert caller("wu").get(f"/cases/{case_id}").status_code == 403
    assert caller("lin").get("/cases/999").status_code == 404


def test_a_remark_is_added(caller, case_id):
    answer = caller("lin").post(f"/cases/{case_id}/comments", {"text": "已致电"})

    assert answer.status_code == 201
    assert "已致电" in str(caller("lin").get(f"/cases/{case_id}").json["history"])


def test_a_file_is_attached_and_fetched(caller, engine, case_id):
    lin = caller("lin")
    answer = lin.post(f"/cases/{case_id}/documents?name=说明.txt", data="送达".encode())

    assert answer.status_code == 201
    [document] = rows(engine, Document)
    assert document.case_id == case_id
    assert lin.get(f"/cases/{case_id}/documents").json == [answer.json]
    fetched = lin.get(f"/documents/{document.id}")
    assert fetched.data.decode() == "送达"
    assert caller("wu").get(f"/documents/{document.id}").status_code == 403
    fetched.close()


def test_a_bad_file_is_refused(caller, engine, case_id):
    answer = caller("lin").post(f"/cases/{case_id}/documents?name=a.exe", data=b"MZ\0\1")

    assert answer.status_code == 422
    assert rows(engine, Document) == []


def test_a_task_is_taken_done_and_not_done_again(caller, engine, investigate):
    lin = caller("lin")
    place = f"/tasks/{investigate}"
    assert [row["id"] for row in lin.get("/tasks?scope=groups").json["rows"]] == [
        investigate
    ]
    assert lin.post(f"{place}/claim").status_code == 204
    assert {field["name"] for field in lin.get(place).json["form"]["fields"]}

    done = lin.post(f"{place}/complete", {"values": FOUND})

    assert done.status_code == 200
    assert done.json["next"][0]["roles"]
    assert lin.post(f"{place}/complete", {"values": FOUND}).status_code == 409


def test_the_same_key_completes_once(caller, engine, investigate):
    lin, place = caller("lin"), f"/tasks/{investigate}/complete"

    first, again = (lin.post(place, {"values": FOUND}, headers=ONCE) for _ in range(2))

    assert first.json == again.json


def test_a_key_used_for_something_else_is_refused(caller, investigate):
    lin = caller("lin")
    lin.post(f"/tasks/{investigate}/claim", headers=ONCE)

    assert lin.post(f"/tasks/{investigate}/unclaim", headers=ONCE).status_code == 409


@pytest.mark.parametrize(
    ("deed", "body"),
    [("claim", None), ("complete", {"values": FOUND}), ("hand-on", {"login": "lin"})],
)
def test_a_task_is_not_for_strangers(caller, investigate, deed, body):
    assert caller("wu").post(f"/tasks/{investigate}/{deed}", body).status_code == 403
    assert caller("wu").post(f"/tasks/999/{deed}", body).status_code == 404


def test_a_task_that_nobody_holds_is_not_given_back(caller, investigate):
    assert caller("lin").post(f"/tasks/{investigate}/unclaim").status_code == 409


def test_a_task_is_assigned(caller, engine, investigate):
    answer = caller("root").post(f"/tasks/{investigate}/assign", {"login": "lin"})

    assert answer.status_code == 204
    assert rows(engine, Task)[0].assignee == "lin"


def test_a_task_is_completed_with_values_that_fit(caller, investigate):
    answer = caller("lin").post(f"/tasks/{investigate}/complete", {"values": {}})

    assert answer.status_code == 422
    assert answer.json["fields"]


@pytest.fixture
def awaited(engine, approve):
    engine.run(CompleteTask(approve, {"agreed": True}), by=actor(engine, "zhao"))
    return rows(engine, Subscription)[0]


def test_a_message_reaches_the_case_once(caller, engine, awaited):
    sent = {"name": awaited.name, "key": awaited.key, "message_id": "m-1"}

    told = [caller("lin", "messages").post("/messages", sent) for _ in range(2)]

    assert [each.json["case_id"] for each in told] == [awaited.case_id] * 2
    assert len(rows(engine, Message)) == 1


def test_a_message_is_not_sent_by_strangers(caller, engine, awaited):
    sent = {"name": awaited.name, "key": awaited.key, "message_id": "m-1"}

    assert caller("wu").post("/messages", sent).status_code == 403
    assert rows(engine, Message) == []


def test_a_message_has_a_name(caller, awaited):
    answer = caller("lin").post("/messages", {"name": "", "message_id": "m"})

    assert [fault["field"] for fault in answer.json["fields"]] == ["name"]


def test_policies_are_read(caller, deployed):
    assert [row["key"] for row in caller("wu").get("/policies").json] == ["minimal"]
    told = caller("wu").get("/policies/minimal").json
    assert told["processes"][0]["id"] == "complaint"
    assert caller("wu").get("/policies/minimal?version=9").status_code == 404


def test_a_policy_is_deployed_by_who_may(caller, app, deployed, minimal):
    files = dict(minimal.files)
    [path] = [each for each in files if each.endswith("policy.toml")]
    files[path] = b"# Changed.\n" + files[path]
    changed = replace(minimal, files=files)

    assert caller("lin").post("/deployments", data=changed.pack()).status_code == 403
    answer = caller("root").post("/deployments", data=changed.pack())
    assert (answer.status_code, answer.json["version"]) == (201, 2)
    assert caller("root").post("/deployments", data=changed.pack()).status_code == 409


def test_a_broken_policy_is_refused_with_what_is_wrong(caller, deployed):
    answer = caller("root").post("/deployments", data=b"no zip")

    assert answer.status_code == 422
    assert answer.json["findings"]


def test_reports_are_for_those_who_read_them(caller, deployed):
    assert caller("lin").get("/reports").json == []
    assert caller("lin").get("/policies/minimal/ledger").status_code == 404
