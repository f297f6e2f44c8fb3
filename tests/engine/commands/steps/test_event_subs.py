import pytest

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.diagram import lay_out
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.store.agreeing import find_disagreements
from engine.store.models import Case, Subscription, Task
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work
from tests.engine.commands.knowing import rows

_ASIDE = """
<bpmn:subProcess id="{id}" name="{name}" triggeredByEvent="true">
  <bpmn:startEvent id="{id}-start" name="{name}" isInterrupting="{interrupting}">
    <bpmn:outgoing>{id}-f1</bpmn:outgoing>{event}
  </bpmn:startEvent>
  <bpmn:userTask id="{id}-task" name="记录{name}">
    <bpmn:extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="clerk" />
    </bpmn:extensionElements>
    <bpmn:incoming>{id}-f1</bpmn:incoming><bpmn:outgoing>{id}-f2</bpmn:outgoing>
  </bpmn:userTask>
  <bpmn:endEvent id="{id}-end" name="已记录"><bpmn:incoming>{id}-f2</bpmn:incoming>
  </bpmn:endEvent>
  <bpmn:sequenceFlow id="{id}-f1" sourceRef="{id}-start" targetRef="{id}-task" />
  <bpmn:sequenceFlow id="{id}-f2" sourceRef="{id}-task" targetRef="{id}-end" />
</bpmn:subProcess>
"""
_WITHDRAWN = _ASIDE.format(
    id="withdrawn",
    name="撤诉",
    interrupting="true",
    event='<bpmn:messageEventDefinition id="withdraws" messageRef="message-withdrawal" />',
)
_DOUBTED = _ASIDE.format(
    id="doubted",
    name="存疑",
    interrupting="false",
    event='<bpmn:conditionalEventDefinition id="doubts">'
    '<bpmn:condition xsi:type="bpmn:tFormalExpression">=fault = "unclear"'
    "</bpmn:condition></bpmn:conditionalEventDefinition>",
)
_MESSAGE = """<bpmn:message id="message-withdrawal" name="withdrawal">
  <bpmn:extensionElements><zeebe:subscription correlationKey="=case.number" />
  </bpmn:extensionElements></bpmn:message>"""


def with_event_subs(bundle: Bundle) -> Bundle:
    """Return the small policy with two event sub-processes, without its scenarios."""
    diagram = bundle.files["complaint.bpmn"].decode()
    for old, new in (
        ('<bpmn:sequenceFlow id="f1"', _WITHDRAWN + _DOUBTED),
        ('<bpmn:message id="message-goods"', _MESSAGE),
    ):
        diagram = diagram.replace(old, new + old, 1)
    files = {**bundle.files, "complaint.bpmn": lay_out(diagram.encode())}
    return Bundle(bundle.key, {k: v for k, v in files.items() if "scenarios/" not in k})


@pytest.fixture
def watched(ground, engine, who, minimal):
    """A case of the small policy with two event sub-processes that watch it."""
    from_here = with_event_subs(minimal)
    ground.reach("watched", lambda: engine.run(DeployBundle(from_here), by=who("root")))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return engine


def open_tasks(engine):
    return [task.element_id for task in rows(engine, Task, Task.state == "open")]


def withdrawal():
    return CorrelateMessage("withdrawal", "JY-2603-0001", "w1", {"reason": "已自行解决"})


def agrees(engine) -> bool:
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return find_disagreements(reading) == []


def test_an_event_sub_process_takes_the_open_tasks_away(watched, who):
    assert [row.element_id for row in rows(watched, Subscription)] == ["withdrawn-start"]
    assert agrees(watched)

    watched.run(withdrawal(), by=who("root"))

    assert open_tasks(watched) == ["withdrawn-task"]
    assert rows(watched, Subscription) == []
    assert agrees(watched)
    watched.run(CompleteTask(waiting(watched, "withdrawn-task"), {}), by=who("lin"))
    assert rows(watched, Case)[0].state == "closed"


def test_one_that_is_not_needed_ends_with_the_case(watched, who):
    entered = {**FOUND, "fault": "misuse"}
    watched.run(CompleteTask(waiting(watched, "investigate"), entered), by=who("lin"))
    work(watched)

    assert rows(watched, Case)[0].state == "closed"
    assert rows(watched, Subscription) == []
    assert agrees(watched)


def test_a_corrected_variable_may_set_one_going(watched, who):
    [case] = rows(watched, Case)

    watched.run(CorrectVariable(case.id, {"fault": "unclear"}), by=who("root"))

    assert sorted(open_tasks(watched)) == ["doubted-task", "investigate"]
    assert agrees(watched)
