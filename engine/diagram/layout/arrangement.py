"""Holds rows for the nodes and ways for the flows, and knows what they cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from random import Random

from engine.diagram.drawing import NotDrawn
from engine.diagram.layout.lattice import Place
from engine.diagram.layout.scene import Flow, Scene
from engine.diagram.layout.sides import entering_sides, leaving_sides, shared_side_cost
from engine.diagram.layout.ways import ALONG_IN_CELL, CROSSING, Side, Way, WayFinder

ROW = 4.0  #: What each row in use costs.
ABOVE = 1.0  #: What it costs that an exception stands above the main path of its band.
OFF_MAIN = 2.0  #: What it costs that a step of the main path leaves its row.
BELOW_RIDERS = 60.0  #: What it costs to use a border on which events sit.

SIDES: tuple[Side, ...] = ("left", "right", "top", "bottom")
MAIN = 1.5  #: How much more the ways of the main path count.

PortKey = tuple[str, Side, bool]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An arrangement to which one can return."""

    row: dict[str, int]
    ways: dict[str, Way]
    ports: Counter[PortKey]
    occupied: int


class Arrangement:
    """Rows for all nodes and ways for all flows of a scene, with what they cost."""

    def __init__(self, scene: Scene, finder: WayFinder, seed: int) -> None:
        self.scene, self.lattice, self.finder = scene, finder.lattice, finder
        self.random = Random(seed)
        self.hosts = {rider.host for rider in scene.riders.values()}
        self.row: dict[str, int] = {}
        self.ways: dict[str, Way] = {}
        self.ports: Counter[PortKey] = Counter()
        self.occupied = 0
        self.flows = {flow.id: flow for flow in scene.flows if self._is_routed(flow)}
        self.touching: dict[str, list[str]] = {id_: [] for id_ in scene.nodes}
        for flow in self.flows.values():
            for end in {flow.source, flow.target}:
                if end in self.touching:
                    self.touching[end].append(flow.id)

    def _is_routed(self, flow: Flow) -> bool:
        nodes = self.scene.nodes
        return flow.source in nodes and (flow.target in nodes or flow.to_band is not None)

    def place(self, id_: str) -> Place:
        """Return the point on which a node stands."""
        node = self.scene.nodes[id_]
        return (
            self.lattice.x_of(node.column),
            self.lattice.y_of(node.band, self.row[id_]),
        )

    def options(self, flow: Flow) -> list[Way]:
        """Return the ways that *flow* might take, whether free or not."""
        start = self.place(flow.source)
        leaving = leaving_sides(self.scene, flow)
        entering = entering_sides(self.scene, flow)
        if flow.to_band is None:
            return self.finder.ways(start, self.place(flow.target), leaving, entering)
        height = self.lattice.y_of(flow.to_band, 0)
        found = [
            way
            for x in (start[0], start[0] + 1, start[0] - 1)
            for way in self.finder.ways(start, (x, height), leaving, entering)
        ]
        return sorted(found, key=lambda way: (way.cost, way.points))

    def best_way(self, flow: Flow) -> tuple[Way, float]:
        """Return the way that costs least beside the ways of the other flows."""
        ports = self._port_costs(flow)
        factor = MAIN if flow.main else 1.0
        others = list(self.ways.values())
        level = upright = busy = 0
        for other in others:
            level |= other.level
            upright |= other.upright
            busy |= other.body
        best, least = None, float("inf")
        for way in self.options(flow):
            if way.cost >= least:
                break
            if way.body & self.occupied:
                continue
            cost = way.cost * factor + ports[0][way.leaves] + ports[1][way.enters]
            if way.body & busy:
                crossings = (way.level & upright).bit_count()
                crossings += (way.upright & level).bit_count()
                if cost + CROSSING * crossings < least:
                    cost += self._clashes(way, others, least - cost)
                else:
                    continue
            if cost < least:
                best, least = way, cost
        if best is None:
            raise NotDrawn(
                "Expected room to draw the flow {flow}, but there is none.", flow=flow.id
            )
        return best, least

    def _clashes(
        self, way: Way, others: Iterable[Way], limit: float = float("inf")
    ) -> float:
        """Return what *way* costs beside *others*; at *limit* it may stop counting."""
        body, clash = way.body, self.finder.clash
        cost = 0.0
        for other in others:
            if body & other.body:
                cost += clash(way, other)
                if cost >= limit:
                    break
        return cost

    def _port_costs(self, flow: Flow) -> tuple[dict[Side, float], dict[Side, float]]:
        """Return what each side costs at the source and at the target."""
        source, target = dict.fromkeys(SIDES, 0.0), dict.fromkeys(SIDES, 0.0)
        for side in SIDES:
            if flow.source_rider is None:
                source[side] = self._port_cost(flow.source, side, out=True)
            if flow.target in self.scene.nodes and flow.target_rider is None:
                target[side] = self._port_cost(flow.target, side, out=False)
        return source, target

    def _port_cost(self, node: str, side: Side, *, out: bool) -> float:
        same, other = self.ports[node, side, out], self.ports[node, side, not out]
        cost = shared_side_cost(self.scene.nodes[node].kind, same=same, other=other)
        return cost + BELOW_RIDERS * (side == "bottom" and node in self.hosts)

    def take_out(self, flow: Flow) -> float:
        """Take away the way of *flow* and return what it cost."""
        way = self.ways.pop(flow.id, None)
        if way is None:
            return 0.0
        self.ports[flow.source, way.leaves, True] -= 1
        self.ports[flow.target, way.enters, False] -= 1
        ports = self._port_costs(flow)
        cost = way.cost * (MAIN if flow.main else 1.0)
        cost += ports[0][way.leaves] + ports[1][way.enters]
        return cost + self._clashes(way, self.ways.values())

    def put_in(self, flow: Flow) -> float:
        """Give *flow* the best way and return what it costs."""
        way, cost = self.best_way(flow)
        self.ways[flow.id] = way
        self.ports[flow.source, way.leaves, True] += 1
        self.ports[flow.target, way.enters, False] += 1
        return cost

    def occupy(self) -> None:
        """Note which points the nodes stand on."""
        self.occupied = self.lattice.points(self.place(id_) for id_ in self.row)

    def standing_cost(self) -> float:
        """Return what the rows of the nodes cost by themselves."""
        used = set()
        mains: dict[int, Counter[int]] = {}
        for id_, row in self.row.items():
            node = self.scene.nodes[id_]
            used.add((node.band, row))
            if node.main:
                mains.setdefault(node.band, Counter())[row] += 1
        cost = ROW * len(used)
        chosen = {
            band: max(rows, key=lambda r: (rows[r], -r)) for band, rows in mains.items()
        }
        for id_, row in self.row.items():
            node = self.scene.nodes[id_]
            main_row = chosen.get(node.band, 0)
            if node.main:
                cost += OFF_MAIN * (row != main_row)
            elif row < main_row:
                cost += ABOVE
        return cost

    def try_rows(self, changes: dict[str, int]) -> bool:
        """Give nodes other rows if that makes the picture better."""
        kept = self.snapshot()
        before = self.standing_cost()
        self.row.update(changes)
        self.occupy()
        affected = self._affected(changes)
        before += sum(self.take_out(flow) for flow in affected)
        after = self.standing_cost()
        for flow in affected:
            after += self.put_in(flow)
            if after > before + 40:
                break
        else:
            for flow in affected:
                after -= self.take_out(flow)
                after += self.put_in(flow)
        if after < before - 1e-6:
            return True
        self.restore(kept)
        return False

    def _affected(self, changes: dict[str, int]) -> list[Flow]:
        """Return the flows of moved nodes and those that run where they stand now."""
        taken = self.lattice.points(self.place(id_) for id_ in changes)
        ids = {id_ for node in changes for id_ in self.touching[node]}
        ids |= {id_ for id_, way in self.ways.items() if way.body & taken}
        return sorted(
            (self.flows[id_] for id_ in ids), key=lambda flow: (not flow.main, flow.id)
        )

    def reroute(self) -> bool:
        """Give every flow in turn the best way; tell whether anything became better."""
        improved = False
        for flow in list(self.flows.values()):
            before = self.take_out(flow)
            improved |= self.put_in(flow) < before - 1e-6
        return improved

    def reroute_together(self, flows: list[Flow]) -> bool:
        """Take out several flows and lead them afresh, in this order, if that is better."""
        kept = self.snapshot()
        before = sum(self.take_out(flow) for flow in flows)
        after = sum(self.put_in(flow) for flow in flows)
        if after < before - 1e-6:
            return True
        self.restore(kept)
        return False

    def tangles(self) -> list[tuple[Flow, Flow]]:
        """Return the pairs of flows that cross or run through the same cell."""
        return [
            (self.flows[one], self.flows[other])
            for one, other in combinations(self.ways, 2)
            if self.finder.clash(self.ways[one], self.ways[other]) >= ALONG_IN_CELL
        ]

    def snapshot(self) -> Snapshot:
        """Return the arrangement as it is."""
        return Snapshot(dict(self.row), dict(self.ways), Counter(self.ports), self.occupied)

    def restore(self, kept: Snapshot) -> None:
        """Go back to *kept*, which is given up."""
        self.row, self.ways = kept.row, kept.ways
        self.ports, self.occupied = kept.ports, kept.occupied
