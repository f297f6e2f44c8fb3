"""Reads multi-instance activities as zeebe:loopCharacteristics says."""

from engine.bpmn.dialect.names import bpmn, zeebe
from engine.bpmn.dialect.reading import Node, Reading, text_of
from engine.bpmn.elements import Loop
from engine.model import Sentence


def read_loop(reading: Reading, node: Node) -> Loop | None:
    """Return how often the activity *node* is done; None for once."""
    if node.find(bpmn("standardLoopCharacteristics")) is not None:
        reading.report(
            node,
            "bpmn-unsupported",
            Sentence("Expected no standard loop, but the activity has one."),
            Sentence("Draw the loop with an exclusive gateway, or use multi-instance."),
        )
        return None
    loop = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return None
    marks = loop.find(f"{bpmn('extensionElements')}/{zeebe('loopCharacteristics')}")
    collection = None
    if marks is not None:
        collection = reading.feel(node, "inputCollection", marks.get("inputCollection"))
    if marks is None or collection is None:
        if marks is None or not marks.get("inputCollection"):
            _missing(reading, node)
        return None
    return Loop(
        sequential=loop.get("isSequential") == "true",
        collection=collection,
        item=marks.get("inputElement") or None,
        output_collection=marks.get("outputCollection") or None,
        output_element=reading.feel(node, "outputElement", marks.get("outputElement")),
        completion=reading.feel(
            node, "completionCondition", text_of(loop, "completionCondition")
        ),
    )


def _missing(reading: Reading, node: Node) -> None:
    reading.report(
        node,
        "bpmn-multi-instance",
        Sentence(
            "Expected the list that a multi-instance activity goes through, but none."
        ),
        Sentence("Give zeebe:loopCharacteristics an inputCollection in FEEL."),
    )
