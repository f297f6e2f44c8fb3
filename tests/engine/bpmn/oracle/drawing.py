"""Draws nets as BPMN."""

from collections.abc import Iterator

from tests.engine.bpmn import models
from tests.engine.bpmn.oracle.nets import Again, Many, Net, Node, Trigger

_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "throw": "intermediateThrowEvent",
    "catch": "intermediateCatchEvent",
    "boundary": "boundaryEvent",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "race": "eventBasedGateway",
    "user": "userTask",
    "script": "scriptTask",
    "job": "serviceTask",
    "sub": "subProcess",
    "eventsub": "subProcess",
    "transaction": "transaction",
    "call": "callActivity",
}
_FORMAL = 'xsi:type="bpmn:tFormalExpression"'


def draw(net: Net) -> bytes:
    """Return the process, and the processes it calls, as a file."""
    nets = list(net.walk())
    processes = [_process(each) for each in nets if each.is_process]
    beside = dict.fromkeys(
        line
        for each in nets
        for node in each.nodes.values()
        if node.trigger is not None
        for line in _beside(node.trigger)
    )
    return models.diagram(*processes, *beside)


def _process(net: Net) -> str:
    return models.process(net.id, *_inside(net))


def _inside(net: Net) -> Iterator[str]:
    for node in net.nodes.values():
        yield _node(node)
        if node.kind == "boundary" and _is(node, "compensation"):
            undo = net.nodes[node.host].undo
            yield (
                f'<bpmn:association id="{node.id}-a" associationDirection="One" '
                f'sourceRef="{node.id}" targetRef="{undo}"/>'
            )
    for flow in net.flows:
        if flow.drawn:
            condition = flow.condition.feel if flow.condition else None
            yield models.flow(flow.source, flow.target, condition)


def _node(node: Node) -> str:
    inside, marks = _marks(node), {}
    if node.default:
        marks["default"] = node.default
    if node.trigger:
        inside.append(_definition(node))
    if node.kind == "boundary":
        marks["attachedToRef"] = node.host
        if not _is(node, "compensation"):
            marks["cancelActivity"] = str(node.interrupting).lower()
    if node.kind == "start" and not node.interrupting:
        marks["isInterrupting"] = "false"
    if node.kind == "eventsub":
        marks["triggeredByEvent"] = "true"
    if node.is_undo:
        marks["isForCompensation"] = "true"
    if node.net is not None and node.kind != "call":
        inside += _inside(node.net)
    return models.element(_TAGS[node.kind], node.id, *inside, **marks)


def _is(node: Node, kind: str) -> bool:
    return node.trigger is not None and node.trigger.kind == kind


def _marks(node: Node) -> list[str]:
    inside = []
    if node.kind == "user":
        inside.append("<zeebe:userTask />")
    if node.kind == "job":
        inside.append(models.zeebe("taskDefinition", type="work"))
    if node.kind == "script" and node.formula:
        inside.append(
            models.zeebe("script", expression=node.formula.feel, resultVariable=node.result)
        )
    if node.kind == "call" and node.net is not None:
        shares = str(node.shares).lower()
        inside.append(
            models.zeebe(
                "calledElement",
                processId=node.net.id,
                propagateAllParentVariables=shares,
                propagateAllChildVariables=shares,
            )
        )
    payload = node.trigger.payload if node.trigger else {}
    inputs = dict(node.inputs) | dict(payload)
    if inputs or node.outputs:
        inside.append(
            models.mapping(
                {name: formula.feel for name, formula in inputs.items()},
                {name: formula.feel for name, formula in node.outputs},
            )
        )
    if isinstance(node.loop, Many):
        inside.append(_many(node.loop))
    if isinstance(node.loop, Again):
        inside.append(_again(node.loop))
    return inside


def _many(loop: Many) -> str:
    if loop.plain:
        sequential = str(loop.sequential).lower()
        return (
            f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}">'
            f"<bpmn:loopCardinality {_FORMAL}>{len(loop.items)}</bpmn:loopCardinality>"
            "</bpmn:multiInstanceLoopCharacteristics>"
        )
    gathering = {}
    if loop.gather:
        gathering = {
            "outputCollection": loop.gather,
            "outputElement": f"= {loop.item} + 1",
        }
    return models.each(
        f"= {list(loop.items)}",
        loop.item,
        sequential=loop.sequential,
        until=loop.until.feel if loop.until else None,
        **gathering,
    )


def _again(loop: Again) -> str:
    most = "" if loop.most is None else f' loopMaximum="{loop.most}"'
    condition = ""
    if loop.condition is not None:
        condition = (
            f"<bpmn:loopCondition {_FORMAL}>{_text(loop.condition.feel)}"
            "</bpmn:loopCondition>"
        )
    return (
        f'<bpmn:standardLoopCharacteristics testBefore="{str(loop.before).lower()}"'
        f"{most}>{condition}</bpmn:standardLoopCharacteristics>"
    )


def _text(source: str) -> str:
    return source.replace("&", "&amp;").replace("<", "&lt;")


def _beside(trigger: Trigger) -> Iterator[str]:
    match trigger.kind:
        case "message":
            yield models.message(trigger.name, '= "key"')
        case "signal":
            yield f'<bpmn:signal id="{trigger.name}" name="{trigger.name}"/>'
        case "error" if trigger.name:
            yield models.error(trigger.name, trigger.name)
        case "escalation" if trigger.name:
            yield models.escalation(trigger.name, trigger.name)


def _definition(node: Node) -> str:
    trigger = node.trigger
    assert trigger is not None
    match trigger.kind:
        case "timer":
            if trigger.times:
                return models.cycle(f"R{trigger.times}/PT1H")
            return models.duration("PT1H")
        case "message":
            return models.of_message(trigger.name)
        case "signal":
            return f'<bpmn:signalEventDefinition signalRef="{trigger.name}"/>'
        case "error":
            return models.of_error(trigger.name or None)
        case "escalation":
            return models.of_escalation(trigger.name or None)
        case "conditional":
            assert trigger.condition is not None
            return (
                f"<bpmn:conditionalEventDefinition><bpmn:condition {_FORMAL}>"
                f"{_text(trigger.condition.feel)}</bpmn:condition>"
                "</bpmn:conditionalEventDefinition>"
            )
        case "link":
            return f'<bpmn:linkEventDefinition name="{trigger.name}"/>'
        case "compensation":
            which = f' activityRef="{trigger.name}"' if trigger.name else ""
            return f"<bpmn:compensateEventDefinition{which}/>"
    return f"<bpmn:{trigger.kind}EventDefinition/>"
