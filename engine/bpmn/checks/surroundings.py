"""A process as the checks look at it: who is beside, before and after whom."""

from collections import defaultdict

from engine.bpmn.elements import ElementInfo, FlowInfo, ProcessInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


class Around:
    """The flows and borders around each element of a process."""

    def __init__(self, process: ProcessInfo) -> None:
        self.process = process
        self.elements = process.elements
        self.outgoing: dict[str, list[FlowInfo]] = defaultdict(list)
        self.incoming: dict[str, list[FlowInfo]] = defaultdict(list)
        for flow in process.flows.values():
            self.outgoing[flow.source].append(flow)
            self.incoming[flow.target].append(flow)
        self.attached: dict[str, list[ElementInfo]] = defaultdict(list)
        for element in process.elements.values():
            if element.attached_to:
                self.attached[element.attached_to].append(element)

    def within(self, scope: str | None) -> list[ElementInfo]:
        """Return the elements that lie directly in *scope*; None is the process."""
        return [element for element in self.elements.values() if element.scope == scope]

    def flow_problem(
        self, flow: FlowInfo, rule: str, what: Sentence, remedy: Sentence
    ) -> Problem:
        """Return a problem at a flow."""
        return Problem(self.process.file, flow.id or flow.source, rule, what, remedy)


def at(element: ElementInfo, rule: str, what: Sentence, remedy: Sentence) -> Problem:
    """Return a problem at *element*."""
    return Problem(element.file, element.id, rule, what, remedy)
