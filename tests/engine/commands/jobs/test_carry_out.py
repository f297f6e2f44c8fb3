import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import CarryOut
from engine.commands.people.accounts import ChangePerson
from engine.commands.people.units import RevokeRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, InvalidState
from engine.store.models import Case, Delivery, Incident, Job, Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows


@pytest.fixture
def late(deployed, case_id, clock):
    """Let the investigation of a case of the north be late."""
    clock.move(hours=5)
    return deployed


def letters(engine):
    return rows(engine, Notice, Notice.kind == "letter")


def test_a_letter_reaches_the_holder_in_the_cases_unit(late):
    work(late)

    [letter] = letters(late)
    assert (letter.login, letter.letter, letter.title) == (
        "zhao",
        "late",
        "JY-2603-0001 调查逾期",
    )
    assert "投诉 JY-2603-0001（演示·客户）的调查已逾期" in letter.body


def test_who_has_an_address_gets_it_by_mail_too(late, who):
    zhao = who("zhao").person_id
    late.run(ChangePerson(zhao, "赵主管", "zhao@example.com"), by=who("root"))

    work(late)

    [delivery], [job] = rows(late, Delivery), rows(late, Job, Job.kind == "email")
    assert (delivery.address, delivery.state) == ("zhao@example.com", "waiting")
    assert (delivery.title, delivery.job_id) == ("JY-2603-0001 调查逾期", job.id)
    assert job.payload == {"delivery": delivery.id}


def test_named_people_get_theirs(deployed, who, investigate):
    deployed.run(CompleteTask(investigate, FOUND | {"fault": "misuse"}), by=who("lin"))

    work(deployed)

    [letter] = letters(deployed)
    assert (letter.login, letter.letter) == ("lin", "answer")
    assert "不予换货" in letter.body
    assert rows(deployed, Case)[0].state == "closed"


def test_the_person_complained_of_gets_none_but_who_stands_in_does(deployed, who, clock):
    entered = ENTERED | {"personComplainedOf": "zhao"}
    deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    clock.move(hours=5)

    work(deployed)

    assert [letter.login for letter in letters(deployed)] == ["lin"]


def test_a_letter_that_reaches_nobody_is_an_incident(late, who):
    late.run(RevokeRole(who("zhao").person_id, "head", "north"), by=who("root"))

    work(late)

    [incident] = rows(late, Incident)
    assert (incident.kind, incident.element_id) == ("job", "remind-head")
    assert "主管 in 北区营业所, but there is nobody" in str(incident.sentence)
    assert rows(late, Job, Job.kind == "work")[0].state == "failed"
    assert letters(late) == []


def test_the_other_tasks_of_the_case_go_on(late, who):
    late.run(RevokeRole(who("zhao").person_id, "head", "north"), by=who("root"))
    work(late)

    assert late.run(CompleteTask(waiting(late, "investigate"), FOUND), by=who("lin"))


def test_work_is_carried_out_once(late):
    work(late)
    [job] = rows(late, Job, Job.kind == "work")

    with pytest.raises(InvalidState, match="it is done"):
        late.run(CarryOut(job.id), by=SYSTEM)


def test_addresses_without_login_get_mail_only(engine, who, minimal, clock):
    mailing = changed(
        minimal,
        "complaint.bpmn",
        '<zeebe:header key="groups" value="head" />',
        '<zeebe:header key="email" value="quality@example.com" />',
    )
    engine.run(DeployBundle(mailing), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    clock.move(hours=5)

    work(engine)

    assert [row.address for row in rows(engine, Delivery)] == ["quality@example.com"]
    assert letters(engine) == []
