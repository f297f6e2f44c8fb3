"""A mail says what the pages would show to its reader, and masks what they mask."""

import pytest
from sqlalchemy import select

from engine.commands.cases.lifecycle import StartCase
from engine.commands.cases.revealing import RevealPersonalData
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.byhand.opinions import AskOpinion
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.queries.people.notices import Notices
from engine.store.models import Case, Delivery
from engine.store.onlookers import workers_among, works_on
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import choose, mailbox
from tests.people import LOGINS, actor

NAME, PHONE = ENTERED["customerName"], ENTERED["customerPhone"]
MASKED, MASKED_PHONE = "演****", "139****0000"


@pytest.fixture
def mailed(deployed, who):
    """An engine on which everybody gets everything by mail."""
    for login in LOGINS:
        mailbox(deployed, who, login)
        choose(deployed, who, login, email=["letter", "routed", "overdue"])
    return deployed


def mails(engine, login):
    found = rows(engine, Delivery, Delivery.login == login)
    return [f"{row.title}\n{row.body}" for row in found]


def shown(engine, who, login):
    page = engine.ask(Notices(), by=who(login))
    return [f"{row.title}\n{row.body}" for row in page.rows if row.kind == "letter"]


def test_who_looks_on_reads_a_masked_letter(mailed, who, case_id, clock):
    clock.move(hours=5)
    work(mailed)

    [letter] = [each for each in mails(mailed, "zhao") if "督促" in each]
    assert MASKED in letter
    assert NAME not in letter
    assert [letter.strip()] == [each.strip() for each in shown(mailed, who, "zhao")]


def test_who_works_on_it_reads_the_names(mailed, who, case_id, clock):
    mailed.run(CompleteTask(waiting(mailed, "investigate"), FOUND), by=who("lin"))
    clock.move(hours=5)
    refused = FOUND | {"fault": "misuse"}
    other = mailed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    mailed.run(CompleteTask(waiting(mailed, "investigate"), refused), by=who("lin"))
    work(mailed)

    [letter] = [each for each in mails(mailed, "lin") if "答复" in each]
    assert NAME in letter
    assert rows(mailed, Case, Case.id == other)[0].state == "closed"


def test_titles_and_whatever_repeats_a_value_are_masked_too(engine, who, minimal, clock):
    title = 'title = "{{ case.number }} 调查逾期"'
    late = 'title = "{{ customerName }}：{{ subject }}（{{ customerPhone }}）"'
    bundle = changed(minimal, "letters/late.md", title, late)
    engine.run(DeployBundle(bundle), by=who("root"))
    mailbox(engine, who, "zhao")
    told = ENTERED | {"subject": f"{NAME}家水泵漏水"}
    engine.run(StartCase("minimal", "complaint", told), by=who("lin"))
    clock.move(hours=5)

    work(engine)

    [letter] = mails(engine, "zhao")
    assert f"{MASKED}：{MASKED}家水泵漏水（{MASKED_PHONE}）" in letter
    assert NAME not in letter


def test_an_adviser_reads_no_more_than_on_the_page(mailed, who, investigate):
    mailed.run(ClaimTask(investigate), by=who("lin"))
    words = f"{NAME}（{PHONE}）来电"

    mailed.run(CopyCase(investigate, "qian", words), by=who("lin"))
    mailed.run(AskOpinion(investigate, "zhao", words), by=who("lin"))

    for login in ("qian", "zhao"):
        [said] = mails(mailed, login)
        assert NAME not in said
        assert PHONE not in said


def test_who_gets_the_task_reads_all(mailed, who, investigate):
    mailed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))

    mailed.run(HandOnTask(investigate, "wu", f"{NAME}很急"), by=who("lin"))

    [said] = mails(mailed, "wu")
    assert NAME in said


def test_having_asked_to_see_it_once_unmasks_no_mail(mailed, who, investigate):
    mailed.run(RevealPersonalData(1, "核对"), by=who("root"))

    mailed.run(CopyCase(investigate, "root", NAME), by=who("lin"))

    assert [NAME in each for each in mails(mailed, "root")] == [False]


def test_who_is_not_to_see_a_confidential_case_learns_its_number_alone(
    engine, who, minimal, clock
):
    secret = '\n[confidential]\nwhen = "= true"\nroles = ["clerk"]\n'
    bundle = Bundle(
        minimal.key,
        {
            **minimal.files,
            "policy.toml": minimal.files["policy.toml"] + secret.encode(),
        },
    )
    engine.run(DeployBundle(bundle), by=who("root"))
    mailbox(engine, who, "zhao")
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    clock.move(hours=5)

    work(engine)

    assert mails(engine, "zhao") == ["\n".join(["案件 JY-2603-0001 有一封信函。"] * 2)]


def test_mails_and_pages_agree_on_who_works_on_a_case(deployed, who, case_id):
    def agree():
        actors = [actor(deployed, login) for login in LOGINS]
        with deployed.database.reading(deployed.clock.now(), SYSTEM) as reading:
            case = reading.find_case(case_id)
            by_page = {
                each.login
                for each in actors
                if reading.session.scalar(
                    select(Case.id).where(Case.id == case_id, works_on(each))
                )
            }
            assert workers_among(reading, case, actors) == by_page
        return by_page

    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    found = [agree()]
    deployed.run(ClaimTask(waiting(deployed, "investigate")), by=who("wu"))
    found.append(agree())
    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("wu"))
    found.append(agree())
    approve = waiting(deployed, "approve")
    deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))
    found.append(agree())

    assert found == [{"lin", "wu"}, {"lin", "wu"}, *[{"lin", "wu", "zhao"}] * 2]
