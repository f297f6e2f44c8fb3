"""Gateways: their flows have the conditions and events that choosing needs."""

from collections.abc import Iterator

from engine.bpmn.checks.flows import CHOOSING
from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence

_GATEWAYS = ("exclusiveGateway", "inclusiveGateway")


def check_gateway(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the flows out of *element*."""
    if element.default_flow is not None:
        yield from _default(element, around)
    if element.kind in _GATEWAYS:
        yield from _conditions(element, around)
    if element.kind == "eventBasedGateway":
        yield from _events(element, around)


def _default(element: ElementInfo, around: Around) -> Iterator[Problem]:
    flows = {flow.id: flow for flow in around.outgoing[element.id]}
    flow = flows.get(element.default_flow or "")
    if element.kind not in CHOOSING:
        yield at(
            element,
            "bpmn-default-place",
            Sentence(
                "Expected a default flow at activities, exclusive and inclusive gateways "
                "only, but {kind} has one.",
                {"kind": word(element.kind)},
            ),
            Sentence("Put an exclusive gateway behind it."),
        )
    elif flow is None:
        yield at(
            element,
            "bpmn-default-leaves",
            Sentence("Expected the default flow to leave the element, but it does not."),
            Sentence("Choose the default flow again."),
        )
    elif flow.condition is not None:
        yield around.flow_problem(
            flow,
            "bpmn-default-condition",
            Sentence("Expected no condition on the default flow, but it has one."),
            Sentence("Remove the condition, or choose another default flow."),
        )


def _conditions(element: ElementInfo, around: Around) -> Iterator[Problem]:
    flows = around.outgoing[element.id]
    for flow in flows:
        plain = flow.condition is None and flow.id != element.default_flow
        if plain and len(flows) > 1:
            yield around.flow_problem(
                flow,
                "bpmn-condition-missing",
                Sentence(
                    "Expected a condition on each flow of a gateway but the default one, "
                    "but flow “{flow}” has none.",
                    {"flow": flow.name or flow.id},
                ),
                Sentence("Give it a condition in FEEL, or make it the default flow."),
            )


def _events(element: ElementInfo, around: Around) -> Iterator[Problem]:
    flows = around.outgoing[element.id]
    if len(flows) < 2:
        yield at(
            element,
            "bpmn-event-gateway-count",
            Sentence("Expected two or more events to choose from, but there are fewer."),
            Sentence("Draw the events that it waits for, or use the event alone."),
        )
    for flow in flows:
        target = around.elements.get(flow.target)
        if target is None:
            continue
        catches = (
            target.kind in ("intermediateCatchEvent", "receiveTask")
            and len(around.incoming[target.id]) == 1
            and not around.attached[target.id]
            and not target.inputs
            and target.loop is None
            and target.repeat is None
        )
        if not catches:
            yield at(
                target,
                "bpmn-event-gateway-target",
                Sentence(
                    "Expected behind an event-based gateway an intermediate event or a "
                    "receive task that nothing else leads to, without boundary events, "
                    "input mappings or repetition, but “{element}” is different.",
                    {"element": target.name or target.id},
                ),
                Sentence("Put such an event directly behind the gateway."),
            )
