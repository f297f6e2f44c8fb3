"""Gateways split or merge, and do what they say (BPMN 2.0.2, 8.3.9 and 10.6)."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.dialect.names import GATEWAYS
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence


def check_direction(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the number of flows at the gateway *element*."""
    if element.kind not in GATEWAYS:
        return
    into, out = len(around.incoming[element.id]), len(around.outgoing[element.id])
    if into == 1 and out == 1:
        yield at(
            element,
            "bpmn-gateway-alone",
            Sentence(
                "Expected {kind} to split or to merge flows, but one flow leads in and one "
                "out.",
                {"kind": word(element.kind)},
            ),
            Sentence("Remove the gateway, or draw the other flow."),
        )
    wrong = {
        "Converging": out > 1 or into < 2,
        "Diverging": into > 1 or out < 2,
        "Mixed": into < 2 or out < 2,
    }
    if wrong.get(element.direction or ""):
        yield at(
            element,
            "bpmn-gateway-direction",
            Sentence(
                "Expected the flows of a gateway that is marked “{direction}”, but {into} "
                "lead in and {out} out.",
                {"direction": element.direction, "into": into, "out": out},
            ),
            Sentence("Draw the flows that are missing, or remove gatewayDirection."),
        )
