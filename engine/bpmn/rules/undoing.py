"""Rules of event sub-processes, compensation and transactions."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-compensation-flow",
        Sentence("No flow leads into or out of an activity for compensation."),
        "BPMN, Compensation",
    ),
    Rule(
        "bpmn-compensation-border",
        Sentence("An activity for compensation has no boundary events."),
        "complaintflow",
    ),
    Rule(
        "bpmn-compensation-once",
        Sentence(
            "An activity for compensation is done once for each completion that it undoes."
        ),
        "complaintflow",
    ),
    Rule(
        "bpmn-compensation-association",
        Sentence(
            "An association leads from a compensation event to what undoes the activity."
        ),
        "BPMN, Compensation",
    ),
    Rule(
        "bpmn-compensation-event-flow",
        Sentence("No flow leads out of a compensation event on a border."),
        "BPMN, Intermediate Event",
    ),
    Rule(
        "bpmn-compensation-handler",
        Sentence("A compensation event has one activity for compensation."),
        "BPMN, Compensation",
    ),
    Rule(
        "bpmn-compensation-activity",
        Sentence(
            "What a compensation event names is an activity beside it that can be undone."
        ),
        "BPMN, Handling Events",
    ),
    Rule(
        "bpmn-compensation-mark",
        Sentence(
            "What undoes an activity is marked as for compensation and lies beside it."
        ),
        "BPMN, Compensation",
    ),
    Rule(
        "bpmn-compensation-twice",
        Sentence("An activity has at most one compensation event."),
        "complaintflow",
    ),
    Rule(
        "bpmn-compensation-wait",
        Sentence("A compensation that is thrown is waited for."),
        "complaintflow",
    ),
    Rule(
        "bpmn-cancel-border",
        Sentence("A transaction that can be cancelled has a cancel event on its border."),
        "BPMN, Transaction",
    ),
    Rule(
        "bpmn-cancel-once",
        Sentence("A transaction that can be cancelled is done once."),
        "complaintflow",
    ),
    Rule(
        "bpmn-cancel-place",
        Sentence("A cancel event sits on a transaction that has a cancel end event."),
        "BPMN, Intermediate Event",
    ),
    Rule(
        "bpmn-cancel-interrupts",
        Sentence("A cancel event on a border interrupts."),
        "BPMN, Intermediate Event",
    ),
    Rule(
        "bpmn-cancel-twice",
        Sentence("A transaction has at most one cancel event."),
        "complaintflow",
    ),
    Rule(
        "bpmn-cancel-end",
        Sentence("A cancel end event lies directly inside a transaction."),
        "BPMN, End Event",
    ),
    Rule(
        "bpmn-event-sub-flow",
        Sentence("No flow leads into or out of an event sub-process."),
        "BPMN, Event Sub-Process",
    ),
    Rule(
        "bpmn-event-sub-border",
        Sentence("An event sub-process has no boundary events."),
        "BPMN, Event Sub-Process",
    ),
    Rule(
        "bpmn-event-sub-repeated",
        Sentence("An event sub-process is not marked as repeated."),
        "complaintflow",
    ),
    Rule(
        "bpmn-event-sub-compensation",
        Sentence("An event sub-process is not for compensation."),
        "complaintflow",
    ),
    Rule(
        "bpmn-event-sub-twice",
        Sentence("One event sub-process of a scope catches a code."),
        "BPMN, Handling Events",
    ),
)
