"""Incidents with their retry, jobs, and messages that nobody waited for."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.store.models import Case, Incident, Message, Task
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows
from tests.machines.conftest import owe_mail
from tests.people import actor


@pytest.fixture
def stopped(engine, minimal):
    """A case that stopped at a gateway, since its condition is no yes or no."""
    asking = changed(minimal, "complaint.bpmn", '=remedy = "replace"', "=costs &gt; 100")
    engine.run(DeployBundle(asking), by=actor(engine, "root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=actor(engine, "lin"))
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=actor(engine, "lin"))
    [incident] = rows(engine, Incident)
    return incident.id


def test_incidents_say_where_and_why(root, stopped):
    page = root.get("/operations/")

    assert page.texts("//tbody//td[contains(@class, 'first')]") != []
    assert "JY-2603-0001" in page.text
    assert page.texts("//tbody//*[contains(@class, 'mark')]") == ["停滞"]


def test_an_incident_shows_what_the_case_knows(root, stopped):
    page = root.get(f"/operations/incidents/{stopped}")

    assert "customerName" in page.text
    assert "从此处重试" in page.text


def test_what_was_done_stays_done(engine, stopped):
    assert rows(engine, Task)[0].state == "completed"


def test_retrying_too_early_stops_again_and_says_why(engine, root, stopped):
    page = root.send(f"/operations/incidents/{stopped}/retry")

    assert "再次停滞" in page.said()
    assert [row.state for row in rows(engine, Incident)] == ["resolved", "open"]


def test_a_correction_and_a_retry_let_the_case_go_on(engine, root, stopped):
    fixed = {"name": "costs", "value": "500", "reason": "未登记费用"}
    said = root.send(f"/operations/incidents/{stopped}/correct", fixed)
    page = root.send(f"/operations/incidents/{stopped}/retry")

    assert "已更正" in said.said()
    assert "案件已继续" in page.said()
    assert waiting(engine, "approve")


def test_a_value_that_is_no_json_is_refused_at_its_field(root, stopped):
    page = root.post(
        f"/operations/incidents/{stopped}/correct", {"name": "fault", "value": "quality"}
    )

    assert page.status == 422
    assert page.texts("//*[@id='wrong-value']")
    assert page.texts("//input[@name='value']/@value") == ["quality"]


def test_a_correction_names_a_variable(root, stopped):
    page = root.post(f"/operations/incidents/{stopped}/correct", {"value": "1"})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-name']")


def test_a_retry_of_what_is_resolved_is_refused(root, stopped):
    root.send(f"/operations/incidents/{stopped}/retry")

    assert root.post(f"/operations/incidents/{stopped}/retry").status == 409


def test_the_case_page_leads_to_the_incident(root, lin, stopped):
    assert f"/operations/incidents/{stopped}" in root.get("/cases/1").source
    assert f"/operations/incidents/{stopped}" not in lin.get("/cases/1").source
    assert "案件停滞" in lin.get("/cases/1").said()


def test_incidents_are_found_and_filtered(root, stopped):
    assert "JY-2603-0001" in root.get("/operations/?q=0001").text
    assert "JY-2603-0001" not in root.get("/operations/?q=nothing").text
    assert "JY-2603-0001" not in root.get("/operations/?state=resolved").text
    assert "JY-2603-0001" in root.get("/operations/?state=all").text


def test_jobs_are_listed(root, investigate):
    page = root.get("/operations/jobs")

    kinds = " ".join(page.texts("//td[contains(@class, 'first')]"))
    assert "到期提醒" in kinds
    assert "定时" in kinds
    assert "逾期提醒" not in " ".join(
        root.get("/operations/jobs?kind=timer").texts("//td[contains(@class, 'first')]")
    )


def test_a_message_that_nobody_waits_for_is_kept_and_shown(engine, root, deployed):
    engine.run(CorrelateMessage("goods-arrived", "X", "m1"), by=actor(engine, "root"))

    page = root.get("/operations/messages?state=kept")

    assert "goods-arrived" in page.text
    assert "尚无案件等待" in page.texts("//tbody")[0]
    assert root.get("/operations/messages?q=other").texts("//tbody") == []


@pytest.mark.parametrize("place", ["", "jobs", "messages", "incidents/1"])
def test_it_is_for_operations_alone(lin, place):
    assert lin.get("/operations/" + place).status == 403


def test_nobody_else_retries_or_corrects(engine, lin, stopped):
    assert lin.post(f"/operations/incidents/{stopped}/retry").status == 403
    sent = {"name": "fault", "value": "1"}
    assert lin.post(f"/operations/incidents/{stopped}/correct", sent).status == 403
    assert rows(engine, Case)[0].state == "open"


def test_operations_passes_a_message_on(engine, root, deployed):
    sent = {"name": "goods-arrived", "key": "X", "payload": '{"carrier": "顺丰"}'}

    page = root.send("/operations/messages", sent)

    assert "没有案件等待" in page.said() or "尚无案件等待" in page.said()
    assert rows(engine, Message)[0].payload == {"carrier": "顺丰"}


@pytest.mark.parametrize("payload", ["[1]", "no json", "1"])
def test_variables_of_a_message_are_an_object(root, deployed, payload):
    page = root.post("/operations/messages", {"name": "goods-arrived", "payload": payload})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-payload']")


def test_a_message_has_a_name(root, deployed):
    assert root.post("/operations/messages", {"name": " "}).status == 422


def test_operations_broadcasts_a_signal(engine, root, deployed):
    page = root.send("/operations/signals", {"signal": "recall", "brings": '{"a": 1}'})

    assert "信号「recall」已广播，送达 0 处" in page.said()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"signal": " "}, "wrong-signal"),
        ({"signal": "recall", "brings": "[1]"}, "wrong-brings"),
    ],
)
def test_a_signal_has_a_name_and_brings_an_object(root, deployed, sent, wrong):
    page = root.post("/operations/signals", sent)

    assert page.status == 422
    assert page.texts(f"//*[@id='{wrong}']")


def test_nobody_else_broadcasts(lin, deployed):
    assert lin.post("/operations/signals", {"signal": "recall"}).status == 403


def test_mail_that_does_not_leave_is_seen_on_every_page_of_operations(engine, clock, root):
    owe_mail(engine)
    assert "封邮件尚未发出" not in root.get("/operations/").text
    clock.move(hours=3)

    for page in ("/operations/", "/operations/jobs", "/operations/messages"):
        assert "有 1 封邮件尚未发出，最早的一封自" in root.get(page).text
