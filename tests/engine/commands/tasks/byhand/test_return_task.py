import json

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import ChangePerson
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.drafts import without_new
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.forms import parse_form
from engine.model import Conflict, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.queries.tasks.one import OneTask
from engine.store.models import Activity, Draft, Job, Task
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.byhand.conftest import faults, forbid, told


def test_the_finished_step_waits_again_for_who_did_it(deployed, who, investigate, approve):
    target = deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))

    [again] = rows(deployed, Task, Task.id == target)
    [left] = rows(deployed, Task, Task.id == approve)
    [draft] = rows(deployed, Draft, Draft.task_id == target)
    assert (again.element_id, again.state, again.assignee) == ("investigate", "open", "lin")
    assert left.state == "cancelled"
    assert draft.login == "lin"
    assert draft.fields["findings"] == FOUND["findings"]
    assert "缺照片" in told(deployed, "lin")[0]
    assert not faults(deployed)


def test_the_history_says_returned(deployed, who, approve):
    deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))

    [left] = rows(deployed, Activity, Activity.element_id == "approve")
    assert (left.state, left.by) == ("returned", "zhao")


def test_reminders_of_the_task_are_taken_away_and_those_of_the_step_come(
    deployed, who, investigate, approve
):
    target = deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))

    owed = rows(deployed, Job, Job.state == "waiting", Job.kind != "checkpoint")
    assert {each.payload.get("task") for each in owed if each.kind != "timer"} == {target}
    assert [each.payload["element"] for each in owed if each.kind == "timer"] == [
        "investigate-late"
    ]


def test_the_case_goes_on_from_there(deployed, who, investigate, approve):
    deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))

    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))
    deployed.run(
        CompleteTask(waiting(deployed, "approve"), {"agreed": True}), by=who("zhao")
    )

    assert not faults(deployed)


def test_it_may_be_returned_again_and_again(deployed, who, investigate, approve):
    for _ in range(3):
        deployed.run(
            ReturnTask(waiting(deployed, "approve"), "investigate", "缺照片"),
            by=who("zhao"),
        )
        deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    assert len(rows(deployed, Task, Task.element_id == "approve")) == 4
    assert not faults(deployed)


def test_the_same_command_twice_changes_nothing(deployed, who, approve):
    command = ReturnTask(approve, "investigate", "缺照片")
    deployed.run(command, by=who("zhao"), command_id="once")

    deployed.run(command, by=who("zhao"), command_id="once")

    assert len(rows(deployed, Task, Task.element_id == "investigate")) == 2


def test_others_do_not(deployed, who, approve):
    for login in ("qian", "wu"):
        with pytest.raises(NotAllowed):
            deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who(login))


def test_a_task_that_somebody_took_is_theirs(deployed, who, approve):
    deployed.run(ClaimTask(approve), by=who("zhao"))

    assert deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("root"))


def test_what_is_over_is_not_returned(deployed, who, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(ReturnTask(investigate, "approve", "缺照片"), by=who("lin"))
    deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))
    with pytest.raises(InvalidState):
        deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))


def test_it_goes_to_finished_steps_alone(deployed, who, investigate, approve):
    for target in ("approve", "decide", "nowhere"):
        with pytest.raises(NotFound, match="finished step"):
            deployed.run(ReturnTask(approve, target, "缺照片"), by=who("zhao"))
    with pytest.raises(NotFound):
        deployed.run(ReturnTask(approve + 99, "investigate", "缺照片"), by=who("zhao"))


def test_a_step_that_several_did_is_not_gone_back_to(engine, who, minimal):
    end = "<bpmn:outgoing>f2</bpmn:outgoing>\n    </bpmn:userTask>"
    several = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        "<zeebe:loopCharacteristics inputCollection='=[1, 2]' />"
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>\n    "
    )
    twice = end.replace("</bpmn:userTask>", several + "</bpmn:userTask>")
    bundle = changed(minimal, "complaint.bpmn", end, twice)
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    for task in rows(engine, Task, Task.state == "open"):
        engine.run(CompleteTask(task.id, FOUND), by=who("lin"))
    approve = waiting(engine, "approve")

    assert engine.ask(OneTask(approve), by=who("zhao")).by_hand.returns == ()
    with pytest.raises(NotFound, match="finished step"):
        engine.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))


def test_it_wants_a_reason(deployed, who, approve):
    for reason in ("", "  ", "长" * 20_000):
        with pytest.raises(InvalidValues) as refusal:
            deployed.run(ReturnTask(approve, "investigate", reason), by=who("zhao"))
        assert list(refusal.value.errors) == ["reason"]


def test_the_policy_may_forbid_it(deployed, who, minimal):
    forbid(deployed, minimal, who, 'allow = ["copy"]')
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    with pytest.raises(NotAllowed, match="allows"):
        deployed.run(
            ReturnTask(waiting(deployed, "approve"), "investigate", "缺照片"),
            by=who("zhao"),
        )


def test_whoever_left_gets_nothing_back(deployed, who, approve):
    deployed.run(ChangePerson(who("lin").person_id, "林文员", active=False), by=who("root"))

    target = deployed.run(ReturnTask(approve, "investigate", "缺照片"), by=who("zhao"))

    assert rows(deployed, Task, Task.id == target)[0].assignee is None


def test_what_a_form_asks_anew_is_not_laid_before_anybody(minimal):
    source = json.loads(minimal.files["forms/investigate.form"])
    field = next(each for each in source["components"] if each.get("key") == "findings")
    field["properties"] = {"prefill": "no"}
    form = parse_form(json.dumps(source).encode())

    assert without_new(form, FOUND) == {"fault": "quality", "withinWarranty": False}
