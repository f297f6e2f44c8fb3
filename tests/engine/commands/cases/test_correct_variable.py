import pytest

from engine.commands.cases.lifecycle import CancelCase, CorrectVariable
from engine.model import CaseId, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.store.models import Case, Exclusion, JournalLine, Submission
from tests.engine.commands.knowing import rows


def test_the_head_of_the_case_follows(deployed, who, case_id):
    values = {"subject": "阀门漏水", "personComplainedOf": "qian"}

    deployed.run(CorrectVariable(case_id, values, "登记有误"), by=who("root"))

    assert rows(deployed, Case)[0].title == "演示·客户：阀门漏水"
    assert [row.login for row in rows(deployed, Exclusion)] == ["qian"]


def test_who_is_no_longer_complained_of_sees_it_again(deployed, who, case_id):
    for logins in ("qian", None):
        values = {"personComplainedOf": logins}
        deployed.run(CorrectVariable(case_id, values), by=who("root"))

    assert rows(deployed, Exclusion) == []


def test_the_values_are_kept_beside_the_journal(deployed, who, case_id):
    deployed.run(CorrectVariable(case_id, {"subject": "阀门漏水"}), by=who("root"))

    submission, line = rows(deployed, Submission)[-1], rows(deployed, JournalLine)[-1]
    assert submission.values == {"subject": "阀门漏水"}
    assert submission.digest in line.body
    assert "阀门" not in line.body


def test_only_operations_corrects(deployed, who, case_id):
    with pytest.raises(NotAllowed):
        deployed.run(CorrectVariable(case_id, {"subject": "x"}), by=who("lin"))


def test_there_must_be_something_to_correct(deployed, who, case_id):
    with pytest.raises(InvalidValues):
        deployed.run(CorrectVariable(case_id, {}), by=who("root"))


def test_what_is_over_stays_as_it_was(deployed, who, case_id):
    deployed.run(CancelCase(case_id, "重复登记"), by=who("root"))

    with pytest.raises(InvalidState):
        deployed.run(CorrectVariable(case_id, {"subject": "x"}), by=who("root"))


def test_it_refuses_an_unknown_case(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(CorrectVariable(CaseId(99), {"a": 1}), by=who("root"))
