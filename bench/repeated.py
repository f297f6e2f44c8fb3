"""Processes that go round and round, and activities that are done for each of a list."""

from itertools import pairwise

from bench.models import NAMESPACES

_USER = "<bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>"


def rework() -> bytes:
    """Return a process with a parallel section inside a loop."""
    return _process(
        _node("startEvent", "start"),
        _node("exclusiveGateway", "again"),
        _node("parallelGateway", "split"),
        _node("userTask", "test", _USER),
        _node("userTask", "write", _USER),
        _node("parallelGateway", "join"),
        _node("userTask", "judge", _USER),
        _node("exclusiveGateway", "good", attributes='default="good-end"'),
        _node("endEvent", "end"),
        _flows("start", "again", "split", "test", "join", "judge", "good", "end"),
        _flows("split", "write", "join"),
        '<bpmn:sequenceFlow id="good-again" sourceRef="good" targetRef="again">'
        "<bpmn:conditionExpression>= rework</bpmn:conditionExpression>"
        "</bpmn:sequenceFlow>",
    )


def for_each(items: int, kind: str) -> bytes:
    """Return a process with an activity for each of *items*.

    Args:
        items: How many.
        kind: ``userTask`` or ``subProcess``, with a user task inside.
    """
    marks = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        f'<zeebe:loopCharacteristics inputCollection="= for i in 1..{items} return i"'
        ' inputElement="item" outputCollection="results" outputElement="= result"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )
    inside = {
        "userTask": _USER,
        "subProcess": _node("startEvent", "s")
        + _node("userTask", "visit", _USER)
        + _node("endEvent", "e")
        + _flows("s", "visit", "e"),
    }[kind]
    return _process(
        _node("startEvent", "start"),
        _node(kind, "each", inside + marks),
        _node("endEvent", "end"),
        _flows("start", "each", "end"),
    )


def _process(*parts: str) -> bytes:
    return (
        f'<bpmn:definitions {NAMESPACES} id="bench" targetNamespace="bench">'
        f'<bpmn:process id="main" isExecutable="true">{"".join(parts)}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def _node(tag: str, name: str, inside: str = "", attributes: str = "") -> str:
    return f'<bpmn:{tag} id="{name}" {attributes}>{inside}</bpmn:{tag}>'


def _flows(*chain: str) -> str:
    return "".join(
        f'<bpmn:sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>'
        for a, b in pairwise(chain)
    )
