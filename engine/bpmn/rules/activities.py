"""Rules of tasks, calls, and activities that are done several times."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-call-unknown",
        Sentence("A call activity calls a process of the same deployment."),
        "BPMN, Call Activity",
    ),
    Rule(
        "bpmn-call-start",
        Sentence("A process that is called has a start event without a trigger."),
        "BPMN, Start Event",
    ),
    Rule(
        "bpmn-call-circle",
        Sentence("Calls do not go round in a circle."),
        "complaintflow",
    ),
    Rule(
        "bpmn-output-collection",
        Sentence("Results are collected with both a list and what to put into it."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-cardinality",
        Sentence("The number of instances is a whole number up to 1,000."),
        "BPMN, Loop Characteristics",
    ),
    Rule(
        "bpmn-loop-both",
        Sentence("An activity is a loop or has several instances, not both."),
        "BPMN, Loop Characteristics",
    ),
    Rule(
        "bpmn-loop-bound",
        Sentence("A loop has a condition or a maximum."),
        "complaintflow",
    ),
    Rule(
        "bpmn-loop-maximum",
        Sentence("The maximum of a loop is a whole number above zero."),
        "BPMN, Loop Characteristics",
    ),
    Rule(
        "bpmn-instances-bound",
        Sentence("A multi-instance activity goes through a list or a number of times."),
        "BPMN, Loop Characteristics",
    ),
    Rule(
        "bpmn-instances-odd",
        Sentence("A multi-instance activity uses what is carried out."),
        "complaintflow",
    ),
    Rule(
        "bpmn-decision",
        Sentence("A business rule task takes a decision of the deployment."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-priority",
        Sentence("A priority is a whole number from 0 to 100."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-form",
        Sentence("The id of a form is fixed."),
        "complaintflow",
    ),
    Rule(
        "bpmn-deadline",
        Sentence("Deadlines and dates of tasks give a time."),
        "complaintflow",
    ),
    Rule(
        "bpmn-work-missing",
        Sentence("Work of the machine has a type."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-work-place",
        Sentence("Of the events, only those that send a message have a job."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-retries",
        Sentence("The number of retries is a whole number."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-call-missing",
        Sentence("A call activity names the process that it calls."),
        "BPMN, Call Activity",
    ),
    Rule(
        "bpmn-script-missing",
        Sentence("A script task has a script."),
        "BPMN, Tasks",
    ),
    Rule(
        "bpmn-decision-missing",
        Sentence("A business rule task names the decision that it takes."),
        "BPMN, Tasks",
    ),
    Rule(
        "bpmn-result-missing",
        Sentence("A script or decision names the variable for its result."),
        "Camunda 8",
    ),
)
