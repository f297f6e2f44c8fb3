import pytest

from engine.commands.cases.lifecycle import CancelCase, CorrectVariable, StartCase
from engine.commands.jobs.lifecycle import TakeJob
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask, SaveDraft
from engine.model import SYSTEM, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.queries.cases.file import CaseFile
from engine.queries.tasks.one import OneTask
from engine.store.models import (
    Activity,
    Case,
    Draft,
    Job,
    Notice,
    SavedExecution,
    Subscription,
    Task,
)
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.byhand.conftest import faults, forbid


def state(engine, task_id):
    return rows(engine, Task, Task.id == task_id)[0].state


def owed(engine):
    jobs = rows(engine, Job, Job.state == "waiting", Job.kind != "checkpoint")
    return sorted((each.kind, each.key, each.due_at) for each in jobs)


def test_the_case_stands_as_it_did_before(deployed, who, investigate):
    [before], jobs = rows(deployed, SavedExecution), owed(deployed)
    done = deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    deployed.run(WithdrawTask(investigate, "填错了"), by=who("lin"))

    [after] = rows(deployed, SavedExecution)
    assert state(deployed, investigate) == "open"
    assert state(deployed, done.next[0].id) == "cancelled"
    assert after.variables == before.variables
    assert after.flows == before.flows
    assert owed(deployed) == jobs
    assert not faults(deployed)


def test_what_was_entered_is_laid_before_who_took_it_back(deployed, who, investigate):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    deployed.run(WithdrawTask(investigate), by=who("lin"))

    [task] = rows(deployed, Task, Task.id == investigate)
    [draft] = rows(deployed, Draft)
    assert (task.assignee, task.completed_by, task.ended_at) == ("lin", None, None)
    assert draft.fields["findings"] == FOUND["findings"]


def test_the_history_says_withdrawn(deployed, who, investigate):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    deployed.run(WithdrawTask(investigate), by=who("lin"))

    states = {each.element_id: each.state for each in rows(deployed, Activity)}
    assert states["investigate"] == "active"
    assert states["approve"] == "withdrawn"
    assert states["decide"] == "withdrawn"
    assert states["registered"] == "left"


def test_it_is_completed_once_more_with_other_values(deployed, who, investigate):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    deployed.run(WithdrawTask(investigate), by=who("lin"))

    other = FOUND | {"fault": "misuse"}
    done = deployed.run(CompleteTask(investigate, other), by=who("lin"))
    work(deployed)

    assert not done.next
    assert rows(deployed, Case)[0].state == "closed"
    assert not faults(deployed)


def test_it_can_be_taken_back_again(deployed, who, investigate):
    for _ in range(3):
        deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
        deployed.run(WithdrawTask(investigate), by=who("lin"))

    assert state(deployed, investigate) == "open"
    assert not faults(deployed)


def test_twice_is_once_too_often(deployed, who, investigate, approve):
    deployed.run(WithdrawTask(investigate), by=who("lin"))

    with pytest.raises(InvalidState, match="completed"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_only_who_completed_it_takes_it_back(deployed, who, investigate, approve):
    for login in ("zhao", "root", "wu"):
        with pytest.raises(NotAllowed):
            deployed.run(WithdrawTask(investigate), by=who(login))
    with pytest.raises(NotFound):
        deployed.run(WithdrawTask(investigate + 99), by=who("lin"))
    with pytest.raises(InvalidValues):
        deployed.run(WithdrawTask(investigate, "长" * 20_000), by=who("lin"))


def test_not_once_the_next_person_took_the_task(deployed, who, investigate, approve):
    deployed.run(ClaimTask(approve), by=who("zhao"))

    with pytest.raises(InvalidState, match="赵主管 took 审批换货"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_not_once_the_next_person_began_to_fill_it_in(deployed, who, investigate, approve):
    deployed.run(SaveDraft({"agreed": True}, task_id=approve), by=who("zhao"))

    with pytest.raises(InvalidState, match="began 审批换货"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_not_once_the_next_person_acted(deployed, who, investigate, approve):
    deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))

    with pytest.raises(InvalidState, match=r"审批换货.*cannot be undone"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_not_once_a_letter_went(deployed, who, investigate):
    refused = FOUND | {"fault": "misuse", "withinWarranty": False}
    deployed.run(CompleteTask(investigate, refused), by=who("lin"))
    work(deployed)

    with pytest.raises(InvalidState, match="over"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_not_while_a_letter_waits_that_goes_out_then(deployed, who, investigate):
    refused = FOUND | {"fault": "misuse", "withinWarranty": False}
    deployed.run(CompleteTask(investigate, refused), by=who("lin"))

    with pytest.raises(InvalidState, match="“答复客户” cannot be undone"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))
    work(deployed)

    assert rows(deployed, Case)[0].state == "closed"
    assert [each.letter for each in rows(deployed, Notice)] == ["answer"]


def test_not_while_a_letter_is_being_written(deployed, who, investigate):
    refused = FOUND | {"fault": "misuse", "withinWarranty": False}
    deployed.run(CompleteTask(investigate, refused), by=who("lin"))
    [letter] = rows(deployed, Job, Job.kind == "work")
    deployed.run(TakeJob(letter.id), by=SYSTEM)

    with pytest.raises(InvalidState, match="cannot be undone"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def offered(engine, who, case_id, task_id):
    """Tell whether the pages of the case and of the task offer to take it back."""
    by = who("lin")
    page = engine.ask(CaseFile(case_id), by=by).withdrawable
    verbs = engine.ask(OneTask(task_id), by=by).by_hand.verbs
    assert (page is not None) == ("withdraw" in verbs)
    return page is not None


def test_it_is_offered_as_long_as_nobody_began(deployed, who, case_id, investigate):
    done = deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    before = offered(deployed, who, case_id, investigate)

    draft = SaveDraft({"agreed": True}, task_id=done.next[0].id)
    deployed.run(draft, by=who("zhao"))

    assert (before, offered(deployed, who, case_id, investigate)) == (True, False)


def test_it_is_not_offered_where_a_letter_follows(deployed, who, case_id, investigate):
    refused = FOUND | {"fault": "misuse", "withinWarranty": False}
    deployed.run(CompleteTask(investigate, refused), by=who("lin"))

    assert not offered(deployed, who, case_id, investigate)


def test_it_is_not_offered_while_the_machine_is_about_to_go_on(
    deployed, who, case_id, investigate
):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    owed_now = {"state": "waiting", "due_at": deployed.clock.now(), "payload": {}}
    timer = Job(kind="timer", key="timer:elsewhere", case_id=case_id, **owed_now)
    with deployed.database.writing(deployed.clock.now(), SYSTEM) as tx:
        timer.created_at = tx.now
        tx.owe(timer)

    assert not offered(deployed, who, case_id, investigate)


def test_not_once_operations_changed_the_case(deployed, who, case_id, investigate, approve):
    deployed.run(CorrectVariable(case_id, {"subject": "漏油"}), by=who("root"))

    with pytest.raises(InvalidState):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_not_once_the_case_is_over(deployed, who, case_id, investigate, approve):
    deployed.run(CancelCase(case_id, "重复"), by=who("root"))

    with pytest.raises(InvalidState, match="over"):
        deployed.run(WithdrawTask(investigate), by=who("lin"))


def test_the_policy_may_forbid_it(deployed, who, minimal):
    forbid(deployed, minimal, who, 'allow = ["copy"]')
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    task = waiting(deployed, "investigate")
    deployed.run(CompleteTask(task, FOUND), by=who("lin"))

    with pytest.raises(NotAllowed, match="allows"):
        deployed.run(WithdrawTask(task), by=who("lin"))


def test_a_message_that_was_waited_for_is_waited_for_again(deployed, who, minimal):
    early = (
        '<bpmn:boundaryEvent id="early" attachedToRef="investigate">'
        "<bpmn:outgoing>f-early</bpmn:outgoing><bpmn:messageEventDefinition "
        'id="early-definition" messageRef="message-goods" /></bpmn:boundaryEvent>'
        '<bpmn:endEvent id="over"><bpmn:incoming>f-early</bpmn:incoming></bpmn:endEvent>'
        '<bpmn:sequenceFlow id="f-early" sourceRef="early" targetRef="over" />'
        '<bpmn:sendTask id="remind-head"'
    )
    bundle = changed(minimal, "complaint.bpmn", '<bpmn:sendTask id="remind-head"', early)
    deployed.run(DeployBundle(bundle), by=who("root"))
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    [before] = rows(deployed, Subscription)
    task = waiting(deployed, "investigate")
    deployed.run(CompleteTask(task, FOUND), by=who("lin"))

    deployed.run(WithdrawTask(task), by=who("lin"))

    [after] = rows(deployed, Subscription)
    assert (after.token, after.name, after.key) == (before.token, before.name, before.key)
    assert not faults(deployed)
