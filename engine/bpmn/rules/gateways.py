"""Rules of gateways, conditions and default flows."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-gateway-alone",
        Sentence("A gateway splits or merges flows."),
        "BPMN, Gateways",
    ),
    Rule(
        "bpmn-gateway-direction",
        Sentence("A gateway has the flows that its marked direction says."),
        "BPMN, Gateways",
    ),
    Rule(
        "bpmn-default-place",
        Sentence("Only activities, exclusive and inclusive gateways have a default flow."),
        "BPMN, Sequence Flow",
    ),
    Rule(
        "bpmn-default-leaves",
        Sentence("A default flow leaves the element that names it."),
        "BPMN, Sequence Flow",
    ),
    Rule(
        "bpmn-default-condition",
        Sentence("A default flow has no condition."),
        "BPMN, Sequence Flow",
    ),
    Rule(
        "bpmn-condition-missing",
        Sentence(
            "Each flow of a gateway that chooses has a condition or is the default flow."
        ),
        "BPMN, Exclusive Gateway",
    ),
    Rule(
        "bpmn-event-gateway-count",
        Sentence("An event-based gateway waits for two or more events."),
        "BPMN, Event-Based Gateway",
    ),
    Rule(
        "bpmn-event-gateway-target",
        Sentence("Behind an event-based gateway stand events that nothing else leads to."),
        "BPMN, Event-Based Gateway",
    ),
    Rule(
        "bpmn-flow-condition",
        Sentence(
            "Conditions stand on flows out of activities and of gateways that choose."
        ),
        "BPMN, Sequence Flow",
    ),
)
