"""Refuses what lies inside a flow node and would change what it does."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.dialect.names import BPMN
from engine.bpmn.dialect.reading import Node, Reading, local_name, namespace
from engine.bpmn.words import word
from engine.model import Sentence

#: What every flow node may hold: flows, notes, and data that is drawn for people.
_EVERYWHERE = frozenset(
    {
        "auditing",
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "ioSpecification",
        "monitoring",
        "property",
        "dataInput",
        "dataOutput",
        "dataInputAssociation",
        "dataOutputAssociation",
        "inputSet",
        "outputSet",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
    }
)
_CONTAINERS = ("subProcess", "transaction", "adHocSubProcess")
_INSTEAD: Mapping[str, str] = {
    "potentialOwner": "zeebe:assignmentDefinition candidateGroups",
    "humanPerformer": "zeebe:assignmentDefinition assignee",
    "performer": "zeebe:assignmentDefinition assignee",
    "resourceRole": "zeebe:assignmentDefinition candidateGroups",
    "rendering": "zeebe:formDefinition formId",
    "script": "zeebe:script expression",
}


def refuse_children(reading: Reading, node: Node) -> None:
    """Note each child of *node* that is neither read nor of no consequence."""
    if local_name(node) in _CONTAINERS:
        return  # What is inside is read one by one.
    for child in node.iterchildren(tag=etree.Element):
        tag = local_name(child)
        known = tag in _EVERYWHERE or tag.endswith(("EventDefinition", "DefinitionRef"))
        if known and namespace(child) == BPMN:
            continue
        instead = _INSTEAD.get(tag)
        reading.report(
            node,
            "bpmn-child",
            Sentence(
                "Expected nothing in {kind} that is not carried out, but it holds {child}.",
                {"kind": word(local_name(node)), "child": tag},
            ),
            Sentence("Use {instead}.", {"instead": instead})
            if instead
            else Sentence("Remove it."),
        )
