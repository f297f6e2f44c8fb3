"""Who does not work on a case sees its personal data masked, in whatever list."""

from collections.abc import Callable

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.cases.revealing import RevealPersonalData
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import Actor, CaseId, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.reports.ledger import LedgerAsked, LedgerExport, LedgerList
from engine.queries.search.cases import Cases
from engine.runtime import Engine
from engine.store.models import JournalLine, Submission
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.ledgers import with_ledger

NAME = ENTERED["customerName"]


@pytest.fixture
def house(engine: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> Engine:
    """An engine with a case of the north, which the head of the south reads."""
    engine.run(DeployBundle(with_ledger(minimal)), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return engine


def names(engine: Engine, by: Actor) -> list[str | None]:
    return [row.customer for row in engine.ask(Cases(), by=by).page.rows]


def test_who_could_take_a_task_sees_it_until_somebody_has_it(house, who):
    house.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    assert names(house, who("wu")) == [NAME]

    house.run(ClaimTask(waiting(house, "investigate")), by=who("lin"))

    assert names(house, who("wu")) == ["演****"]


def test_who_did_a_step_goes_on_seeing_it(house, who):
    house.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    house.run(CompleteTask(waiting(house, "investigate"), FOUND), by=who("wu"))

    assert names(house, who("wu")) == [NAME]


def test_who_was_sent_a_copy_looks_on(house, who):
    task = waiting(house, "investigate")
    house.run(ClaimTask(task), by=who("lin"))
    house.run(CopyCase(task, "qian", "请知悉"), by=who("lin"))

    shown = house.ask(CaseFile(1), by=who("qian"))

    assert NAME not in str(shown)
    assert ENTERED["customerPhone"] not in str(shown)
    assert shown.head.is_masked


def test_ledgers_and_their_files_are_masked_and_not_searched(house, who):
    seen = house.ask(LedgerList("minimal"), by=who("qian"))
    file = house.ask(LedgerExport("minimal"), by=who("qian"))

    assert len(seen.page.rows) == 1
    assert NAME not in str(seen)
    assert NAME not in str(file)
    assert not house.ask(LedgerList("minimal", text="客户"), by=who("qian")).page.rows
    guess = LedgerAsked(values=(("customer", "别人"),))
    assert len(house.ask(LedgerList("minimal", guess), by=who("qian")).page.rows) == 1


def test_the_journal_knows_of_who_looked_without_the_words(house, who):
    until = house.run(RevealPersonalData(CaseId(1), "核对电话"), by=who("root"))

    [line] = rows(house, JournalLine, JournalLine.command == "RevealPersonalData")
    [kept] = rows(house, Submission, Submission.command == "RevealPersonalData")
    assert (line.actor, line.stream) == ("root", "case:1")
    assert "核对电话" not in line.body
    assert kept.digest in line.body
    assert house.ask(CaseFile(1), by=who("root")).head.revealed_until == until
    assert house.ask(CaseFile(1), by=who("root")).head.customer == NAME


def test_it_is_revealed_to_who_may_see_it_alone_with_a_reason_and_once(house, who):
    with pytest.raises(NotAllowed):
        house.run(RevealPersonalData(CaseId(1), "x"), by=who("wu"))
    with pytest.raises(NotFound):
        house.run(RevealPersonalData(CaseId(9), "x"), by=who("root"))
    with pytest.raises(InvalidValues):
        house.run(RevealPersonalData(CaseId(1), " "), by=who("root"))
    with pytest.raises(InvalidState):
        house.run(RevealPersonalData(CaseId(1), "x"), by=who("lin"))
    house.run(RevealPersonalData(CaseId(1), "x"), by=who("root"))
    with pytest.raises(InvalidState):
        house.run(RevealPersonalData(CaseId(1), "x"), by=who("root"))
