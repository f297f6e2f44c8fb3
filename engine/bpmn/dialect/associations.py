"""Joins compensation boundary events with the activities that undo.

BPMN draws that as an association, which says nothing anywhere else.
"""

import dataclasses
from collections.abc import Mapping

from engine.bpmn.dialect.names import ACTIVITIES, bpmn
from engine.bpmn.dialect.reading import Node
from engine.bpmn.elements import ElementInfo


def join_handlers(
    process: Node, elements: Mapping[str, ElementInfo]
) -> dict[str, ElementInfo]:
    """Return *elements*, with what associations join compensation events with."""
    pairs = [
        (node.get("sourceRef", ""), node.get("targetRef", ""))
        for node in process.iter(bpmn("association"))
    ]
    joined = dict(elements)
    for element in elements.values():
        if element.kind == "boundaryEvent" and element.event.kind == "compensate":
            ends = [target for source, target in pairs if source == element.id]
            ends += [source for source, target in pairs if target == element.id]
            found = [
                end
                for end in dict.fromkeys(ends)
                if end in elements and elements[end].kind in ACTIVITIES
            ]
            joined[element.id] = dataclasses.replace(element, handlers=tuple(found))
    return joined
