"""Sequence flows: they lead from one element to another of the same process."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around
from engine.bpmn.dialect.names import ACTIVITIES
from engine.bpmn.elements import ElementInfo, FlowInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence

#: What may have conditions on the flows out of it, and a default flow.
CHOOSING = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway"}


def check_flows(around: Around) -> Iterator[Problem]:
    """Yield a problem for each flow that leads nowhere or where it must not."""
    for flow in around.process.flows.values():
        source, target = (
            around.elements.get(flow.source),
            around.elements.get(flow.target),
        )
        if source is None or target is None:
            yield around.flow_problem(
                flow,
                "bpmn-flow-ends",
                Sentence(
                    "Expected the flow to lead from one element to another, but an end of "
                    "it is missing."
                ),
                Sentence("Draw the flow again."),
            )
            continue
        yield from _ends(around, flow, source, target)
        if flow.condition is not None and source.kind not in CHOOSING:
            yield around.flow_problem(
                flow,
                "bpmn-flow-condition",
                Sentence(
                    "Expected conditions on flows out of activities, exclusive and "
                    "inclusive gateways only, but the flow out of {kind} has one.",
                    {"kind": word(source.kind)},
                ),
                Sentence("Put an exclusive gateway behind it."),
            )


def _ends(
    around: Around, flow: FlowInfo, source: ElementInfo, target: ElementInfo
) -> Iterator[Problem]:
    if source.scope != target.scope:
        yield around.flow_problem(
            flow,
            "bpmn-flow-border",
            Sentence(
                "Expected the flow to stay on one side of a sub-process, but it crosses "
                "its border."
            ),
            Sentence("End it at the sub-process, or at an event on its border."),
        )
    if source.kind == "endEvent" or target.kind in ("startEvent", "boundaryEvent"):
        yield around.flow_problem(
            flow,
            "bpmn-flow-event",
            Sentence(
                "Expected no flow out of an end event or into a start or boundary event, "
                "but there is one."
            ),
            Sentence("Remove the flow."),
        )
