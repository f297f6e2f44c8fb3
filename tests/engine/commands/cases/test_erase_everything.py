"""After erasing a case, nothing of what people wrote in it is anywhere."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.erasing import EraseExpired, ErasePersonalData
from engine.commands.cases.lifecycle import (
    AddComment,
    CancelCase,
    CorrectVariable,
    StartCase,
)
from engine.commands.cases.revealing import RevealPersonalData
from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.jobs.lifecycle import FailJob
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.byhand.opinions import AskOpinion, GiveOpinion
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask, SaveDraft
from engine.model import SYSTEM, Actor, CaseId, InvalidState, Sentence
from engine.policy import Bundle
from engine.runtime import Engine
from engine.store.agreeing import find_disagreements
from engine.store.models import Case, Job
from engine.store.verifying import verify
from tests.conftest import StandingClock
from tests.engine.commands.cases.everywhere import found
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.ledgers import with_ledger

MARK = "密密qzx"  #: Nothing else of the tests has it.


def marked(words: str) -> str:
    return f"{words}{MARK}"


@pytest.fixture
def minimal(minimal: Bundle) -> Bundle:
    """The small policy with a ledger, whose task can be extended and decided on."""
    extendable = changed(
        with_ledger(minimal),
        "complaint.bpmn",
        '<zeebe:property name="warn" value="2 working hours" />',
        '<zeebe:property name="warn" value="2 working hours" />'
        '<zeebe:property name="extendable" value="head" />',
    )
    title = '[[ledger.column]]\nid = "subject"\ntitle = "事由"\nvalue = "= subject"\n'
    return changed(
        extendable, "policy.toml", "[statistics]\nunit", title + "[statistics]\nunit"
    )


@pytest.fixture
def deployed(engine: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> Engine:
    engine.run(DeployBundle(minimal), by=who("root"))
    engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    return engine


@pytest.fixture
def written(deployed: Engine, who: Callable[[str], Actor], clock: StandingClock) -> CaseId:
    """A case in which somebody wrote the mark wherever one can write."""
    run, lin, wu, zhao, root = deployed.run, *map(who, ("lin", "wu", "zhao", "root"))
    entered = {**ENTERED, "customerName": MARK, "subject": marked("水泵")}
    case_id = run(StartCase("minimal", "complaint", entered), by=lin)
    task = waiting(deployed, "investigate")
    content = marked("附件").encode()
    digest = deployed.database.holdings.files.add(content)
    file = AttachDocument(
        marked("照片") + ".txt", "text/plain", len(content), digest, case_id
    )
    run(file, by=lin)
    run(ClaimTask(task), by=lin)
    run(AddComment(case_id, marked("备注")), by=lin)
    run(RevealPersonalData(case_id, marked("核对")), by=root)
    opinion = run(AskOpinion(task, "zhao", marked("问")), by=lin)
    run(GiveOpinion(opinion, marked("答")), by=zhao)
    run(CopyCase(task, "zhao", marked("抄送")), by=lin)
    run(UrgeTask(task, marked("催办")), by=root)
    until = clock.now() + timedelta(days=2)
    asked = run(RequestExtension(task, until, marked("延期")), by=lin)
    run(DecideExtension(asked, granted=True, remark=marked("同意")), by=zhao)
    run(HandOnTask(task, "wu", marked("转办")), by=lin)
    run(CorrectVariable(case_id, {"note": marked("订正")}, marked("写错")), by=root)
    run(SaveDraft({"findings": marked("草稿")}, task_id=task), by=wu)
    clock.move(days=5)
    work(deployed)
    go_on(deployed, who)
    run(CancelCase(case_id, marked("撤销")), by=root)
    return case_id


def go_on(engine: Engine, who: Callable[[str], Actor]) -> None:
    """Let the case go on to where its last letter fails."""
    run, wu, zhao, root = engine.run, who("wu"), who("zhao"), who("root")
    told = {**FOUND, "findings": marked("情况"), "withinWarranty": True}
    run(CompleteTask(waiting(engine, "investigate"), told), by=wu)
    back = ReturnTask(waiting(engine, "approve"), "investigate", marked("退回"))
    run(back, by=zhao)
    run(CompleteTask(waiting(engine, "investigate"), told), by=wu)
    approve = waiting(engine, "approve")
    run(SaveDraft({"agreed": MARK}, task_id=approve), by=zhao)
    run(CompleteTask(approve, {"agreed": True}), by=zhao)
    [case] = rows(engine, Case)
    brought = {"carrier": marked("承运")}
    run(CorrelateMessage("goods-arrived", case.number, marked("m-1"), brought), by=root)
    [letter] = rows(engine, Job, Job.kind == "work", Job.state == "waiting")
    said = Sentence("Not {what}.", {"what": MARK})
    run(FailJob(letter.id, said, permanent=True), by=SYSTEM)


def test_what_is_written_is_in_many_places(written, deployed, tmp_path):
    places = {
        place.split(":")[0].split(".")[0] for place in found(MARK, deployed, tmp_path)
    }

    assert len(places) > 14


def test_nothing_of_it_is_anywhere(
    written: CaseId, deployed: Engine, who: Callable[[str], Actor], tmp_path: Path
) -> None:
    deployed.run(ErasePersonalData(written, "客户要求"), by=who("root"))
    work(deployed)
    deployed.run(EraseExpired(), by=SYSTEM)

    assert sorted(found(MARK, deployed, tmp_path)) == []


def test_the_journal_can_be_verified_then(
    written: CaseId, deployed: Engine, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(written, "客户要求"), by=who("root"))
    work(deployed)

    with deployed.database.reading(deployed.clock.now(), SYSTEM) as reading:
        assert verify(reading) == []
        assert list(find_disagreements(reading)) == []


def test_nobody_writes_into_it_any_more(
    written: CaseId, deployed: Engine, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(written, "客户要求"), by=who("root"))

    with pytest.raises(InvalidState):
        deployed.run(AddComment(written, "又想起来"), by=who("lin"))
