import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask, SaveDraft
from engine.model import (
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    NotFound,
    TaskId,
)
from engine.store.models import (
    Activity,
    Case,
    DecisionTaken,
    Draft,
    JournalLine,
    SavedExecution,
    Submission,
    Task,
)
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work
from tests.engine.commands.knowing import rows


def test_it_moves_the_case_on_and_says_what_comes_next(deployed, who, investigate):
    completed = deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    [following] = completed.next
    assert (following.name, following.roles) == ("审批换货", ("主管",))
    assert not completed.ended
    [done] = rows(deployed, Task, Task.id == investigate)
    assert (done.state, done.completed_by) == ("completed", "lin")


def test_it_keeps_the_way_taken_and_the_rule_that_hit(deployed, approve):
    [decision] = rows(deployed, DecisionTaken)
    [rule] = decision.tables[0]["rules"]

    assert (decision.value, rule["rule_id"], rule["index"]) == (
        "replace",
        "rule-quality",
        1,
    )
    [saved] = rows(deployed, SavedExecution)
    assert loads(saved.flows) == {"complaint": {"f1": 1, "f2": 1, "f5": 1, "f6": 1}}
    states = {row.element_id: (row.state, row.by) for row in rows(deployed, Activity)}
    assert states["investigate"] == ("left", "lin")
    assert states["approve"] == ("active", None)


def test_what_was_entered_is_kept_and_becomes_variables(deployed, case_id, approve):
    [saved] = rows(deployed, SavedExecution)
    submission = rows(deployed, Submission)[-1]

    assert loads(saved.variables)["findings"] == "密封圈破损"
    assert submission.values == FOUND
    assert (submission.case_id, submission.form_id) == (case_id, "investigate")


def test_the_case_closes_with_its_last_step(deployed, who, case_id, investigate):
    deployed.run(CompleteTask(investigate, FOUND | {"fault": "misuse"}), by=who("lin"))
    work(deployed)

    [case] = rows(deployed, Case)
    assert (case.state, case.end_events) == ("closed", ["answered"])


def test_only_those_it_is_offered_to_complete_it(deployed, who, investigate):
    with pytest.raises(NotAllowed, match="not offered to"):
        deployed.run(CompleteTask(investigate, FOUND), by=who("root"))


@pytest.mark.parametrize("login", ["zhao", "wu"])
def test_who_has_no_part_in_the_case_hears_nothing_of_the_task(
    deployed, who, investigate, login
):
    with pytest.raises(NotAllowed, match=f"task {investigate} is none"):
        deployed.run(CompleteTask(investigate, FOUND), by=who(login))


def test_only_the_head_of_the_cases_unit_approves(deployed, who, approve):
    with pytest.raises(NotAllowed, match="钱主管"):
        deployed.run(CompleteTask(approve, {"agreed": True}), by=who("qian"))

    assert deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))


def test_whoever_holds_it_completes_it_and_nobody_else(deployed, who, investigate):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    deployed.run(ClaimTask(investigate), by=who("wu"))

    with pytest.raises(Conflict, match="吴旁人 took it at 2026-03-02 09:10"):
        deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    assert deployed.run(CompleteTask(investigate, FOUND), by=who("wu"))


def test_a_second_completion_says_who_was_first_and_when(
    deployed, who, approve, investigate
):
    with pytest.raises(Conflict, match="林文员 completed it at 2026-03-02 09:10"):
        deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))


def test_four_eyes_are_those_of_two_people(deployed, who, approve):
    deployed.run(GrantRole(who("lin").person_id, "head", "north"), by=who("root"))

    with pytest.raises(NotAllowed, match="looks at again"):
        deployed.run(CompleteTask(approve, {"agreed": True}), by=who("lin"))


def test_the_person_complained_of_does_nothing_in_the_case(deployed, who):
    entered = ENTERED | {"personComplainedOf": "zhao"}
    deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))
    task = waiting(deployed, "approve")

    with pytest.raises(NotAllowed, match=f"task {task} is none"):
        deployed.run(CompleteTask(task, {"agreed": True}), by=who("zhao"))


def test_wrong_values_are_said_at_their_fields_and_change_nothing(
    deployed, who, investigate
):
    wrong = {"fault": "aliens", "findings": "x" * 2001, "stranger": 1}

    with pytest.raises(InvalidValues) as refusal:
        deployed.run(CompleteTask(investigate, wrong), by=who("lin"))

    assert set(refusal.value.errors) == {"fault", "findings", "stranger"}
    assert waiting(deployed, "investigate") == investigate


def test_it_refuses_an_unknown_task(deployed, who):
    with pytest.raises(NotFound, match="task 99"):
        deployed.run(CompleteTask(TaskId(99), {}), by=who("lin"))


def test_it_refuses_a_task_that_the_case_went_on_without(
    deployed, who, case_id, investigate
):
    deployed.run(CancelCase(case_id, "重复登记"), by=who("root"))

    with pytest.raises(InvalidState, match="went on without it"):
        deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))


def test_a_double_click_completes_once_and_answers_twice(deployed, who, investigate):
    command = CompleteTask(investigate, FOUND)

    first = deployed.run(command, by=who("lin"), command_id="click")
    second = deployed.run(command, by=who("lin"), command_id="click")

    assert first == second
    lines = rows(deployed, JournalLine, JournalLine.command == "CompleteTask")
    assert len(lines) == 1


def test_the_draft_is_used_up(deployed, who, investigate):
    deployed.run(SaveDraft({"findings": "密封"}, investigate), by=who("lin"))

    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    assert rows(deployed, Draft) == []


def test_the_case_counts_its_changes(deployed, case_id, approve):
    [case] = rows(deployed, Case)

    assert case.rev > 1
