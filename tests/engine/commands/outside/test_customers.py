"""Customers without a login complain, answer and judge; each once, and only their own."""

import pytest

from engine.commands.admitting import limits
from engine.commands.admitting.limits import AdmitUpload, TooOften
from engine.commands.cases.lifecycle import StartCase
from engine.commands.cases.links import IssueLink
from engine.commands.jobs.lifecycle import FailJob
from engine.commands.outside.customers import (
    CompleteAsCustomer,
    StartPublicly,
    SubmitSurvey,
)
from engine.commands.people.accounts import AddPerson
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import (
    PUBLIC,
    SYSTEM,
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    NotFound,
)
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.customers.links import LinkOfCase, LinkToken
from engine.queries.customers.tracking import TrackedCase
from engine.queries.operations.owed import MailOwed
from engine.queries.search.cases import Cases
from engine.store.models import (
    Case,
    CustomerLetter,
    Delivery,
    Incident,
    Job,
    JournalLine,
    PublicVisit,
    Submission,
    Task,
    TrackingLink,
)
from engine.store.surveys import survey_of
from engine.store.visits import visitor
from tests.engine.commands.conftest import changed, waiting
from tests.engine.commands.knowing import rows
from tests.open_desk import OPEN_BUNDLES

GIVEN = {"customerName": "演示·客户", "subject": "水泵漏水"}
MAIL = {"customerEmail": "customer@example.com"}
SITE = "https://tousu.example.com"


@pytest.fixture
def desk(ground, engine, who):
    """An engine on which a policy is deployed that is open to the public."""
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    ground.reach("open-desk", lambda: engine.run(DeployBundle(bundle), by=who("root")))
    return engine


@pytest.fixture
def complain(desk):
    """File a complaint and return the token of its link."""

    def complains(**values):
        start = StartPublicly("open-desk", "complaint", {**GIVEN, **values}, "10.0.0.7")
        receipt = desk.run(start, by=PUBLIC)
        return desk.ask(LinkToken(receipt.case_id), by=SYSTEM)

    return complains


@pytest.fixture
def clerk_does(desk, who):
    def does(element_id, **values):
        desk.run(CompleteTask(waiting(desk, element_id), values), by=who("lin"))

    return does


@pytest.fixture
def asked(complain, clerk_does):
    """The token of a customer whom the clerk asked something."""
    token = complain()
    clerk_does("review", needsMore=True, question="何时购买？")
    return token


@pytest.fixture
def closed(complain, clerk_does):
    """The token of a customer whose complaint was dealt with."""
    token = complain(**MAIL)
    clerk_does("review", needsMore=False)
    clerk_does("decide", outcome="换货")
    return token


def test_the_public_opens_a_case_and_nothing_personal_is_journaled(desk, complain):
    complain()

    [case], [link] = rows(desk, Case), rows(desk, TrackingLink)
    line = next(row for row in rows(desk, JournalLine) if row.command == "StartPublicly")
    assert (case.number, case.started_by, case.title) == (
        "TS-2603-0001",
        "public",
        "演示·客户：水泵漏水",
    )
    assert link.case_id == case.id
    assert line.actor == "public"
    assert "10.0.0.7" not in line.body
    assert "水泵漏水" not in line.body


def test_the_same_command_id_opens_one_case(desk):
    start = StartPublicly("open-desk", "complaint", GIVEN)

    first = desk.run(start, by=PUBLIC, command_id="once")
    second = desk.run(start, by=PUBLIC, command_id="once")

    assert first == second
    assert len(rows(desk, Case)) == 1


@pytest.mark.parametrize("process", ["other", "complaint2"])
def test_what_is_not_open_cannot_be_started(desk, process):
    with pytest.raises(NotFound):
        desk.run(StartPublicly("open-desk", process, GIVEN), by=PUBLIC)


def test_what_staff_start_is_not_open_to_the_public(deployed):
    with pytest.raises(NotFound):
        deployed.run(StartPublicly("minimal", "complaint", GIVEN), by=PUBLIC)


def test_a_form_is_judged_for_strangers_too(desk):
    with pytest.raises(InvalidValues) as refusal:
        desk.run(StartPublicly("open-desk", "complaint", {"subject": "x"}), by=PUBLIC)

    assert refusal.value.errors.keys() == {"customerName"}
    assert rows(desk, Case) == []


def test_the_acknowledgement_is_kept_with_the_case_and_mailed_with_the_link(desk, complain):
    token = complain(**MAIL)

    [letter], [delivery] = rows(desk, CustomerLetter), rows(desk, Delivery)
    owed = desk.ask(MailOwed(delivery.id, SITE), by=SYSTEM)
    assert letter.delivery_id == delivery.id
    assert delivery.address == "customer@example.com"
    assert token not in delivery.body
    assert f"({SITE}/t/{token})" in owed.body
    assert "TS-2603-0001" in owed.title


def test_a_mail_with_the_link_waits_for_the_address_of_the_site(desk, complain):
    complain(**MAIL)
    [delivery] = rows(desk, Delivery)

    with pytest.raises(InvalidState, match="COMPLAINTFLOW_URL"):
        desk.ask(MailOwed(delivery.id), by=SYSTEM)


def test_a_mail_goes_out_with_the_link_that_is_valid_then(desk, complain, who):
    complain(**MAIL)
    [delivery], [case] = rows(desk, Delivery), rows(desk, Case)

    desk.run(IssueLink(case.id), by=who("lin"))

    token = desk.ask(LinkToken(case.id), by=SYSTEM)
    assert token in desk.ask(MailOwed(delivery.id, SITE), by=SYSTEM).body


def test_without_an_address_the_acknowledgement_stands_on_the_page_alone(desk, complain):
    complain()

    [letter] = rows(desk, CustomerLetter)
    assert letter.delivery_id is None
    assert rows(desk, Delivery) == []


def test_what_is_no_address_is_told_to_operations_and_the_case_goes_on(ground, engine, who):
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    bundle = changed(bundle, "policy.toml", '"= customerEmail"', '"= subject"')
    engine.run(DeployBundle(bundle), by=who("root"))

    engine.run(StartPublicly("open-desk", "complaint", GIVEN), by=PUBLIC)

    [incident], [case] = rows(engine, Incident), rows(engine, Case)
    assert (incident.kind, case.state) == ("letter", "open")
    assert "水泵漏水" not in str(incident.sentence)


def test_the_customer_answers_and_staff_find_it_answered(desk, asked, who):
    task = waiting(desk, "reply")

    desk.run(CompleteAsCustomer(asked, task, {"reply": "三月"}), by=PUBLIC)

    [done] = rows(desk, Task, Task.id == task)
    assert (done.state, done.completed_by) == ("completed", "public")
    assert waiting(desk, "decide")
    with pytest.raises(Conflict):
        desk.run(CompleteTask(task, {"reply": "四月"}), by=who("lin"))


def test_staff_answer_for_the_customer_after_a_call(desk, asked, who):
    task = waiting(desk, "reply")
    desk.run(CompleteTask(task, {"reply": "三月"}), by=who("lin"))

    with pytest.raises(Conflict) as refusal:
        desk.run(CompleteAsCustomer(asked, task, {"reply": "四月"}), by=PUBLIC)

    assert "林" not in str(refusal.value)


def test_the_customer_may_answer_what_staff_had_taken(desk, asked):
    task = waiting(desk, "reply")

    desk.run(CompleteAsCustomer(asked, task, {"reply": "三月"}), by=PUBLIC)

    [entered] = rows(desk, Submission, Submission.command == "CompleteAsCustomer")
    assert entered.values["reply"] == "三月"


def test_nobody_answers_for_another_case(desk, complain, asked):
    other = complain(subject="别的事")
    task = waiting(desk, "reply")

    with pytest.raises(NotFound):
        desk.run(CompleteAsCustomer(other, task, {"reply": "三月"}), by=PUBLIC)
    with pytest.raises(NotFound):
        desk.run(CompleteAsCustomer("x" * 27, task, {"reply": "三月"}), by=PUBLIC)


def test_the_customer_does_no_work_of_staff(desk, complain):
    token = complain()

    with pytest.raises(NotFound):
        desk.run(
            CompleteAsCustomer(token, waiting(desk, "review"), {"needsMore": False}),
            by=PUBLIC,
        )


def test_the_survey_is_kept_once_and_can_be_read_for_figures(desk, closed):
    desk.run(SubmitSurvey(closed, {"score": "4"}), by=PUBLIC)

    [case] = rows(desk, Case)

    class Kept:
        def answer(self, reading):
            return survey_of(reading, case.id)

    assert desk.ask(Kept(), by=SYSTEM)["score"] == "4"
    with pytest.raises(Conflict):
        desk.run(SubmitSurvey(closed, {"score": "1"}), by=PUBLIC)


def test_the_survey_waits_until_the_case_is_closed(desk, asked):
    with pytest.raises(InvalidState):
        desk.run(SubmitSurvey(asked, {"score": "4"}), by=PUBLIC)


def test_the_survey_ends_after_its_days(desk, closed, clock):
    clock.move(days=30, seconds=1)

    with pytest.raises(InvalidState):
        desk.run(SubmitSurvey(closed, {"score": "4"}), by=PUBLIC)


def test_the_invitation_to_the_survey_goes_out_when_the_case_closes(desk, closed):
    letters = [letter.letter for letter in rows(desk, CustomerLetter)]

    assert letters == ["complaint-received", "survey-invitation"]
    assert [row.state for row in rows(desk, Job, Job.kind == "email")] == ["waiting"] * 2


def test_a_case_of_staff_gets_a_link_with_its_invitation(desk, who, clerk_does):
    start = StartCase("open-desk", "complaint", {**GIVEN, **MAIL})
    case_id = desk.run(start, by=who("lin"))
    assert desk.ask(LinkToken(case_id), by=SYSTEM) is None

    clerk_does("review", needsMore=False)
    clerk_does("decide", outcome="换货")

    [delivery] = rows(desk, Delivery)
    token = desk.ask(LinkToken(case_id), by=SYSTEM)
    assert token in desk.ask(MailOwed(delivery.id, SITE), by=SYSTEM).body


def test_a_new_link_ends_the_one_before(desk, complain, who):
    before = complain()
    [case] = rows(desk, Case)

    desk.run(IssueLink(case.id), by=who("lin"))

    after = desk.ask(LinkToken(case.id), by=SYSTEM)
    assert desk.ask(TrackedCase(after), by=PUBLIC).number == case.number
    with pytest.raises(NotFound):
        desk.ask(TrackedCase(before), by=PUBLIC)
    assert desk.ask(LinkOfCase(case.id), by=who("lin")).by == "林文员"


def test_links_are_for_staff_with_the_case_alone(desk, complain, who):
    complain()
    [case] = rows(desk, Case)

    with pytest.raises(NotAllowed):
        desk.run(IssueLink(case.id), by=who("wu"))
    with pytest.raises(NotAllowed):
        desk.run(IssueLink(case.id), by=PUBLIC)
    with pytest.raises(NotAllowed):
        desk.ask(LinkToken(case.id), by=who("root"))


def test_the_public_sees_no_case_by_the_pages_of_staff(desk, complain):
    complain()
    [case] = rows(desk, Case)

    assert not desk.ask(Cases(), by=PUBLIC).page.total
    with pytest.raises(NotAllowed):
        desk.ask(CaseFile(case.id), by=PUBLIC)


def test_floods_are_stopped_by_address_and_altogether(desk, clock, monkeypatch):
    few = (
        limits.Limit(2, limits.timedelta(minutes=10)),
        limits.Limit(3, limits.timedelta(hours=1), everywhere=True),
    )
    monkeypatch.setitem(limits.LIMITS, "upload", few)

    def send(address):
        desk.run(AdmitUpload(address), by=PUBLIC)

    send("10.0.0.1")
    send("10.0.0.1")
    with pytest.raises(TooOften) as refusal:
        send("10.0.0.1")
    send("10.0.0.2")
    with pytest.raises(TooOften):
        send("10.0.0.3")
    clock.move(hours=1, seconds=1)
    send("10.0.0.1")

    assert refusal.value.sentence.values == {"minutes": 10}


def test_addresses_are_not_kept_and_old_visits_are_forgotten(desk, clock):
    desk.run(AdmitUpload("10.0.0.1"), by=PUBLIC)
    clock.move(days=3)
    desk.run(AdmitUpload("10.0.0.2"), by=PUBLIC)

    class Second:
        def answer(self, reading):
            return visitor(reading, "10.0.0.2")

    assert [row.address for row in rows(desk, PublicVisit)] == [
        desk.ask(Second(), by=SYSTEM)
    ]


def test_nobody_is_called_public_or_holds_the_role_of_the_customer(desk, who):
    for login in ("public", "system"):
        with pytest.raises(InvalidValues):
            desk.run(AddPerson(login, "某人"), by=who("root"))
    with pytest.raises(InvalidValues):
        desk.run(GrantRole(who("wu").person_id, "customer"), by=who("root"))


def test_a_mail_that_cannot_name_the_link_becomes_an_incident_in_words(desk, complain):
    complain(**MAIL)
    [job] = rows(desk, Job, Job.kind == "email")
    [delivery] = rows(desk, Delivery)
    with pytest.raises(InvalidState) as refusal:
        desk.ask(MailOwed(delivery.id), by=SYSTEM)

    desk.run(FailJob(job.id, refusal.value.sentence, permanent=True), by=SYSTEM)

    [incident] = rows(desk, Incident)
    assert "COMPLAINTFLOW_URL" in str(incident.sentence)
