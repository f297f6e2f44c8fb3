"""Cases that came out of one another are erased together, all of them or none."""

import pytest

from engine.commands.cases.erasing import ErasePersonalData
from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import CaseId, InvalidState, NotAllowed, NotFound
from engine.queries.cases.erasure import Erasure
from engine.store.models import Case, Comment, Exclusion, JournalLine, Task
from tests.engine.commands.conftest import ENTERED, FOUND, work
from tests.engine.commands.knowing import rows
from tests.ledgers import with_job

_VALUES = "={customerName: customerName, subject: subject, branch: branch}"


def settle(engine, who):
    """Do the task that waits, so that its case opens the next one."""
    [task] = rows(engine, Task, Task.state == "open")
    engine.run(CompleteTask(task.id, FOUND | {"fault": "misuse"}), by=who("lin"))
    work(engine)


def erased(engine):
    return [case.erased_at is not None for case in rows(engine, Case)]


@pytest.fixture
def family(ground, engine, who, minimal):
    """Three cases in a row, the last of which is open, and a stranger that is over."""

    def make():
        bundle = with_job(minimal, "open-case", process="complaint", values=_VALUES)
        engine.run(DeployBundle(bundle), by=who("root"))
        engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
        settle(engine, who)
        settle(engine, who)
        stranger = engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
        engine.run(CancelCase(stranger, "重复"), by=who("root"))

    ground.reach("family", make)
    return engine


def test_all_that_are_told_of_are_erased_and_each_journal_says_so(family, who):
    family.run(ErasePersonalData(CaseId(2), "客户要求", (CaseId(1),)), by=who("root"))

    assert erased(family) == [True, True, False, False]
    lines = rows(family, JournalLine, JournalLine.command == "ErasePersonalData")
    assert sorted(line.case_id for line in lines) == [1, 2]
    assert [each.case_id for each in rows(family, Comment)] == [1, 2]


def test_the_page_knows_all_of_the_family_and_what_hinders(family, who):
    first, last = family.ask(Erasure(2), by=who("root")).related

    assert (first.id, first.hindrance) == (1, None)
    assert first.title == "演****：水泵漏水"
    assert (last.id, last.number) == (3, "JY-2603-0003")
    assert "it is open" in str(last.hindrance)


def test_one_that_must_not_be_seen_is_only_a_number(family, who):
    with family.database.writing(family.clock.now(), who("root")) as tx:
        tx.session.add(Exclusion(case_id=1, login="root"))

    first, _ = family.ask(Erasure(2), by=who("root")).related

    assert (first.number, first.id, first.title) == ("JY-2603-0001", None, None)
    assert "must not see" in str(first.hindrance)
    with pytest.raises(NotAllowed):
        family.run(ErasePersonalData(CaseId(2), "要求", (CaseId(1),)), by=who("root"))


def test_none_is_erased_where_one_may_not_be(family, who):
    with pytest.raises(InvalidState, match="it is open"):
        family.run(ErasePersonalData(CaseId(2), "要求", (CaseId(3),)), by=who("root"))

    assert not any(erased(family))


def test_one_that_has_nothing_to_do_with_it_is_refused(family, who):
    with pytest.raises(NotFound, match="has to do with"):
        family.run(ErasePersonalData(CaseId(2), "要求", (CaseId(4),)), by=who("root"))

    assert not any(erased(family))


def test_one_that_was_erased_before_is_told_of(family, who):
    family.run(ErasePersonalData(CaseId(1), "要求"), by=who("root"))

    first, _ = family.ask(Erasure(2), by=who("root")).related

    assert "erased before" in str(first.hindrance)
