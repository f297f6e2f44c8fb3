"""The elements of a process as places that a case goes through, sub-processes unfolded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn import ElementInfo, FlowInfo, ProcessInfo
from engine.feel.shapes.demands import Demands, alternatives
from engine.feel.syntax import tree

_FORKS = frozenset({"parallelGateway", "inclusiveGateway"})
_CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
#: Events at a border that come at any time, even before anything inside is done.
_ANY_TIME = frozenset({"timer", "message", "signal", "conditional"})


@dataclass(frozen=True, slots=True)
class Edge:
    """A step from one place to the next, and the ways in which it comes to be taken."""

    target: str
    when: tuple[Demands, ...] = ((),)


@dataclass(slots=True)
class Graph:
    """The places of one process; a container has a second place behind its end."""

    process: ProcessInfo
    starts: list[str] = field(default_factory=list)
    edges: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Where several ways come together and all of them may have been taken.
    joins: set[str] = field(default_factory=set)
    #: Places that are reached at any time; nothing is told of what is missing there.
    strange: set[str] = field(default_factory=set)
    _behind: dict[str, set[str]] = field(default_factory=dict)

    def element(self, place: str) -> ElementInfo | None:
        """Return the element at *place*; None behind the end of a container."""
        return self.process.elements.get(place)

    def behind(self, place: str) -> set[str]:
        """Return the places that can be reached from *place*, once all is drawn."""
        if place in self._behind:
            return self._behind[place]
        seen: set[str] = set()
        open_ = self._next(place)
        while open_:
            found = open_.pop()
            if found not in seen:
                seen.add(found)
                open_ += self._next(found)
        self._behind[place] = seen
        return seen

    def _next(self, place: str) -> list[str]:
        edges = (*self.edges[place], *self.edges[begun(place)])
        return [edge.target for edge in edges]

    def add(self, source: str, edge: Edge) -> None:
        """Add a step."""
        self.edges[source].append(edge)
        self.sources[edge.target].add(source)


def graph_of(process: ProcessInfo) -> Graph:
    """Return the places of *process*."""
    graph = Graph(process)
    inside: dict[str | None, list[ElementInfo]] = defaultdict(list)
    for element in process.elements.values():
        inside[element.scope].append(element)
    flows: dict[str, list[FlowInfo]] = defaultdict(list)
    for flow in process.flows.values():
        flows[flow.source].append(flow)
    for element in process.elements.values():
        _add_element(graph, element, inside, flows[element.id])
    graph.starts = [each.id for each in inside[None] if each.kind == "startEvent"]
    for element in process.elements.values():
        if element.event_sub or element.for_compensation:
            graph.strange |= {element.id, *graph.behind(element.id)}
    return graph


def begun(place: str) -> str:
    """Return the place where an activity has begun, and nothing in it is done yet."""
    return f"{place}/begun"


def exit_of(element: ElementInfo) -> str:
    """Return the place where *element* is left."""
    return f"{element.id}/behind" if element.kind in _CONTAINERS else element.id


def _add_element(
    graph: Graph,
    element: ElementInfo,
    inside: Mapping[str | None, list[ElementInfo]],
    flows: list[FlowInfo],
) -> None:
    if element.kind in _FORKS:
        graph.joins.add(element.id)
    if element.kind in _CONTAINERS:
        _add_container(graph, element, inside[element.id])
    if element.attached_to is not None:
        _add_boundary(graph, element)
    for flow, when in _chosen(element, flows):
        graph.add(exit_of(element), Edge(flow.target, when))


def _add_container(graph: Graph, element: ElementInfo, inner: list[ElementInfo]) -> None:
    behind = exit_of(element)
    graph.joins.add(behind)
    for each in inner:
        if each.kind == "startEvent":
            graph.add(element.id, Edge(each.id))
        elif each.kind == "endEvent" and each.event.kind not in ("error", "cancel"):
            graph.add(each.id, Edge(behind))


def _add_boundary(graph: Graph, event: ElementInfo) -> None:
    host = graph.process.elements.get(event.attached_to or "")
    if host is None:
        return
    if event.event.kind in _ANY_TIME:
        graph.add(begun(host.id), Edge(event.id))
    else:
        graph.strange.add(event.id)
        graph.add(exit_of(host), Edge(event.id))


def _chosen(
    element: ElementInfo, flows: list[FlowInfo]
) -> Iterator[tuple[FlowInfo, tuple[Demands, ...]]]:
    """Yield the flows out of *element*, each with the ways in which it is chosen."""
    for flow in flows:
        if flow.id == element.default_flow:
            others = [other for other in flows if other.id != flow.id]
            yield flow, _none_of(others)
        else:
            yield flow, _ways(flow, truth=True)


def _ways(flow: FlowInfo, *, truth: bool) -> tuple[Demands, ...]:
    if flow.test is None or flow.test.expression is None:
        return ((),)
    return tuple(alternatives(flow.test.expression.tree, truth))


def _none_of(flows: list[FlowInfo]) -> tuple[Demands, ...]:
    tests = tuple(
        flow.test.expression.tree
        for flow in flows
        if flow.test is not None and flow.test.expression is not None
    )
    if not tests:
        return ((),)
    return tuple(alternatives(tree.Or(0, tests), False))
