"""What another tool has marked at one element, and Camunda 8's words to say it with."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.dialect.foreign.juel import NoCounterpart, to_feel
from engine.bpmn.dialect.foreign.vendors import VENDORS
from engine.bpmn.dialect.names import bpmn, zeebe
from engine.bpmn.dialect.reading import Node, Reading, local_name, namespace
from engine.model import Sentence


class Marks:
    """One element being rewritten; what is not taken or done is found as foreign later."""

    def __init__(self, reading: Reading, node: Node) -> None:
        self.reading = reading
        self.node = node

    def attributes(self) -> list[tuple[str, str]]:
        """Return the vendors' attributes, by their local names."""
        return [
            (str(etree.QName(name).localname), str(value))
            for name, value in self.node.items()
            if etree.QName(name).namespace in VENDORS
        ]

    def get(self, name: str) -> str | None:
        """Return the vendors' attribute *name*."""
        return next((value for key, value in self.attributes() if key == name), None)

    def take(self, *names: str) -> None:
        """Remove the vendors' attributes *names*: they have been said otherwise."""
        for space in VENDORS:
            for name in names:
                if f"{{{space}}}{name}" in self.node.attrib:
                    del self.node.attrib[f"{{{space}}}{name}"]

    def elements(self, name: str) -> list[Node]:
        """Return the vendors' extension elements *name*."""
        return [child for child in self._extensions() if local_name(child) == name]

    def done(self, child: Node) -> None:
        """Remove the extension element *child*: it has been said otherwise."""
        remove(child)

    def tidy(self) -> None:
        """Remove the extension elements if nothing is left in them."""
        held = self.node.find(bpmn("extensionElements"))
        if held is not None and len(held) == 0:
            self.node.remove(held)

    def put(self, tag: str, attribute: str, value: str) -> bool:
        """Say it with Camunda 8's *tag*; not where the file says that itself already."""
        found = self._zeebe(tag)
        if found.get(attribute) is not None:
            return False
        found.set(attribute, value)
        return True

    def put_line(self, tag: str, line: str, **values: str) -> None:
        """Add a *line* such as zeebe:input to Camunda 8's *tag*."""
        made = etree.SubElement(self._zeebe(tag), zeebe(line))
        for name, value in values.items():
            made.set(name, value)

    def move(self, name: str, tag: str, attribute: str) -> None:
        """Say the vendors' attribute *name* with Camunda 8's *tag* and *attribute*."""
        value = self.get(name)
        if value is None:
            return
        feel = self.feel(value)
        if feel is None or self.put(tag, attribute, feel):
            self.take(name)

    def feel(self, text: str) -> str | None:
        """Return *text* with its JUEL said in FEEL; None, with a finding, if it cannot."""
        try:
            return to_feel(text)
        except NoCounterpart as error:
            what = Sentence(
                "Expected “{source}” to be rewritten in FEEL, but it cannot: {reason}",
                {"source": text, "reason": error.sentence},
            )
            self.reading.report(
                self.node, "bpmn-juel", what, Sentence("Write the expression in FEEL.")
            )
            return None

    def _extensions(self) -> Iterator[Node]:
        held = self.node.find(bpmn("extensionElements"))
        for child in () if held is None else list(held.iterchildren(tag=etree.Element)):
            if namespace(child) in VENDORS:
                yield child

    def _zeebe(self, tag: str) -> Node:
        held = self.node.find(bpmn("extensionElements"))
        if held is None:
            held = etree.Element(bpmn("extensionElements"))
            self.node.insert(0, held)
        found = held.find(zeebe(tag))
        return etree.SubElement(held, zeebe(tag)) if found is None else found


def remove(child: Node) -> None:
    """Take *child* out of the element that holds it."""
    parent = child.getparent()
    if parent is not None:
        parent.remove(child)
