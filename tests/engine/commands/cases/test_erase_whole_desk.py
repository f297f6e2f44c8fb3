"""After erasing what a customer told, nothing of it is left, whatever became of it."""

from datetime import timedelta

import pytest

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.erasing import EraseExpired, ErasePersonalData
from engine.commands.cases.lifecycle import CancelCase
from engine.commands.ledger.closings import CloseMonth
from engine.commands.outside.customers import (
    CompleteAsCustomer,
    StartPublicly,
    SubmitSurvey,
)
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.opinions import AskOpinion, GiveOpinion
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import PUBLIC, SYSTEM
from engine.policy.sections.reports import REPORT_KINDS
from engine.queries.customers.links import LinkToken
from engine.queries.reports.one import OneReport
from engine.store.agreeing import find_disagreements
from engine.store.models import Case, Delivery
from engine.store.verifying import verify
from tests.engine.commands.cases.everywhere import found
from tests.engine.commands.cases.whole_desk import whole_desk
from tests.engine.commands.conftest import waiting, work
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import group, mailbox, robot

MARK = "密密qzx"  #: Nothing else of the tests has it.


def marked(words):
    return f"{words}{MARK}"


@pytest.fixture
def desk(ground, engine, who):
    """An engine on which everything can happen to what the public tells."""

    def open_desk():
        engine.run(DeployBundle(whole_desk()), by=who("root"))
        engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
        mailbox(engine, who, "lin")
        robot(engine, who, "wu")
        group(engine, who, "clerk")

    ground.reach("whole-desk", open_desk)
    return engine


def uploaded(engine, words, by):
    """Upload a file with the mark in it, and return it as a form hands it in."""
    content = f"%PDF-1.7\n{marked(words)}\n%%EOF".encode()
    digest = engine.database.holdings.files.add(content)
    name, media_type = marked(words) + ".pdf", "application/pdf"
    attach = AttachDocument(name, media_type, len(content), digest)
    number = engine.run(attach, by=by)
    return [
        {
            "document": number,
            "name": name,
            "type": media_type,
            "size": len(content),
            "digest": digest,
        }
    ]


@pytest.fixture
def told(desk, who):
    """A closed case, and the one that came out of it: the customer wrote all over both."""
    run, lin, wu = desk.run, who("lin"), who("wu")
    values = {
        "customerName": MARK,
        "customerEmail": "qzx@example.com",
        "subject": marked("水泵"),
        "details": marked("经过"),
        "photos": uploaded(desk, "照片", PUBLIC),
    }
    case_id = run(StartPublicly("open-desk", "complaint", values), by=PUBLIC).case_id
    review = waiting(desk, "review")
    opinion = run(AskOpinion(review, "wu", marked("怎么看")), by=lin)
    run(GiveOpinion(opinion, marked("属实")), by=wu)
    asked = {"needsMore": True, "question": marked("何时")}
    run(CompleteTask(review, asked), by=lin)
    link = desk.ask(LinkToken(case_id), by=SYSTEM)
    answer = {"reply": marked("三月"), "receipt": uploaded(desk, "发票", PUBLIC)}
    run(CompleteAsCustomer(link, waiting(desk, "reply"), answer), by=PUBLIC)
    run(CompleteTask(waiting(desk, "decide"), {"outcome": marked("换货")}), by=lin)
    work(desk)
    survey = {"score": "4", "words": marked("还行")}
    run(SubmitSurvey(link, survey), by=PUBLIC)
    work(desk)
    return case_id


@pytest.fixture
def both(told, desk, who):
    """The numbers of both cases, both over."""
    first, second = (case.id for case in rows(desk, Case))
    desk.run(CancelCase(second, marked("重复")), by=who("root"))
    return first, second


def places(engine, folder):
    return sorted({place.partition(":")[0] for place in found(MARK, engine, folder)})


def figures(engine, by):
    """Return what every report says of the months up to now."""
    kinds = [kind for kind in REPORT_KINDS if kind != "unit-rate"]
    return {kind: engine.ask(OneReport("open-desk", kind), by=by).report for kind in kinds}


def test_what_the_customer_told_went_into_many_places(both, desk, tmp_path):
    kept = {place.split(".")[0] for place in places(desk, tmp_path)}

    assert kept > {"submission", "decision_taken", "customer_letter", "notice", "opinion"}
    assert kept > {"delivery", "document", "execution", "ledger_entry", "case_text"}
    assert kept > {"cases", "exclusion", "incident", "task", "task_candidate"}
    assert {each.transport for each in rows(desk, Delivery)} == {"email", "chat"}


def test_nothing_of_it_is_left_in_either_case(both, desk, who, tmp_path):
    first, second = both
    desk.run(ErasePersonalData(first, "客户要求", (second,)), by=who("root"))
    work(desk)
    desk.run(EraseExpired(), by=SYSTEM)  # As every night, when the index is written anew.

    assert places(desk, tmp_path) == []


def test_the_journal_holds_and_the_figures_stay(both, desk, who, clock):
    clock.move(days=40)
    desk.run(CloseMonth("open-desk", "2026-03"), by=who("lin"))
    before = figures(desk, who("lin"))

    for case_id in both:
        desk.run(ErasePersonalData(case_id, "客户要求"), by=who("root"))
    work(desk)

    assert figures(desk, who("lin")) == before
    with desk.database.reading(clock.now() + timedelta(days=1), SYSTEM) as reading:
        assert verify(reading) == []
        assert list(find_disagreements(reading)) == []
