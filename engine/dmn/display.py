"""Decision tables as their authors see them, whatever they come to."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.markup import parse_xml


@dataclass(frozen=True, slots=True)
class TableRule:
    """One row."""

    number: int
    conditions: tuple[str, ...]
    results: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A decision: its table, or the expression that stands in its place."""

    id: str
    name: str
    file: str
    hit_policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[TableRule, ...]
    expression: str


def shown_tables(file: str, source: bytes) -> dict[str, TableView]:
    """Return the decisions of a file by id.

    Raises:
        MarkupError: If the file is no XML that we read.
    """
    return {
        decision.get("id", ""): _view(decision, file)
        for decision in _all(parse_xml(source), "decision")
    }


def _view(decision: etree._Element, file: str) -> TableView:
    table = next(_all(decision, "decisionTable"), None)
    literal = next(_all(decision, "literalExpression"), None)
    return TableView(
        id=decision.get("id") or "",
        name=decision.get("name") or decision.get("id") or "",
        file=file,
        hit_policy="" if table is None else table.get("hitPolicy") or "UNIQUE",
        inputs=() if table is None else tuple(map(_input, _own(table, "input"))),
        outputs=() if table is None else tuple(map(_output, _own(table, "output"))),
        rules=() if table is None else _rules(table),
        expression="" if table is not None or literal is None else _text(literal),
    )


def _rules(table: etree._Element) -> tuple[TableRule, ...]:
    return tuple(
        TableRule(
            number=number,
            conditions=tuple(map(_text, _own(rule, "inputEntry"))),
            results=tuple(map(_text, _own(rule, "outputEntry"))),
            notes=tuple(
                text
                for part in ("description", "annotationEntry")
                for element in _own(rule, part)
                if (text := _text(element))
            ),
        )
        for number, rule in enumerate(_own(table, "rule"), start=1)
    )


def _input(element: etree._Element) -> str:
    return element.get("label") or next(map(_text, _own(element, "inputExpression")), "")


def _output(element: etree._Element) -> str:
    return element.get("label") or element.get("name") or ""


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _own(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if etree.QName(child).localname == name]


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (found for found in element.iter() if etree.QName(found).localname == name)
