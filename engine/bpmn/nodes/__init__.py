"""What the elements of a diagram do with tokens, one class for each kind.

Which kind an element is of is decided here, once; reading and judging diagrams is the
business of `engine.bpmn.dialect` and `engine.bpmn.checks`.
"""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.elements import ElementInfo
from engine.bpmn.nodes.compensation import CancelEndNode, UndoingEndNode, UndoingNode
from engine.bpmn.nodes.conditions import let_conditions_happen
from engine.bpmn.nodes.event_sub import EventSubNode, EventSubWatch
from engine.bpmn.nodes.events import (
    BoundaryNode,
    CatchNode,
    EndNode,
    MessageEndNode,
    StartNode,
    ThrowNode,
)
from engine.bpmn.nodes.gateways import (
    EventGatewayNode,
    ExclusiveNode,
    InclusiveNode,
    ParallelNode,
)
from engine.bpmn.nodes.inner import CallNode, SubProcessNode, begin_process
from engine.bpmn.nodes.loops import LoopNode
from engine.bpmn.nodes.multi_instance import MultiInstanceNode
from engine.bpmn.nodes.node import Node, is_alive
from engine.bpmn.nodes.tasks import (
    DecisionNode,
    JobNode,
    PassThrough,
    ScriptNode,
    UserTaskNode,
)

NODE_KINDS: Mapping[str, type[Node]] = {
    "startEvent": StartNode,
    "endEvent": EndNode,
    "intermediateCatchEvent": CatchNode,
    "intermediateThrowEvent": ThrowNode,
    "boundaryEvent": BoundaryNode,
    "userTask": UserTaskNode,
    "manualTask": UserTaskNode,
    "businessRuleTask": DecisionNode,
    "scriptTask": ScriptNode,
    "serviceTask": JobNode,
    "sendTask": JobNode,
    "receiveTask": CatchNode,
    "task": PassThrough,
    "subProcess": SubProcessNode,
    "transaction": SubProcessNode,
    "callActivity": CallNode,
    "exclusiveGateway": ExclusiveNode,
    "parallelGateway": ParallelNode,
    "inclusiveGateway": InclusiveNode,
    "eventBasedGateway": EventGatewayNode,
}
#: Events that send a message are jobs.
_SENDING: Mapping[str, type[Node]] = {
    "intermediateThrowEvent": JobNode,
    "endEvent": MessageEndNode,
}


#: Events that have something undone.
_UNDOING: Mapping[tuple[str, str], type[Node]] = {
    ("intermediateThrowEvent", "compensate"): UndoingNode,
    ("endEvent", "compensate"): UndoingEndNode,
    ("endEvent", "cancel"): CancelEndNode,
}


def make_node(spec: Any, element: ElementInfo) -> Node:
    """Return the node of *element* in *spec*, with a body where it is done repeatedly."""
    kind = node_kind(element)
    if element.loop is not None:
        return MultiInstanceNode(spec, element, element.loop, kind)
    if element.repeat is not None:
        return LoopNode(spec, element, element.repeat, kind)
    return kind(spec, element)


def node_kind(element: ElementInfo) -> type[Node]:
    """Return the class that carries out *element*."""
    if element.event.kind == "message" and element.kind in _SENDING:
        return _SENDING[element.kind]
    if (element.kind, element.event.kind) in _UNDOING:
        return _UNDOING[element.kind, element.event.kind]
    if element.event_sub:
        return EventSubNode
    return NODE_KINDS[element.kind]


__all__ = [
    "NODE_KINDS",
    "EventSubNode",
    "EventSubWatch",
    "Node",
    "begin_process",
    "is_alive",
    "let_conditions_happen",
    "make_node",
    "node_kind",
]
