"""Rules of events of every kind, at their places."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-event-kind",
        Sentence("An event is of a kind that its place allows."),
        "BPMN, Events",
    ),
    Rule(
        "bpmn-event-mapping",
        Sentence("Boundary and start events map what comes out, not what goes in."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-signal-fixed",
        Sentence("The name of a signal that starts a case is fixed."),
        "complaintflow",
    ),
    Rule(
        "bpmn-thrown-code",
        Sentence("An error or escalation that is thrown has a code."),
        "BPMN, Handling Events",
    ),
    Rule(
        "bpmn-timer-cycle",
        Sentence(
            "A cycle stands where a process starts and at events that do not interrupt."
        ),
        "BPMN, Intermediate Event",
    ),
    Rule(
        "bpmn-timer-text",
        Sentence("A timer gives a time."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-timer-missing",
        Sentence("A timer has a date, a duration or a cycle."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-boundary-place",
        Sentence("A boundary event sits on an activity of the same scope."),
        "BPMN, Intermediate Event",
    ),
    Rule(
        "bpmn-boundary-never",
        Sentence("A boundary event can happen at the activity that it sits on."),
        "complaintflow",
    ),
    Rule(
        "bpmn-error-interrupts",
        Sentence("An event that catches an error interrupts."),
        "BPMN, Handling Events",
    ),
    Rule(
        "bpmn-boundary-twice",
        Sentence("One boundary event of an activity catches a code."),
        "BPMN, Handling Events",
    ),
    Rule(
        "bpmn-message-fixed",
        Sentence("The name of a message that starts a case is fixed."),
        "complaintflow",
    ),
    Rule(
        "bpmn-message-key",
        Sentence("A message that a case waits for has a correlation key."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-message-name",
        Sentence("A message event names its message."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-signal-name",
        Sentence("A signal event names its signal."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-link-name",
        Sentence("A link event has a name."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-link-end",
        Sentence("A link has a throwing and a catching end in one scope."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-link-twice",
        Sentence("A link has one catching end."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-link-flow",
        Sentence(
            "No flow leads out of the throwing end of a link or into its catching end."
        ),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-conditional-missing",
        Sentence("A conditional event has a condition."),
        "BPMN, Event Definitions",
    ),
    Rule(
        "bpmn-conditional-change",
        Sentence("A conditional event looks at variables that are created or updated."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-conditional-clock",
        Sentence("A conditional event depends on variables and not on the time."),
        "complaintflow",
    ),
    Rule(
        "bpmn-start-form",
        Sentence("The start event of a sub-process has no form."),
        "complaintflow",
    ),
    Rule(
        "bpmn-code-fixed",
        Sentence("The code of an error or escalation is fixed."),
        "complaintflow",
    ),
    Rule(
        "bpmn-code-reference",
        Sentence("What an event refers to is defined in the file."),
        "BPMN, Event Definitions",
    ),
)
