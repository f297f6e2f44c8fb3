"""Calls the elements of a diagram what a process owner would call them."""

from lxml import etree

from engine.model import Sentence
from engine.policy.soundness.reading import BPMN, local_name


class Names:
    """The words for each element of a file."""

    def __init__(self, root: etree._Element) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._before: dict[str, str] = {}
        for element in root.iter(etree.Element):
            name = element.get("id")
            if name and local_name(element):
                self._elements[name] = element
        for flow in root.iter(BPMN + "sequenceFlow"):
            self._before.setdefault(flow.get("targetRef", ""), flow.get("sourceRef", ""))

    def of(self, element_id: str) -> str | Sentence:
        """Return the element's own name, or where it stands, or its id."""
        own = self._own(element_id)
        if own:
            return own
        element = self._elements.get(element_id)
        host = self._own(element.get("attachedToRef", "")) if element is not None else ""
        if host:
            return Sentence("the event on {name}", {"name": host})
        before = self._named_before(element_id)
        if not before or element is None:
            return element_id
        if local_name(element).endswith("Gateway"):
            return Sentence("the gateway after {name}", {"name": before})
        if local_name(element).endswith("Event"):
            return Sentence("the event after {name}", {"name": before})
        return Sentence("the step after {name}", {"name": before})

    def _own(self, element_id: str) -> str:
        element = self._elements.get(element_id)
        name = " ".join((element.get("name") or "").split()) if element is not None else ""
        return f"“{name}”" if name else ""

    def _named_before(self, element_id: str) -> str:
        seen = {element_id}
        while element_id := self._before.get(element_id, ""):
            if element_id in seen:
                return ""
            seen.add(element_id)
            if own := self._own(element_id):
                return own
        return ""
