"""A case opens another one: with a number of its own, linked, with what it was given."""

import pytest

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.jobs.types import open_case
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.queries.progress.trace import CaseTrace
from engine.store.models import (
    Case,
    CaseLink,
    Document,
    Incident,
    JournalLine,
    LedgerEntry,
    Submission,
    Task,
)
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, work
from tests.engine.commands.knowing import rows
from tests.ledgers import with_job, with_ledger

VALUES = (
    "={customerName: customerName, subject: subject, branch: branch, earlier: case.number}"
)


@pytest.fixture
def opening(engine, who, minimal):
    """Deploy the small policy with a job that opens a case where it answers."""

    def deploy(values=VALUES, **headers):
        given = {"process": "complaint", "values": values, **headers}
        bundle = with_job(with_ledger(minimal), "open-case", **given)
        engine.run(DeployBundle(bundle), by=who("root"))
        return engine

    return deploy


def refuse(engine, who) -> None:
    """Find out about the case that waits, so that it opens the next one."""
    [task] = rows(engine, Task, Task.state == "open")
    engine.run(CompleteTask(task.id, FOUND | {"fault": "misuse"}), by=who("lin"))
    work(engine)


@pytest.fixture
def opened(opening, who):
    """Let a case of the north open another one."""
    engine = opening(relation="customer-refused")
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    refuse(engine, who)
    return engine


def test_it_has_a_number_of_its_own_and_knows_where_it_comes_from(opened):
    first, second = rows(opened, Case)

    assert (first.number, second.number) == ("JY-2603-0001", "JY-2603-0002")
    assert (first.state, second.state) == ("closed", "open")
    assert (first.opened_from, second.opened_from) == (None, "JY-2603-0001")
    assert second.title == "演示·客户：水泵漏水"


def test_the_first_case_gets_its_number(opened):
    assert opened.ask(CaseTrace(1), by=SYSTEM).variables["number"] == "JY-2603-0002"


def test_it_begins_with_what_was_handed_on(opened):
    trace = opened.ask(CaseTrace(2), by=SYSTEM)

    assert trace.variables["earlier"] == "JY-2603-0001"
    assert trace.variables["registrar"]["login"] == "lin"
    assert trace.facts["case"]["openedFrom"] == "JY-2603-0001"
    assert "customerPhone" not in trace.variables


def test_the_two_are_linked(opened):
    [link] = rows(opened, CaseLink)

    assert (link.from_case, link.to_case, link.relation) == (1, 2, "customer-refused")
    assert link.generation == 1


def test_who_registered_the_first_registered_both(opened):
    assert [case.started_by for case in rows(opened, Case)] == ["lin", "lin"]


def test_both_stand_in_the_ledger_and_in_the_journal(opened):
    last = rows(opened, JournalLine, JournalLine.case_id == 2)[0]

    assert [row.state for row in rows(opened, LedgerEntry)] == ["closed", "open"]
    assert loads(last.body)["opened"] == "JY-2603-0002"
    assert last.command == "CarryOut"


def test_what_was_handed_on_is_kept_as_entered(opened):
    [kept] = rows(opened, Submission, Submission.case_id == 2)

    assert (kept.command, kept.form_id) == ("CarryOut", "register")
    assert kept.values["subject"] == "水泵漏水"


def test_files_belong_to_both_cases(opening, who):
    engine = opening('={customerName: "甲", subject: "乙", photos: photos}')
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    digest = engine.database.holdings.files.add(b"%PDF-1.7\n%%EOF")
    attach = AttachDocument("发票.pdf", "application/pdf", 14, digest, case_id=1)
    number = engine.run(attach, by=who("lin"))
    photo = {"document": number, "name": "发票.pdf", "digest": digest}
    engine.run(CorrectVariable(1, {"photos": [photo]}, "补件"), by=who("root"))

    refuse(engine, who)

    first, second = rows(engine, Document)
    assert (first.case_id, second.case_id) == (1, 2)
    assert first.digest == second.digest == digest
    photos = [engine.ask(CaseTrace(case), by=SYSTEM).variables["photos"] for case in (1, 2)]
    assert [photo["document"] for [photo] in photos] == [first.id, second.id]


@pytest.mark.parametrize(
    ("values", "headers", "said"),
    [
        ("=subject", {}, "values to be a context, but it is 水泵漏水"),
        (VALUES, {"process": "=subject"}, "let a case begin 水泵漏水"),
        (VALUES, {"relation": "=7"}, "relation to be a text, but it is 7"),
    ],
)
def test_what_cannot_be_opened_stops_the_case(opening, who, values, headers, said):
    engine = opening(values, **headers)
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    refuse(engine, who)

    [incident] = rows(engine, Incident)
    assert said in str(incident.sentence)
    assert len(rows(engine, Case)) == 1
    assert rows(engine, Submission, Submission.command == "CarryOut") == []


def test_cases_do_not_open_each_other_for_ever(opening, who, monkeypatch):
    monkeypatch.setattr(open_case, "MOST_GENERATIONS", 3)
    engine = opening()
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    for _ in range(4):
        refuse(engine, who)

    [incident] = rows(engine, Incident)
    assert "JY-2603-0004 is the last of 4 in a row" in str(incident.sentence)
    assert len(rows(engine, Case)) == 4
