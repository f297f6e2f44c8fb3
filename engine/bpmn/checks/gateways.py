"""Gateways: their flows have the conditions and events that choosing needs."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence

_CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def check_gateway(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the flows out of *element*."""
    if element.kind in _CHOOSING:
        yield from _conditions(element, around)
    elif element.default_flow is not None:
        yield at(
            element,
            "bpmn-default-flow",
            Sentence(
                "Expected a default flow at exclusive and inclusive gateways only, but "
                "{kind} has one.",
                {"kind": word(element.kind)},
            ),
            Sentence("Put an exclusive gateway behind it."),
        )
    if element.kind == "eventBasedGateway":
        yield from _events(element, around)


def _conditions(element: ElementInfo, around: Around) -> Iterator[Problem]:
    flows = around.outgoing[element.id]
    default = element.default_flow
    if default is not None and default not in {flow.id for flow in flows}:
        yield at(
            element,
            "bpmn-default-flow",
            Sentence("Expected the default flow to leave the gateway, but it does not."),
            Sentence("Choose the default flow again."),
        )
    for flow in flows:
        if flow.id == default and flow.condition is not None:
            yield around.flow_problem(
                flow,
                "bpmn-default-flow",
                Sentence("Expected no condition on the default flow, but it has one."),
                Sentence("Remove the condition, or choose another default flow."),
            )
        elif flow.id != default and flow.condition is None and len(flows) > 1:
            yield around.flow_problem(
                flow,
                "bpmn-condition",
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
            "bpmn-event-gateway",
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
        )
        if not catches:
            yield at(
                target,
                "bpmn-event-gateway",
                Sentence(
                    "Expected behind an event-based gateway a timer, a message or a "
                    "receive task that nothing else leads to, without boundary events, "
                    "input mappings or repetition, but “{element}” is different.",
                    {"element": target.name or target.id},
                ),
                Sentence("Put such an event directly behind the gateway."),
            )
