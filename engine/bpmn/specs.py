"""Turns a checked diagram into SpiffWorkflow's specifications.

SpiffWorkflow's parser walks the file and asks, for each tag, for the specification to
make; what the elements say comes from `engine.bpmn.dialect`, and they are made one by
one instead of recursively along the flows, so that long processes parse too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BpmnStartTask
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.bpmn.dialect import CONTAINERS, Diagram
from engine.bpmn.elements import ElementInfo, ProcessInfo
from engine.bpmn.nodes import NODE_KINDS, EventSubNode, EventSubWatch, Node, make_node
from engine.bpmn.workflow import ROOT


class ProcessSpec(BpmnProcessSpec):
    """A process or embedded sub-process: its nodes, and the start event to begin at."""

    begin: Node | None = None
    #: What the scope watches for while it runs: the starts of its event sub-processes.
    watches: tuple[EventSubWatch, ...] = ()

    def __init__(self, name: str, filename: str | None) -> None:
        # SpiffWorkflow's own start, join and end would take names from the diagram.
        WorkflowSpec.__init__(self, name=name, filename=filename)
        self.data_objects: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.start = BpmnStartTask(self, ROOT)


class _NodeParser(TaskParser):
    """Makes the node of one element, with a body around it where it is repeated."""

    def parse_node(self) -> Node:
        return make_node(self.spec, self.process_parser.parser.elements[self.bpmn_id])


class _ContainerParser(_NodeParser):
    """Makes the node of an embedded sub-process, and the process inside it."""

    def parse_node(self) -> Node:
        self.process_parser.parser.create_parser(
            self.node, filename=self.filename, lane=self.lane
        )
        return super().parse_node()


class _ProcessParser(ProcessParser):
    """Makes the nodes of one process and ties them together."""

    def _parse(self) -> None:
        spec = self.spec = ProcessSpec(name=self.bpmn_id, filename=self.filename)
        nodes: dict[str, Node] = {}
        for child in self.node:
            if child.get("id") in self.parser.elements:
                node = self.parse_node(child)
                nodes[node.element.id] = node
        for node in nodes.values():
            self._tie(node, nodes)
        for node in nodes.values():
            node.connected()
        spec.watches = tuple(self._watches(nodes))
        starts = [node for node in nodes.values() if node.kind == "startEvent"]
        none = [node for node in starts if node.element.event.kind == "none"]
        spec.begin = next(iter(none or starts), None)

    def _watches(self, nodes: Mapping[str, Node]) -> Iterator[EventSubWatch]:
        """Yield what the scope watches for: the start of each event sub-process."""
        subs = {key: node for key, node in nodes.items() if isinstance(node, EventSubNode)}
        for element in self.parser.elements.values():
            if element.kind == "startEvent" and element.scope in subs:
                yield EventSubWatch(self.spec, element, subs[element.scope])

    def _tie(self, node: Node, nodes: Mapping[str, Node]) -> None:
        flows = self.parser.flows
        node.outgoing = tuple(flow for flow in flows if flow.source == node.element.id)
        node.incoming = tuple(flow for flow in flows if flow.target == node.element.id)
        for flow in node.outgoing:
            node.connect(nodes[flow.target])
        node.boundaries = tuple(
            event
            for event in nodes.values()
            if event.kind == "boundaryEvent"
            and event.element.attached_to == node.element.id
        )
        for event in node.boundaries:
            if event.element.handler is not None:
                node.handler = event.element.handler


class _Parser(BpmnParser):
    """SpiffWorkflow's parser, with our nodes for every tag that we carry out."""

    PARSER_CLASSES: ClassVar[Mapping[str, Any]] = {
        full_tag(tag): (_ContainerParser if tag in CONTAINERS else _NodeParser, Node)
        for tag in NODE_KINDS
    }
    PROCESS_PARSER_CLASS = _ProcessParser

    def __init__(self, processes: Sequence[ProcessInfo]) -> None:
        super().__init__()
        self.executable = {process.id for process in processes}
        self.elements: dict[str, ElementInfo] = {}
        self.flows: list[Any] = []
        for process in processes:
            self.elements |= process.elements
            self.flows += process.flows.values()

    def add_bpmn_xml(self, bpmn: Any, filename: str | None = None) -> None:
        """Take in the executable processes; what else is in the file we have read."""
        for process in bpmn.iterchildren(full_tag("process")):
            if process.get("id") in self.executable:
                self.create_parser(process, filename)


def build_specs(diagrams: Iterable[Diagram]) -> dict[str, ProcessSpec]:
    """Return the specification of every process and embedded sub-process by its id."""
    specs: dict[str, ProcessSpec] = {}
    for diagram in diagrams:
        parser = _Parser(diagram.processes)
        parser.add_bpmn_xml(diagram.root, diagram.file)
        todo = list(parser.process_parsers)
        while todo:
            parser.get_spec(todo.pop())
            todo += [key for key, made in parser.process_parsers.items() if not made.spec]
        for key, made in parser.process_parsers.items():
            specs[key] = made.get_spec()
    return specs
