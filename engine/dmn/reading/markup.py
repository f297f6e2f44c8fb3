"""Finds its way in the XML of DMN files, whatever the version of their namespace."""

from collections.abc import Iterator

from lxml import etree

from engine.feel.syntax.names import plain


def tag(node: etree._Element) -> str:
    """Return the name of the element without its namespace."""
    return etree.QName(node).localname


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the elements directly in *node* that have one of *names*."""
    return (inner for inner in node if tag(inner) in names)


def child(node: etree._Element, *names: str) -> etree._Element | None:
    """Return the first element directly in *node* that has one of *names*."""
    return next(children(node, *names), None)


def text_in(node: etree._Element | None) -> str | None:
    """Return what the ``text`` element in *node* says; None if there is none."""
    inner = None if node is None else child(node, "text")
    return None if inner is None else (inner.text or "").strip()


def name_of(node: etree._Element) -> str:
    """Return the name of an element with single blanks."""
    return plain(node.get("name") or "")


def line_of(node: etree._Element) -> int | None:
    """Return the line on which the element begins."""
    line: object = node.sourceline
    return line if isinstance(line, int) else None
