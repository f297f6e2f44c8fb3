"""Reads XML that strangers may have written: no entities, no DOCTYPE, bounded size."""

from lxml import etree

from engine.model import EngineError

LARGEST_FILE = 5_000_000  #: Bytes; the largest real diagram seen has a tenth of it.


class MarkupError(EngineError):
    """The file is no XML that we read."""


def parse_xml(source: bytes) -> etree._Element:
    """Return the root element of *source*.

    Raises:
        MarkupError: If it is too large, malformed, or declares a DOCTYPE.
    """
    if len(source) > LARGEST_FILE:
        raise MarkupError(
            "Expected a file of at most {limit} bytes, but it has {size}.",
            limit=LARGEST_FILE,
            size=len(source),
        )
    if b"<!DOCTYPE" in source.upper():
        raise MarkupError("Expected a file without DOCTYPE, but it declares one.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise MarkupError(
            "Expected well-formed XML, but line {line} is not: {reason}.",
            line=error.lineno,
            reason=error.msg,
        ) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):  # In any encoding.
        raise MarkupError("Expected a file without DOCTYPE, but it declares one.")
    return root
