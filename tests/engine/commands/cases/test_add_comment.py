import pytest

from engine.commands.cases.lifecycle import AddComment, StartCase
from engine.model import CaseId, InvalidState, InvalidValues, NotAllowed, NotFound, TaskId
from engine.store.models import Comment, JournalLine
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows


def test_who_sees_the_case_comments_on_it(deployed, who, case_id, investigate, clock):
    deployed.run(AddComment(case_id, " 已电话联系客户。 ", investigate), by=who("lin"))

    [comment] = rows(deployed, Comment)
    assert (comment.text, comment.by, comment.task_id) == (
        "已电话联系客户。",
        "lin",
        investigate,
    )
    assert comment.at == clock.now()


def test_what_is_said_stays_out_of_the_journal(deployed, who, case_id):
    deployed.run(AddComment(case_id, "已电话联系客户。"), by=who("lin"))

    line = rows(deployed, JournalLine)[-1]
    assert line.case_id == case_id
    assert "客户" not in line.body


def test_who_has_no_part_in_it_does_not(deployed, who, case_id):
    with pytest.raises(NotAllowed, match="takes part in"):
        deployed.run(AddComment(case_id, "好奇"), by=who("wu"))


def test_the_person_complained_of_does_not(deployed, who):
    entered = ENTERED | {"personComplainedOf": "root"}
    case_id = deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))

    with pytest.raises(NotAllowed):
        deployed.run(AddComment(case_id, "不是我"), by=who("root"))


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001])
def test_it_refuses_no_text_and_too_much(deployed, who, case_id, text):
    with pytest.raises(InvalidValues):
        deployed.run(AddComment(case_id, text), by=who("lin"))


def test_it_refuses_a_task_of_another_case(deployed, who, case_id, investigate):
    other = deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    with pytest.raises(InvalidState):
        deployed.run(AddComment(other, "哪一件？", investigate), by=who("lin"))


def test_it_refuses_an_unknown_case_and_task(deployed, who, case_id):
    with pytest.raises(NotFound):
        deployed.run(AddComment(CaseId(99), "有人吗"), by=who("lin"))
    with pytest.raises(NotFound):
        deployed.run(AddComment(case_id, "有人吗", TaskId(99)), by=who("lin"))
