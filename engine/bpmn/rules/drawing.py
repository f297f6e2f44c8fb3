"""Rules of what can be read at all: files, ids, pools, lanes, expressions, extensions."""

from engine.bpmn.rules.rule import Rule
from engine.model import Sentence

RULES = (
    Rule(
        "bpmn-message-flow-ends",
        Sentence("A message flow joins pools, activities or events that send and receive."),
        "BPMN, Message Flow",
    ),
    Rule(
        "bpmn-message-flow-pool",
        Sentence("A message flow leads from one pool to another."),
        "BPMN, Message Flow",
    ),
    Rule(
        "bpmn-pool-process",
        Sentence("A pool shows one process of the file, and no other pool shows it."),
        "BPMN, Pools",
    ),
    Rule(
        "bpmn-lane-twice",
        Sentence("An element is in one lane of a set."),
        "BPMN, Lanes",
    ),
    Rule(
        "bpmn-lane-reference",
        Sentence("A lane holds elements that are in the diagram."),
        "BPMN, Lanes",
    ),
    Rule(
        "bpmn-child",
        Sentence("An element holds only what is carried out or is of no consequence."),
        "complaintflow",
    ),
    Rule(
        "bpmn-file",
        Sentence("The file is a BPMN diagram in XML."),
        "complaintflow",
    ),
    Rule(
        "bpmn-unsupported",
        Sentence("The diagram uses the constructs that are carried out."),
        "complaintflow",
    ),
    Rule(
        "bpmn-executable",
        Sentence("A file has a process that is marked as executable."),
        "BPMN, Process",
    ),
    Rule(
        "bpmn-extension",
        Sentence("Extensions are those that are carried out."),
        "complaintflow",
    ),
    Rule(
        "bpmn-mapping-name",
        Sentence("A mapping names the variable that it sets."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-mapping-source",
        Sentence("A mapping says what its variable is to hold."),
        "Camunda 8",
    ),
    Rule(
        "bpmn-juel",
        Sentence("An expression of another tool means something in FEEL."),
        "complaintflow",
    ),
    Rule(
        "bpmn-script",
        Sentence("A script is written in FEEL."),
        "complaintflow",
    ),
    Rule(
        "bpmn-language",
        Sentence("An expression is written in FEEL."),
        "complaintflow",
    ),
    Rule(
        "bpmn-expression-sign",
        Sentence('An expression begins with "=".'),
        "Camunda 8",
    ),
    Rule(
        "bpmn-expression",
        Sentence("An expression is FEEL that parses."),
        "DMN, FEEL",
    ),
    Rule(
        "bpmn-id",
        Sentence("Every element has an id."),
        "BPMN, Base Element",
    ),
    Rule(
        "bpmn-id-form",
        Sentence(
            "An id is made of letters, digits, “-”, “_” and “.”, and is not too long."
        ),
        "BPMN, Base Element",
    ),
    Rule(
        "bpmn-duplicate-id",
        Sentence("An id occurs once in a deployment."),
        "BPMN, Base Element",
    ),
)
