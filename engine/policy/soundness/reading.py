"""Makes graphs of the processes and sub-processes in a BPMN file (BPMN 2.0.2, 13.2)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.policy.soundness.graph import Graph, Kind

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_GATEWAYS = {
    "exclusiveGateway": Kind.EXCLUSIVE,
    "eventBasedGateway": Kind.EXCLUSIVE,
    "complexGateway": Kind.EXCLUSIVE,
    "parallelGateway": Kind.PARALLEL,
    "inclusiveGateway": Kind.INCLUSIVE,
}
_SCOPES = {"process", "subProcess", "transaction"}
_ACTIVITIES = {
    "task",
    "userTask",
    "serviceTask",
    "manualTask",
    "scriptTask",
    "sendTask",
    "receiveTask",
    "businessRuleTask",
    "callActivity",
    "subProcess",
    "transaction",
    "adHocSubProcess",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
}
#: Ends that take the rest of their scope with them.
_ENDING_ALL = ("terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition")


@dataclass(frozen=True, slots=True)
class Boundary:
    """An event on the edge of an activity."""

    element: str
    interrupts: bool


def scopes(root: etree._Element) -> Iterator[etree._Element]:
    """Yield every process and sub-process whose flow is to be judged."""
    for element in root.iter(etree.Element):
        if local_name(element) in _SCOPES:
            yield element


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace, or nothing for a foreign element."""
    tag = str(element.tag)
    return tag[len(BPMN) :] if tag.startswith(BPMN) else ""


def read_graph(scope: etree._Element) -> Graph:
    """Return the flow directly inside *scope*."""
    graph = Graph()
    boundaries = _boundaries(scope)
    for element in scope:
        _add_element(graph, element, boundaries.get(element.get("id", ""), []))
    _add_flows(graph, scope)
    _add_links(graph, scope)
    _add_ends(graph)
    return graph


def _boundaries(scope: etree._Element) -> dict[str, list[Boundary]]:
    found: dict[str, list[Boundary]] = defaultdict(list)
    for event in scope.iterchildren(BPMN + "boundaryEvent"):
        if event.find(BPMN + "compensateEventDefinition") is None:
            found[event.get("attachedToRef", "")].append(
                Boundary(event.get("id", ""), event.get("cancelActivity") != "false")
            )
    return found


def _add_element(graph: Graph, element: etree._Element, boundaries: list[Boundary]) -> None:
    kind, name = local_name(element), element.get("id", "")
    if not name or name in graph.kinds or element.get("isForCompensation") == "true":
        return
    if kind == "startEvent":
        graph.add_node(name, Kind.START)
    elif kind == "endEvent":
        ends_all = any(element.find(BPMN + each) is not None for each in _ENDING_ALL)
        graph.add_node(name, Kind.TERMINATE if ends_all else Kind.END)
    elif kind in _GATEWAYS:
        graph.add_node(name, _GATEWAYS[kind])
    elif kind in _ACTIVITIES and element.get("triggeredByEvent") != "true":
        _add_activity(graph, element, name, boundaries)


def _add_activity(
    graph: Graph, element: etree._Element, name: str, boundaries: list[Boundary]
) -> None:
    """Add a merge in front and a fork behind, with the boundary events in between."""
    graph.add_node(name, Kind.EXCLUSIVE)
    graph.add_node(_behind(name), _fork_of(element), owner=name)
    inside = name
    for boundary in boundaries:
        graph.add_node(boundary.element, Kind.EXCLUSIVE)
        if not boundary.interrupts:
            inside = _add_optional(graph, inside, boundary.element)
    for boundary in boundaries:
        if boundary.interrupts:
            graph.add_edge(inside, boundary.element, (boundary.element,))
    graph.add_edge(inside, _behind(name), (name,))


def _add_optional(graph: Graph, inside: str, event: str) -> str:
    """Let *event* fire once beside the activity, or not; return where that goes on."""
    onward, fork = f"{event} or not", f"{event} beside"
    graph.add_node(onward, Kind.EXCLUSIVE, owner=event)
    graph.add_node(fork, Kind.PARALLEL, owner=event)
    graph.add_edge(inside, onward)
    graph.add_edge(inside, fork)
    graph.add_edge(fork, onward)
    graph.add_edge(fork, event, (event,))
    return onward


def _fork_of(element: etree._Element) -> Kind:
    """Return how an activity gives tokens on: conditions on its flows are an or."""
    if element.get("default") is not None:
        return Kind.INCLUSIVE
    scope = element.getparent()
    conditional = scope is not None and any(
        flow.get("sourceRef") == element.get("id")
        and flow.find(BPMN + "conditionExpression") is not None
        for flow in scope.iterchildren(BPMN + "sequenceFlow")
    )
    return Kind.INCLUSIVE if conditional else Kind.PARALLEL


def _add_flows(graph: Graph, scope: etree._Element) -> None:
    for flow in scope.iterchildren(BPMN + "sequenceFlow"):
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        if source in graph.kinds and target in graph.kinds:
            behind = _behind(source)
            graph.add_edge(behind if behind in graph.kinds else source, target)


def _add_links(graph: Graph, scope: etree._Element) -> None:
    catching: dict[str, str] = {}
    throwing: list[tuple[str, str]] = []
    for element in scope:
        link = element.find(BPMN + "linkEventDefinition")
        name = element.get("id", "")
        if link is None or name not in graph.kinds:
            continue
        if local_name(element) == "intermediateCatchEvent":
            catching[link.get("name", "")] = name
        else:
            throwing.append((link.get("name", ""), name))
    for label, name in throwing:
        if label in catching:
            graph.add_edge(_behind(name), catching[label])


def _add_ends(graph: Graph) -> None:
    """End the paths that just stop; nothing starts where nothing leads."""
    for node, kind in list(graph.kinds.items()):
        if not graph.outgoing[node] and kind not in (Kind.END, Kind.TERMINATE):
            end = f"{node} end"
            graph.add_node(end, Kind.END, owner=graph.owners[node])
            graph.add_edge(node, end)


def _behind(activity: str) -> str:
    return f"{activity} done"
