"""Reads how often activities are done: multi-instance and standard loops."""

from lxml import etree

from engine.bpmn.dialect.names import bpmn, zeebe
from engine.bpmn.dialect.reading import Node, Reading, local_name, text_of
from engine.bpmn.elements import Loop, StandardLoop
from engine.model import Sentence

#: What multi-instance characteristics may hold.
_KNOWN = frozenset(
    {"documentation", "extensionElements", "loopCardinality", "completionCondition"}
)


def read_loop(reading: Reading, node: Node) -> Loop | None:
    """Return for what the multi-instance activity *node* is done; None for once."""
    loop = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return None
    _refuse_unknown(reading, node, loop)
    marks = loop.find(f"{bpmn('extensionElements')}/{zeebe('loopCharacteristics')}")
    marked = {} if marks is None else {str(name): marks.get(name) for name in marks.attrib}
    cardinality = reading.term(node, "loopCardinality", text_of(loop, "loopCardinality"))
    collection = reading.feel(node, "inputCollection", marked.get("inputCollection"))
    if (cardinality is None) == (collection is None):
        reading.report(
            node,
            "bpmn-instances-bound",
            Sentence(
                "Expected either a list that a multi-instance activity goes through or a "
                "number of times, but there are none or both."
            ),
            Sentence(
                "Give zeebe:loopCharacteristics an inputCollection in FEEL, or the "
                "activity a loopCardinality."
            ),
        )
        return None
    return Loop(
        sequential=loop.get("isSequential") == "true",
        collection=collection,
        cardinality=cardinality,
        item=marked.get("inputElement") or None,
        output_collection=marked.get("outputCollection") or None,
        output_element=reading.feel(node, "outputElement", marked.get("outputElement")),
        completion=reading.feel(
            node, "completionCondition", text_of(loop, "completionCondition")
        ),
    )


def _refuse_unknown(reading: Reading, node: Node, loop: Node) -> None:
    """Note what would change when instances begin or what they are given."""
    unknown = [
        local_name(child)
        for child in loop.iterchildren(tag=etree.Element)
        if local_name(child) not in _KNOWN
    ]
    if loop.get("behavior", "All") != "All":
        unknown.append("behavior")
    for name in unknown:
        reading.report(
            node,
            "bpmn-instances-odd",
            Sentence(
                "Expected constructs that we carry out, but a multi-instance activity with "
                "{name} is not.",
                {"name": name},
            ),
            Sentence("Remove it, and use the attributes of zeebe:loopCharacteristics."),
        )


def read_standard_loop(reading: Reading, node: Node) -> StandardLoop | None:
    """Return while what the activity *node* is done again; None for once."""
    loop = node.find(bpmn("standardLoopCharacteristics"))
    if loop is None:
        return None
    return StandardLoop(
        condition=reading.feel(node, "loopCondition", text_of(loop, "loopCondition")),
        maximum=_maximum(reading, node, loop.get("loopMaximum", "").strip()),
        test_before=loop.get("testBefore") == "true",
    )


def _maximum(reading: Reading, node: Node, text: str) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    reading.report(
        node,
        "bpmn-loop-maximum",
        Sentence(
            "Expected a whole number above zero as loopMaximum, but got {value}.",
            {"value": text},
        ),
        Sentence("Write how often the activity is done at most, such as 3."),
    )
    return None
