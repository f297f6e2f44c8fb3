"""Reads a BPMN file into processes, noting everything that is wrong on the way."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.dialect.associations import join_handlers
from engine.bpmn.dialect.element import read_element
from engine.bpmn.dialect.extensions import read_properties, refuse_foreign
from engine.bpmn.dialect.foreign import rewrite
from engine.bpmn.dialect.links import link_flows
from engine.bpmn.dialect.names import (
    CONTAINERS,
    NODES,
    SILENT,
    UNSUPPORTED_NODES,
    bpmn,
)
from engine.bpmn.dialect.reading import Node, Reading, local_name, text_of
from engine.bpmn.elements import ElementInfo, FlowInfo, ProcessInfo, StartInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.markup import MarkupError, parse_xml
from engine.model import Sentence

_DRAWN = frozenset(map(bpmn, NODES | {"sequenceFlow"}))


@dataclass(frozen=True, slots=True)
class Diagram:
    """One file, read."""

    file: str
    root: Node | None  #: None where the file is no XML.
    processes: tuple[ProcessInfo, ...] = ()
    problems: tuple[Problem, ...] = ()
    ids: tuple[str, ...] = ()  #: Of processes, nodes and flows, as often as they occur.


def read_diagram(file: str, source: bytes) -> Diagram:
    """Return what the BPMN file says; problems are in the result."""
    try:
        root = parse_xml(source)
    except MarkupError as error:
        return Diagram(file, None, problems=(_no_diagram(file, error.sentence),))
    if root.tag != bpmn("definitions"):
        what = Sentence("Expected a BPMN diagram, but the file holds something else.")
        return Diagram(file, None, problems=(_no_diagram(file, what),))
    reading = Reading(file, root)
    rewrite(reading)
    processes = tuple(
        _read_process(reading, node)
        for node in root.iterchildren(bpmn("process"))
        if node.get("isExecutable") == "true"
    )
    if not processes:
        reading.report(
            root,
            "bpmn-executable",
            Sentence("Expected an executable process, but the file has none."),
            Sentence("Tick “executable” at the process that is to be carried out."),
        )
    ids = tuple(_ids(root))
    return Diagram(file, root, processes, tuple(reading.problems), ids)


def _no_diagram(file: str, what: Sentence) -> Problem:
    remedy = Sentence("Save the diagram again from the modeler.")
    return Problem(file, None, "bpmn-file", what, remedy)


def _ids(root: Node) -> Iterator[str]:
    for process in root.iterchildren(bpmn("process")):
        yield process.get("id", "")
        for node in process.iter(tag=etree.Element):
            if node.tag in _DRAWN:
                yield node.get("id", "")


def _read_process(reading: Reading, node: Node) -> ProcessInfo:
    process_id = node.get("id", "")
    refuse_foreign(reading, node)
    elements: dict[str, ElementInfo] = {}
    flows: dict[str, FlowInfo] = {}
    lanes = _lanes(node)
    for container, scope in _containers(node):
        for child in container.iterchildren(tag=etree.Element):
            tag = local_name(child)
            if tag == "sequenceFlow":
                flow = _read_flow(reading, child)
                flows[flow.id] = flow
            elif child.tag in _DRAWN:
                lane = lanes.get(child.get("id", "")) or lanes.get(scope or "")
                info = read_element(reading, child, process_id, scope, lane)
                if scope and lane:
                    lanes.setdefault(info.id, lane)
                elements[info.id] = info
            else:
                _refuse_unknown(reading, child, tag)
                if tag in UNSUPPORTED_NODES:  # Flows to it are not to blame.
                    element_id = child.get("id", "")
                    elements[element_id] = ElementInfo(
                        element_id, tag, "", reading.file, process_id, scope
                    )
    elements = join_handlers(node, elements)
    flows |= {flow.id: flow for flow in link_flows(elements.values())}
    return ProcessInfo(
        id=process_id,
        name=node.get("name", ""),
        file=reading.file,
        elements=elements,
        flows=flows,
        starts=tuple(_starts(elements)),
        documentation=text_of(node, "documentation"),
        properties=read_properties(node),
    )


def _containers(process: Node) -> Iterator[tuple[Node, str | None]]:
    yield process, None
    for node in process.iter(*map(bpmn, CONTAINERS)):
        yield node, node.get("id", "")


def _refuse_unknown(reading: Reading, node: Node, tag: str) -> None:
    if tag in SILENT or tag.endswith("EventDefinition"):
        return
    remedy = Sentence("Draw it with the constructs in processes/README.md.")
    if tag in UNSUPPORTED_NODES:
        what = Sentence("Expected no {kind}, but there is one.", {"kind": word(tag)})
    else:
        what = Sentence(
            "Expected constructs that we carry out, but {kind} is not.", {"kind": word(tag)}
        )
    reading.report(node, "bpmn-unsupported", what, remedy)


def _lanes(process: Node) -> dict[str, str]:
    """Return for each node the name of its innermost lane."""
    found: dict[str, str] = {}
    for lane in process.iter(bpmn("lane")):  # Inner lanes come after outer ones.
        for reference in lane.iterchildren(bpmn("flowNodeRef")):
            found[(reference.text or "").strip()] = lane.get("name", "")
    return found


def _read_flow(reading: Reading, node: Node) -> FlowInfo:
    refuse_foreign(reading, node)
    condition = text_of(node, "conditionExpression") or None
    return FlowInfo(
        id=node.get("id", ""),
        name=node.get("name", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        condition=condition,
        test=reading.feel(node, "condition", condition),
    )


def _starts(elements: dict[str, ElementInfo]) -> Iterator[StartInfo]:
    for info in elements.values():
        kind = info.event.kind
        if info.kind != "startEvent" or info.scope is not None:
            continue
        if kind not in ("none", "message", "timer", "signal"):
            continue
        yield StartInfo(
            element_id=info.id,
            kind=kind,
            name=info.name,
            form_id=info.form_id,
            message_name=info.event.message.source if info.event.message else None,
            signal_name=info.event.signal.source if info.event.signal else None,
            timer=info.event.timer,
        )
