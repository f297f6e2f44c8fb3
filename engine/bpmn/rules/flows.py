"""Rules of sequence flows: everything has a beginning, a way on and an end."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-flow-border",
        Sentence("A sequence flow does not cross the border of a sub-process."),
        "BPMN, Sequence Flow",
    ),
    Rule(
        "bpmn-flow-event",
        Sentence("No flow leads into a start or boundary event or out of an end event."),
        "BPMN, Events",
    ),
    Rule(
        "bpmn-flow-ends",
        Sentence("A sequence flow joins two elements of a process."),
        "BPMN, Sequence Flow",
    ),
    Rule(
        "bpmn-dead-end",
        Sentence("Where a process has end events, everything leads on to one."),
        "BPMN, End Event",
    ),
    Rule(
        "bpmn-end",
        Sentence(
            "A process or sub-process that begins with a start event has an end event."
        ),
        "BPMN, End Event",
    ),
    Rule(
        "bpmn-start",
        Sentence("A process or sub-process has a start event."),
        "BPMN, Start Event",
    ),
    Rule(
        "bpmn-start-of-event",
        Sentence("An event sub-process has exactly one start event."),
        "BPMN, Event Sub-Process",
    ),
    Rule(
        "bpmn-start-twice",
        Sentence("A process or sub-process has at most one start event without a trigger."),
        "complaintflow",
    ),
    Rule(
        "bpmn-unreachable",
        Sentence("A flow, a border or an event leads to every element."),
        "complaintflow",
    ),
)
