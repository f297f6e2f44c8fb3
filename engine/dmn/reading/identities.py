"""Lists the ids of a DMN file, to find those that are taken twice or too long."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.reading.elements import Identity
from engine.dmn.reading.markup import line_of, tag


def identities(root: etree._Element) -> Iterator[Identity]:
    """Give the ids of all elements of the model; those of its drawing are left out."""
    space = etree.QName(root).namespace
    for node in root.iter():
        if not isinstance(node.tag, str) or etree.QName(node).namespace != space:
            continue
        name = node.get("id")
        if name is not None:
            yield Identity(name, tag(node), line_of(node))
