import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.lifecycle import SaveDraft
from engine.model import InvalidValues, NotAllowed, NotFound
from engine.store.models import Case, Draft, Exclusion, JournalLine, Submission, Task
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows


def start(engine, actor, **entered):
    return engine.run(StartCase("minimal", "complaint", ENTERED | entered), by=actor)


def test_it_opens_a_case_with_number_title_and_unit(deployed, who, clock):
    case_id = start(deployed, who("lin"))

    [case] = rows(deployed, Case)
    assert (case.id, case.number) == (case_id, "JY-2603-0001")
    assert (case.title, case.customer) == ("演示·客户：水泵漏水", "演示·客户")
    assert (case.unit, case.state, case.started_by) == ("north", "open", "lin")
    assert case.started_at == clock.now()


def test_its_first_task_waits_with_due_time_and_clause(deployed, case_id):
    [task] = rows(deployed, Task)

    assert (task.name, task.state, task.clauses) == ("调查投诉", "open", ["MC-2"])
    assert task.due.isoformat() == "2026-03-02T05:40:00+00:00"
    assert task.warn.isoformat() == "2026-03-02T03:10:00+00:00"


def test_numbers_have_no_gaps_where_a_start_is_refused(deployed, who):
    start(deployed, who("lin"))
    with pytest.raises(InvalidValues):
        start(deployed, who("lin"), branch="nowhere")
    start(deployed, who("lin"))

    assert [case.number for case in rows(deployed, Case)] == [
        "JY-2603-0001",
        "JY-2603-0002",
    ]


def test_counting_begins_anew_each_month(deployed, who, clock):
    start(deployed, who("lin"))
    clock.move(days=30)
    start(deployed, who("lin"))

    assert [case.number for case in rows(deployed, Case)] == [
        "JY-2603-0001",
        "JY-2604-0001",
    ]


def test_only_holders_of_the_role_may_start(deployed, who):
    with pytest.raises(NotAllowed, match="文员, but 赵主管 has none"):
        start(deployed, who("zhao"))


def test_it_refuses_an_unknown_policy_or_process(deployed, who):
    with pytest.raises(NotFound, match="policy nothing"):
        deployed.run(StartCase("nothing", "complaint", {}), by=who("lin"))
    with pytest.raises(NotFound, match="let nothing be started"):
        deployed.run(StartCase("minimal", "nothing", {}), by=who("lin"))


def test_what_does_not_fit_the_form_is_said_at_its_field(deployed, who):
    wrong = {"customerName": "", "customerPhone": "?", "branch": "moon", "stranger": 1}

    with pytest.raises(InvalidValues) as refusal:
        deployed.run(StartCase("minimal", "complaint", wrong), by=who("lin"))

    assert set(refusal.value.errors) == {
        "customerName",
        "customerPhone",
        "branch",
        "subject",
        "stranger",
    }
    assert rows(deployed, Case) == []


def test_what_was_entered_stays_out_of_the_journal(deployed, case_id):
    [line] = rows(deployed, JournalLine, JournalLine.case_id == case_id)
    [submission] = rows(deployed, Submission)

    assert submission.values["customerName"] == "演示·客户"
    assert submission.case_id == case_id
    assert "客户" not in line.body
    assert submission.digest in line.body


def test_the_person_complained_of_is_kept_away(deployed, who):
    start(deployed, who("lin"), personComplainedOf="zhao")

    assert [row.login for row in rows(deployed, Exclusion)] == ["zhao"]


def test_the_draft_of_the_form_is_used_up(deployed, who):
    command = SaveDraft({"customerName": "演示"}, start="minimal/complaint")
    deployed.run(command, by=who("lin"))

    start(deployed, who("lin"))

    assert rows(deployed, Draft) == []


def test_a_double_click_opens_one_case(deployed, who):
    command = StartCase("minimal", "complaint", ENTERED)

    first = deployed.run(command, by=who("lin"), command_id="click")
    second = deployed.run(command, by=who("lin"), command_id="click")

    assert first == second
    assert len(rows(deployed, Case)) == 1
