"""Reads from a BPMN file what is to be placed: bands, nodes, riders and flows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.drawing import NotDrawn, ends_of
from engine.diagram.labels import PADDING
from engine.diagram.layout.scene import Band, Flow, Node, Plan, Rider, Scene
from engine.diagram.notation import (
    ACTIVITIES,
    DATA,
    EVENTS,
    FLOW_NODES,
    GATEWAYS,
    NAMESPACES,
    SUB_PROCESSES,
    children,
    kind_of,
    refers,
    text_of,
)
from engine.diagram.text import LINE, wrap

TASK = (100.0, 80.0)
GATEWAY = (50.0, 50.0)
EVENT = (36.0, 36.0)
DATA_OBJECT = (36.0, 50.0)
DATA_STORE = (50.0, 50.0)
REMARK_WIDTH = 100.0
UNDER_RIDERS = 12.0  #: Between what is in a sub-process and events on its lower border.
BETWEEN_POOLS = 16.0  #: Room for each flow that joins two pools as such.

Inside = Callable[[etree._Element], Plan]


@dataclass(slots=True)
class Loose:
    """What is placed after the nodes: groups, and lines that point at lines or pools."""

    groups: list[etree._Element] = field(default_factory=list)
    pointers: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Collects one scene.

    Args:
        inside: Lays out an expanded sub-process.
        closed: The ids of the sub-processes that are drawn collapsed.
    """

    inside: Inside
    closed: frozenset[str]
    scene: Scene = field(default_factory=lambda: Scene({}, {}, [], []))
    loose: Loose = field(default_factory=Loose)
    defaults: set[str] = field(default_factory=set)
    _drawn: list[etree._Element] = field(default_factory=list)

    def add_process(self, process: etree._Element, pool: int, name: str) -> None:
        """Take in a process, or the inside of a sub-process; *pool* -1 draws no pool."""
        lanes = list(_leaf_lanes(process, 0))
        first = len(self.scene.bands)
        home: dict[str, int] = {}
        for lane, depth in lanes:
            for node in refers(lane, "flowNodeRef"):
                home[node] = len(self.scene.bands)
            band = Band(pool, lane.get("id"), text_of(lane), depth)
            self.scene.bands.append(band)
        if not lanes:
            self.scene.bands.append(Band(pool, None, name))
        self._add_nodes(process, home, first)
        self._drawn.append(process)

    def add_empty_pool(self, pool: int, participant: etree._Element) -> None:
        """Take in a pool of which no process is known."""
        band = Band(pool, None, text_of(participant), empty=True)
        self.scene.bands.append(band)

    def add_collaboration(
        self, collaboration: etree._Element, pools: dict[str, list[int]]
    ) -> None:
        """Take in message flows and remarks between pools, once all nodes are there.

        Args:
            collaboration: The element that holds them.
            pools: The bands of each participant, by its id.
        """
        known = (n for n, band in enumerate(self.scene.bands) if not band.empty)
        self._add_nodes(collaboration, {}, next(known, 0))
        for flow in children(collaboration, "messageFlow"):
            self._add_message(flow, pools)
        self._drawn.append(collaboration)

    def finish(self) -> Scene:
        """Return the scene with its flows and remarks.

        Raises:
            NotDrawn: If an event is attached to something that is not there.
        """
        for rider in self.scene.riders.values():
            if rider.host not in self.scene.nodes:
                raise NotDrawn(
                    "Expected the event {event} on the border of a step, but there is no "
                    "{host} beside it.",
                    event=rider.id,
                    host=rider.host or "step",
                )
        for owner in self._drawn:
            for flow in children(owner, "sequenceFlow"):
                self._add_flow(flow, "sequence")
        for owner in self._drawn:
            for link in owner.iterfind("bpmn:association", NAMESPACES):
                self._add_flow(link, "link")
            for activity in children(owner, *ACTIVITIES, *EVENTS):
                for link in children(activity, "dataInputAssociation"):
                    self._add_flow(link, "link")
                for link in children(activity, "dataOutputAssociation"):
                    self._add_flow(link, "link")
        return self.scene

    def _add_nodes(self, owner: etree._Element, home: dict[str, int], first: int) -> None:
        found = list(children(owner, *FLOW_NODES, *DATA, "textAnnotation"))
        near = _neighbours(owner)
        for element in found:
            id_ = element.get("id", "")
            self.defaults.add(element.get("default", ""))
            if kind_of(element) == "boundaryEvent":
                host = element.get("attachedToRef", "")
                self.scene.riders[id_] = Rider(id_, text_of(element), host)
                continue
            band = home.get(id_)
            if band is None:
                known = (home[other] for other in near.get(id_, ()) if other in home)
                band = next(known, first)
            self._add_node(element, band)
        self.loose.groups.extend(children(owner, "group"))

    def _add_node(self, element: etree._Element, band: int) -> None:
        kind, id_ = kind_of(element), element.get("id", "")
        node = Node(id_, kind, text_of(element), *_size(element), band)
        if kind in SUB_PROCESSES and id_ not in self.closed:
            node.inner = self.inside(element)
            node.width, node.height = node.inner.width, node.inner.height
            if _has_riders(element):
                node.height += UNDER_RIDERS
        if element.get("triggeredByEvent") == "true":
            self.scene.aside.append(node)
        else:
            self.scene.nodes[id_] = node

    def _add_flow(self, element: etree._Element, kind: str) -> None:
        source, target = ends_of(element)
        source_host, source_rider = self._host(source or "")
        target_host, target_rider = self._host(target or "")
        nodes = self.scene.nodes
        id_ = element.get("id", "")
        if source_host not in nodes or target_host not in nodes:
            if kind == "link":
                self.loose.pointers.append((id_, source or "", target or ""))
                self._guide(source or "", target or "")
                self._guide(target or "", source or "")
            return
        self.scene.flows.append(
            Flow(
                id_,
                "sequence" if kind == "sequence" else "link",
                text_of(element),
                source_host,
                target_host,
                source_rider,
                target_rider,
                default=id_ in self.defaults,
            )
        )

    def _guide(self, remark: str, flow_id: str) -> None:
        """Keep a remark on a flow near the step that the flow leaves."""
        for flow in self.scene.flows:
            if flow.id == flow_id and remark in self.scene.nodes:
                guide = Flow(f"{remark} {flow_id}", "link", "", remark, flow.source)
                guide.guide = True
                self.scene.flows.append(guide)
                return

    def _host(self, id_: str) -> tuple[str, str | None]:
        rider = self.scene.riders.get(id_)
        return (id_, None) if rider is None else (rider.host, rider.id)

    def _add_message(self, element: etree._Element, pools: dict[str, list[int]]) -> None:
        source, target = (end or "" for end in ends_of(element))
        id_, name = element.get("id", ""), text_of(element)
        if source in pools and target in pools:
            self.loose.pointers.append((id_, source, target))
            self.scene.margin += BETWEEN_POOLS
            return
        backwards = source in pools
        if backwards:
            source, target = target, source
        host, rider = self._host(source)
        if target in pools:
            below = pools[target][0] > self.scene.nodes[host].band
            to_band = pools[target][0 if below else -1]
            flow = Flow(id_, "message", name, host, target, rider, to_band=to_band)
        else:
            flow = Flow(id_, "message", name, host, *self._host(target))
            flow.target_rider, flow.source_rider = flow.source_rider, rider
        flow.backwards = backwards
        self.scene.flows.append(flow)


def _leaf_lanes(owner: etree._Element, depth: int) -> list[tuple[etree._Element, int]]:
    """Return the lanes that hold no lanes, with how many strips stand before them."""
    found: list[tuple[etree._Element, int]] = []
    for lane_set in children(owner, "laneSet", "childLaneSet"):
        for lane in children(lane_set, "lane"):
            found.extend(_leaf_lanes(lane, depth + 1) or [(lane, depth + 1)])
    return found


def _has_riders(element: etree._Element) -> bool:
    """Tell whether events sit on the border of *element*."""
    owner, id_ = element.getparent(), element.get("id")
    beside = () if owner is None else children(owner, "boundaryEvent")
    return any(event.get("attachedToRef") == id_ for event in beside)


def _neighbours(owner: etree._Element) -> dict[str, list[str]]:
    """Return for each node those to which flows join it."""
    near: dict[str, list[str]] = {}
    for flow in children(owner, "sequenceFlow", "association"):
        source, target = ends_of(flow)
        near.setdefault(target or "", []).append(source or "")
        near.setdefault(source or "", []).append(target or "")
    return near


def _size(element: etree._Element) -> tuple[float, float]:
    kind = kind_of(element)
    if kind in GATEWAYS:
        return GATEWAY
    if kind in EVENTS:
        return EVENT
    if kind == "textAnnotation":
        lines = wrap(text_of(element), REMARK_WIDTH - 2 * PADDING)
        return REMARK_WIDTH, max(30.0, len(lines) * LINE + 2 * PADDING)
    if kind == "dataStoreReference":
        return DATA_STORE
    return DATA_OBJECT if kind in DATA else TASK
