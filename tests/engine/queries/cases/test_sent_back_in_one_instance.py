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
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, with_steps
from tests.engine.commands.knowing import rows

_PRINT = """
title = "处理单"
[[section]]
signatures = ["weigh"]
"""
#: A weighing that is signed, and a look at it.
_WEIGHING = """
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
  <bpmn:sequenceFlow id="h3" sourceRef="look" targetRef="i1" />"""
#: After the investigation, both for two places at once.
_STEPS = """
<bpmn:subProcess id="place" name="各处称重"><bpmn:incoming>f2</bpmn:incoming>
  <bpmn:outgoing>g1</bpmn:outgoing>
  <bpmn:multiInstanceLoopCharacteristics{order}><bpmn:extensionElements>
    <zeebe:loopCharacteristics inputCollection='=["北", "南"]' inputElement="site" />
  </bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>
  {weighing}</bpmn:subProcess>
<bpmn:sequenceFlow id="g1" sourceRef="place" targetRef="decide" />
"""
#: After the investigation, two branches that each call the weighing.
_CALLS = """
<bpmn:parallelGateway id="split"><bpmn:incoming>f2</bpmn:incoming>
  <bpmn:outgoing>g1</bpmn:outgoing><bpmn:outgoing>g2</bpmn:outgoing></bpmn:parallelGateway>
<bpmn:callActivity id="north" name="北面称重"><bpmn:extensionElements>
  <zeebe:calledElement processId="weighing" /></bpmn:extensionElements>
  <bpmn:incoming>g1</bpmn:incoming><bpmn:outgoing>g3</bpmn:outgoing></bpmn:callActivity>
<bpmn:callActivity id="south" name="南面称重"><bpmn:extensionElements>
  <zeebe:calledElement processId="weighing" /></bpmn:extensionElements>
  <bpmn:incoming>g2</bpmn:incoming><bpmn:outgoing>g4</bpmn:outgoing></bpmn:callActivity>
<bpmn:parallelGateway id="join"><bpmn:incoming>g3</bpmn:incoming>
  <bpmn:incoming>g4</bpmn:incoming><bpmn:outgoing>g5</bpmn:outgoing></bpmn:parallelGateway>
<bpmn:sequenceFlow id="g1" sourceRef="split" targetRef="north" />
<bpmn:sequenceFlow id="g2" sourceRef="split" targetRef="south" />
<bpmn:sequenceFlow id="g3" sourceRef="north" targetRef="join" />
<bpmn:sequenceFlow id="g4" sourceRef="south" targetRef="join" />
<bpmn:sequenceFlow id="g5" sourceRef="join" targetRef="decide" />
"""
_CALLED = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://x">
  <bpmn:process id="weighing" name="称重" isExecutable="true">{_WEIGHING}</bpmn:process>
</bpmn:definitions>"""


@pytest.fixture
def begun(engine, who, minimal):
    """Return what begins a case with *steps* between two of its own; wu is a clerk, too.

    They begin at the element *first*, and end with the flow *last*; they may call another
    process.
    """

    def begin(steps, first, last, called=None):
        bundle = with_steps(minimal, steps, first, last)
        more = {"prints/handling.toml": _PRINT.encode()}
        more |= {"weighing.bpmn": called.encode()} if called else {}
        bundle = replace(bundle, files={**bundle.files, **more})
        engine.run(DeployBundle(bundle), by=who("root"))
        engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
        engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
        do(engine, who, waiting(engine, "investigate"), "lin", FOUND)
        return engine

    return begin


def several(order=""):
    return _STEPS.format(order=order, weighing=_WEIGHING), "place", "g1"


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
    engine = begun(*several())
    look = weigh_both(engine, who)

    target = engine.run(ReturnTask(look, "weigh", "看不清"), by=who("wu"))

    [again] = rows(engine, Task, Task.id == target)
    [draft] = rows(engine, Draft, Draft.task_id == target)
    assert (again.assignee, draft.login) == ("lin", "lin")
    assert draft.fields["findings"] == "北面破损"


def test_the_signature_of_the_other_place_holds(begun, who):
    engine = begun(*several())
    look = weigh_both(engine, who)

    target = engine.run(ReturnTask(look, "weigh", "看不清"), by=who("wu"))

    assert signed(engine, who) == ["吴旁人", ""]
    assert taken_back(engine, who) == [("林文员", "称重")]
    do(engine, who, target, "lin", FOUND)
    assert signed(engine, who) == ["吴旁人", "林文员"]


def test_all_who_signed_in_turn_are_printed(begun, who):
    engine = begun(*several(' isSequential="true"'))
    for login in ("lin", "wu"):
        do(engine, who, waiting(engine, "weigh"), login, FOUND)
        do(engine, who, waiting(engine, "look"), login)

    assert signed(engine, who) == ["林文员", "吴旁人"]


def test_what_was_called_twice_at_once_has_a_line_each(begun, who):
    engine = begun(_CALLS, "split", "g5", _CALLED)

    for task, login in zip(open_at(engine, "weigh"), ("lin", "wu"), strict=True):
        do(engine, who, task, login, FOUND)

    assert signed(engine, who) == ["林文员", "吴旁人"]
