"""Rewrites what a multi-instance activity goes through."""

from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.names import bpmn


def rewrite_loop(marks: Marks) -> None:
    """Say collection and elementVariable with zeebe:loopCharacteristics."""
    node = marks.node.find(bpmn("multiInstanceLoopCharacteristics"))
    if node is None:
        return
    loop = Marks(marks.reading, node)
    loop.take("asyncBefore", "asyncAfter", "exclusive")
    collection = loop.get("collection")
    if collection is not None:
        feel = loop.feel(collection)
        if feel is not None and not feel.startswith("="):
            feel = f"= {feel}"  # The name of a variable.
        if feel is None or loop.put("loopCharacteristics", "inputCollection", feel):
            loop.take("collection")
    loop.move("elementVariable", "loopCharacteristics", "inputElement")
    loop.tidy()
