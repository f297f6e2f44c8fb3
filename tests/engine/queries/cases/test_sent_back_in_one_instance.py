"""What is done for several places at once is sent back in one, and stands in the others."""

from dataclasses import replace

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from engine.queries.cases.file import CaseFile
from engine.queries.cases.prints import CasePrint
from engine.store.models import Draft, Task
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows

_PRINT = """
title = "处理单"
[[section]]
signatures = ["weigh"]
"""
#: After the investigation, for two places at once: a weighing that is signed, and a look.
_STEPS = """
<bpmn:subProcess id="place" name="各处称重"><bpmn:incoming>f2</bpmn:incoming>
  <bpmn:outgoing>g1</bpmn:outgoing>
  <bpmn:multiInstanceLoopCharacteristics{order}><bpmn:extensionElements>
    <zeebe:loopCharacteristics inputCollection='=["北", "南"]' inputElement="site" />
  </bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>
  <bpmn:startEvent id="i0"><bpmn:outgoing>h1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="weigh" name="称重"><bpmn:extensionElements><zeebe:userTask />
    <zeebe:formDefinition formId="investigate" />
    <zeebe:assignmentDefinition candidateGroups="clerk" />
    <zeebe:properties><zeebe:property name="signed" value="yes" /></zeebe:properties>
    </bpmn:extensionElements><bpmn:incoming>h1</bpmn:incoming>
    <bpmn:outgoing>h2</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="look" name="复查"><bpmn:extensionElements><zeebe:userTask />
    <zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements>
    <bpmn:incoming>h2</bpmn:incoming><bpmn:outgoing>h3</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="i1"><bpmn:incoming>h3</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="h1" sourceRef="i0" targetRef="weigh" />
  <bpmn:sequenceFlow id="h2" sourceRef="weigh" targetRef="look" />
  <bpmn:sequenceFlow id="h3" sourceRef="look" targetRef="i1" /></bpmn:subProcess>
<bpmn:sequenceFlow id="g1" sourceRef="place" targetRef="decide" />
"""


@pytest.fixture
def begun(engine, who, minimal):
    """Return what begins a case in which two places are to be weighed; wu weighs, too."""

    def begin(*, in_turn=False):
        steps = _STEPS.format(order=' isSequential="true"' if in_turn else "")
        flow = '<bpmn:sequenceFlow id="f2" sourceRef="investigate" targetRef="'
        bundle = changed(
            minimal, "complaint.bpmn", f'{flow}decide" />', f'{flow}place" />{steps}'
        )
        bundle = changed(
            bundle,
            "complaint.bpmn",
            "<bpmn:incoming>f2</bpmn:incoming>\n      <bpmn:outg",
            "<bpmn:incoming>g1</bpmn:incoming>\n      <bpmn:outg",
        )
        files = {**bundle.files, "prints/handling.toml": _PRINT.encode()}
        engine.run(DeployBundle(replace(bundle, files=files)), by=who("root"))
        engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
        engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
        do(engine, who, waiting(engine, "investigate"), "lin", FOUND)
        return engine

    return begin


def do(engine, who, task_id, login, values=None):
    engine.clock.move(minutes=1)
    proof = Proof("", holds=True)
    engine.run(CompleteTask(task_id, values or {}, proof), by=who(login))


def open_at(engine, element):
    tasks = rows(engine, Task, Task.element_id == element, Task.state == "open")
    return sorted(task.id for task in tasks)


def weigh_both(engine, who):
    """Let lin weigh the first place and wu the second; return who looks at the first."""
    first, second = open_at(engine, "weigh")
    do(engine, who, first, "lin", {**FOUND, "findings": "北面破损"})
    do(engine, who, second, "wu", {**FOUND, "findings": "南面破损"})
    return open_at(engine, "look")[0]


def signed(engine, who):
    [section] = engine.ask(CasePrint(1, "handling"), by=who("lin")).sections
    return [line.name for line in section.signatures]


def taken_back(engine, who):
    events = engine.ask(CaseFile(1), by=who("lin")).events
    return [
        (each.by, each.sentence.values["task"]) for each in events if each.is_taken_back
    ]


def test_it_goes_back_to_who_did_it_there(begun, who):
    engine = begun()
    look = weigh_both(engine, who)

    target = engine.run(ReturnTask(look, "weigh", "看不清"), by=who("wu"))

    [again] = rows(engine, Task, Task.id == target)
    [draft] = rows(engine, Draft, Draft.task_id == target)
    assert (again.assignee, draft.login) == ("lin", "lin")
    assert draft.fields["findings"] == "北面破损"


def test_the_signature_of_the_other_place_holds(begun, who):
    engine = begun()
    look = weigh_both(engine, who)

    target = engine.run(ReturnTask(look, "weigh", "看不清"), by=who("wu"))

    assert signed(engine, who) == ["吴旁人", ""]
    assert taken_back(engine, who) == [("林文员", "称重")]
    do(engine, who, target, "lin", FOUND)
    assert signed(engine, who) == ["吴旁人", "林文员"]


def test_all_who_signed_in_turn_are_printed(begun, who):
    engine = begun(in_turn=True)
    for login in ("lin", "wu"):
        do(engine, who, waiting(engine, "weigh"), login, FOUND)
        do(engine, who, waiting(engine, "look"), login)

    assert signed(engine, who) == ["林文员", "吴旁人"]
