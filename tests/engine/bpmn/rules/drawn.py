"""Examples for what can be read at all: files, ids, pools, lanes, expressions."""

from tests.engine.bpmn.models import (
    diagram,
    element,
    end,
    flow,
    flows,
    mapping,
    process,
    script,
    start,
    user,
    xor,
    zeebe,
)
from tests.engine.bpmn.rules.example import ASKED, Example, around

_HOUSE = element("participant", "house", processRef="p")
_CUSTOMER = element("participant", "customer")


def _pools(*inside: str) -> str:
    return element("collaboration", "c", *inside)


def _said(source: str, target: str) -> str:
    return element("messageFlow", "said", sourceRef=source, targetRef=target)


def _lane(name: str, *held: str) -> str:
    return element(
        "lane", name, *(f"<bpmn:flowNodeRef>{each}</bpmn:flowNodeRef>" for each in held)
    )


def _lanes(*lanes: str) -> str:
    return element("laneSet", "lanes", *lanes)


def _named(element_id: str) -> tuple[str, ...]:
    way = flows("start", element_id, "end")
    return (start(), user(element_id), end(), way)


EXAMPLES = {
    "bpmn-file": Example(b"<bpmn:definitions", ASKED),
    "bpmn-executable": Example(
        diagram(process("p", *ASKED)).replace(b'isExecutable="true"', b""), ASKED
    ),
    "bpmn-unsupported": Example(around(element("complexGateway", "x")), ASKED),
    "bpmn-child": Example(
        around(user("x", "<bpmn:potentialOwner/>")),
        around(user("x", "<bpmn:documentation>Ask.</bpmn:documentation>")),
    ),
    "bpmn-extension": Example(
        around(user("x", zeebe("taskListeners"))),
        around(user("x", zeebe("assignmentDefinition", assignee="anna"))),
    ),
    "bpmn-mapping-name": Example(
        around(user("x", mapping(inputs={"": "= 1"}))),
        around(user("x", mapping(inputs={"a": "= 1"}))),
    ),
    "bpmn-mapping-source": Example(
        around(user("x", mapping(outputs={"a": ""}))),
        around(user("x", mapping(outputs={"a": "= b"}))),
    ),
    "bpmn-juel": Example(
        around(element("userTask", "x", camunda__assignee="${people.find()}")),
        around(element("userTask", "x", camunda__assignee="${clerk}")),
    ),
    "bpmn-script": Example(
        around(element("scriptTask", "x", "<bpmn:script>x = 1</bpmn:script>")),
        around(script("x", "= 1", "one")),
    ),
    "bpmn-language": Example(
        (
            *around(xor("x", "x-end"))[:-1],
            user("y"),
            flows("start", "x", "end"),
            flow("x", "y", "a == 1").replace("xsi:type", 'language="groovy" xsi:type'),
            flows("y", "end"),
        ),
        (
            *around(xor("x", "x-end"))[:-1],
            user("y"),
            flows("start", "x", "end"),
            flow("x", "y", "a = 1").replace("xsi:type", 'language="feel" xsi:type'),
            flows("y", "end"),
        ),
    ),
    "bpmn-expression-sign": Example(
        around(script("x", "1", "one")), around(script("x", "= 1", "one"))
    ),
    "bpmn-expression": Example(
        around(script("x", "= 1 +", "one")), around(script("x", "= 1 + 1", "two"))
    ),
    "bpmn-id": Example(around(user("x"), user("")), ASKED),
    "bpmn-id-form": Example(_named("a b"), _named("a-b")),
    "bpmn-duplicate-id": Example(around(user("x"), user("x")), ASKED),
    "bpmn-message-flow-ends": Example(
        (*ASKED, _pools(_HOUSE, _CUSTOMER, _said("customer", "gone"))),
        (*ASKED, _pools(_HOUSE, _CUSTOMER, _said("customer", "x"))),
    ),
    "bpmn-message-flow-pool": Example(
        (*ASKED, _pools(_HOUSE, _said("x", "end"))),
        (*ASKED, _pools(_HOUSE, _CUSTOMER, _said("x", "customer"))),
    ),
    "bpmn-pool-process": Example(
        (*ASKED, _pools(_HOUSE.replace('"p"', '"q"'))), (*ASKED, _pools(_HOUSE))
    ),
    "bpmn-lane-twice": Example(
        (*ASKED, _lanes(_lane("a", "x"), _lane("b", "x"))),
        (*ASKED, _lanes(_lane("a", "x"), _lane("b", "end"))),
    ),
    "bpmn-lane-reference": Example(
        (*ASKED, _lanes(_lane("a", "gone"))), (*ASKED, _lanes(_lane("a", "x")))
    ),
}
