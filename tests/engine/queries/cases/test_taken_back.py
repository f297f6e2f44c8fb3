"""A case that is sent back past a signed step has to be signed again."""

from dataclasses import replace

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from engine.queries.cases.file import CaseFile
from engine.queries.cases.prints import CasePrint
from engine.store.models import Signature
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, with_steps
from tests.engine.commands.knowing import rows

_PRINT = """
title = "处理单"
[[section]]
signatures = ["investigate", "check", "weigh", "approve"]
"""
_SIGNED = '<zeebe:properties><zeebe:property name="signed" value="yes" />'
#: After the investigation, before the decision: a check, and beside it in a sub-process a
#: weighing; both are signed.
_STEPS = f"""
<bpmn:parallelGateway id="split"><bpmn:incoming>f2</bpmn:incoming>
  <bpmn:outgoing>g1</bpmn:outgoing><bpmn:outgoing>g2</bpmn:outgoing></bpmn:parallelGateway>
<bpmn:userTask id="check" name="核对"><bpmn:extensionElements><zeebe:userTask />
  <zeebe:assignmentDefinition candidateGroups="clerk" />{_SIGNED}</zeebe:properties>
  </bpmn:extensionElements><bpmn:incoming>g1</bpmn:incoming>
  <bpmn:outgoing>g5</bpmn:outgoing></bpmn:userTask>
<bpmn:userTask id="look" name="复查"><bpmn:extensionElements><zeebe:userTask />
  <zeebe:assignmentDefinition candidateGroups="clerk" /></bpmn:extensionElements>
  <bpmn:incoming>g5</bpmn:incoming><bpmn:outgoing>g3</bpmn:outgoing></bpmn:userTask>
<bpmn:subProcess id="inner" name="称重"><bpmn:incoming>g2</bpmn:incoming>
  <bpmn:outgoing>g4</bpmn:outgoing>
  <bpmn:startEvent id="i0"><bpmn:outgoing>h1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="weigh" name="称重"><bpmn:extensionElements><zeebe:userTask />
  <zeebe:assignmentDefinition candidateGroups="clerk" />{_SIGNED}</zeebe:properties>
  </bpmn:extensionElements><bpmn:incoming>h1</bpmn:incoming>
  <bpmn:outgoing>h2</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="i1"><bpmn:incoming>h2</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="h1" sourceRef="i0" targetRef="weigh" />
  <bpmn:sequenceFlow id="h2" sourceRef="weigh" targetRef="i1" /></bpmn:subProcess>
<bpmn:parallelGateway id="join"><bpmn:incoming>g3</bpmn:incoming>
  <bpmn:incoming>g4</bpmn:incoming><bpmn:outgoing>g6</bpmn:outgoing></bpmn:parallelGateway>
<bpmn:sequenceFlow id="g1" sourceRef="split" targetRef="check" />
<bpmn:sequenceFlow id="g2" sourceRef="split" targetRef="inner" />
<bpmn:sequenceFlow id="g5" sourceRef="check" targetRef="look" />
<bpmn:sequenceFlow id="g3" sourceRef="look" targetRef="join" />
<bpmn:sequenceFlow id="g4" sourceRef="inner" targetRef="join" />
<bpmn:sequenceFlow id="g6" sourceRef="join" targetRef="decide" />
"""


@pytest.fixture
def signing(engine, who, minimal):
    """A case whose investigation is done; a check and a weighing wait to be signed."""
    bundle = with_steps(minimal, _STEPS, "split", "g6")
    files = {**bundle.files, "prints/handling.toml": _PRINT.encode()}
    engine.run(DeployBundle(replace(bundle, files=files)), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    do(engine, who, "investigate", FOUND, "lin")
    return engine


def do(engine, who, element, values=None, login="lin"):
    engine.clock.move(minutes=1)
    proof = Proof("", holds=True)
    engine.run(CompleteTask(waiting(engine, element), values or {}, proof), by=who(login))


def send_back(engine, who, element, to, login="lin"):
    engine.clock.move(minutes=1)
    engine.run(ReturnTask(waiting(engine, element), to, "有误"), by=who(login))


def signed(engine, who):
    """Return who stands under each step on the print, and the codes beside the names."""
    [section] = engine.ask(CasePrint(1, "handling"), by=who("lin")).sections
    names = {line.label: line.name for line in section.signatures}
    return names, [line.digest for line in section.signatures if line.digest]


def taken_back(engine, who):
    events = engine.ask(CaseFile(1), by=who("lin")).events
    return [
        (each.sentence.values["task"], bool(each.signature))
        for each in events
        if each.is_taken_back
    ]


def test_a_signature_holds_as_long_as_nobody_sends_the_case_back(signing, who):
    do(signing, who, "check")
    do(signing, who, "weigh")

    names, codes = signed(signing, who)

    assert (names["核对"], names["称重"], len(codes)) == ("林文员", "林文员", 2)
    assert taken_back(signing, who) == []


def test_what_was_signed_and_sent_back_is_not_printed(signing, who):
    do(signing, who, "check")
    do(signing, who, "weigh")

    send_back(signing, who, "look", "check")

    names, codes = signed(signing, who)
    assert (names["核对"], names["称重"], len(codes)) == ("", "林文员", 1)
    assert taken_back(signing, who) == [("核对", True)]
    assert len(rows(signing, Signature)) == 2


def test_what_is_signed_again_is_printed(signing, who):
    do(signing, who, "check")
    send_back(signing, who, "look", "check")

    do(signing, who, "check")

    names, codes = signed(signing, who)
    _, second = rows(signing, Signature)
    assert names["核对"] == "林文员"
    assert codes == [second.digest[:12]]
    assert taken_back(signing, who) == [("核对", True)]


def test_all_between_is_sent_back_and_what_lies_before_is_not(signing, who):
    do(signing, who, "check")
    do(signing, who, "look")
    do(signing, who, "weigh")

    send_back(signing, who, "approve", "investigate", login="zhao")

    names, codes = signed(signing, who)
    assert set(names.values()) == {""}
    assert codes == []
    assert taken_back(signing, who) == [
        ("调查投诉", False),
        ("核对", True),
        ("复查", False),
        ("称重", True),
    ]
    do(signing, who, "investigate", FOUND)
    do(signing, who, "weigh")
    assert signed(signing, who)[0] == {
        "调查投诉": "林文员",
        "核对": "",
        "称重": "林文员",
        "审批换货": "",
    }
