"""Searches rows for the nodes and ways for the flows that cross and bend little.

Starts from rows in the order of the flows, then moves single nodes, chains of nodes
and whole rows as long as that makes the picture better. The search is exact about its
own costs and always ends the same way for the same model and the same seed.
"""

from collections import Counter
from dataclasses import dataclass
from random import Random

from engine.diagram.layout.lattice import Lattice, Place
from engine.diagram.layout.scene import Flow, Node, Scene
from engine.diagram.layout.sides import entering_sides, leaving_sides, shared_side_cost
from engine.diagram.layout.ways import Side, Way, WayFinder, clash

ROW = 4.0  #: What each row in use costs.
ABOVE = 1.0  #: What it costs that an exception stands above the main path of its band.
OFF_MAIN = 2.0  #: What it costs that a step of the main path leaves its row.
BELOW_RIDERS = 5.0  #: What it costs to use a border on which events sit.
SWEEPS = 8

PortKey = tuple[str, Side, bool]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An arrangement to which one can return."""

    row: dict[str, int]
    ways: dict[str, Way]
    cost: float


class Arrangement:
    """Rows for all nodes and ways for all flows of a scene, with what they cost."""

    def __init__(self, scene: Scene, lattice: Lattice, seed: int) -> None:
        self.scene, self.lattice = scene, lattice
        self.random = Random(seed)
        self.hosts = {rider.host for rider in scene.riders.values()}
        self.finder = WayFinder(lattice)
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
        """Return the way that costs least beside the ways already taken."""
        best, least = None, float("inf")
        for way in self.options(flow):
            if way.cost >= least:
                break
            if way.body & self.occupied:
                continue
            cost = self._cost(flow, way, least)
            if cost < least:
                best, least = way, cost
        if best is None:
            raise LookupError(f"no way for {flow.id}")
        return best, least

    def _cost(self, flow: Flow, way: Way, limit: float = float("inf")) -> float:
        cost = way.cost * (1.5 if flow.main else 1.0) + self._port_cost(flow, way)
        for id_, other in self.ways.items():
            if id_ != flow.id:
                cost += clash(self.lattice, way, other)
                if cost >= limit:
                    return cost
        return cost

    def _port_cost(self, flow: Flow, way: Way) -> float:
        nodes = self.scene.nodes
        cost = 0.0
        if flow.source_rider is None:
            kind = nodes[flow.source].kind
            out = self.ports[flow.source, way.leaves, True]
            into = self.ports[flow.source, way.leaves, False]
            cost += shared_side_cost(kind, same=out, other=into)
            cost += BELOW_RIDERS * (way.leaves == "bottom" and flow.source in self.hosts)
        if flow.target in nodes:
            kind = nodes[flow.target].kind
            out = self.ports[flow.target, way.enters, True]
            into = self.ports[flow.target, way.enters, False]
            cost += shared_side_cost(kind, same=into, other=out)
            cost += BELOW_RIDERS * (way.enters == "bottom" and flow.target in self.hosts)
        return cost

    def take_out(self, flow: Flow) -> float:
        """Take away the way of *flow* and return what it cost."""
        way = self.ways.pop(flow.id, None)
        if way is None:
            return 0.0
        self.ports[flow.source, way.leaves, True] -= 1
        self.ports[flow.target, way.enters, False] -= 1
        return self._cost(flow, way)

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

    def total(self) -> float:
        """Return what everything costs."""
        cost = self.standing_cost()
        taken = dict(self.ways)
        flows = [self.flows[id_] for id_ in taken]
        cost += sum(self.take_out(flow) for flow in flows)
        for flow in flows:
            way = taken[flow.id]
            self.ways[flow.id] = way
            self.ports[flow.source, way.leaves, True] += 1
            self.ports[flow.target, way.enters, False] += 1
        return cost

    def try_rows(self, changes: dict[str, int]) -> bool:
        """Give nodes other rows if that makes the picture better."""
        row, ways, ports = dict(self.row), dict(self.ways), Counter(self.ports)
        occupied = self.occupied
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
        self.row, self.ways, self.ports, self.occupied = row, ways, ports, occupied
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

    def snapshot(self) -> Snapshot:
        """Return the arrangement as it is."""
        return Snapshot(dict(self.row), dict(self.ways), self.total())


def first_rows(arrangement: Arrangement, main_row: int) -> None:
    """Give all nodes rows: the main path one, the others what is free below it."""
    scene = arrangement.scene
    order = sorted(
        scene.nodes.values(), key=lambda node: (not node.main, node.column, node.id)
    )
    taken: set[tuple[int, int, int]] = set()
    for node in order:
        count = arrangement.lattice.rows[node.band]
        wanted = min(main_row, count - 1)
        free = [r for r in range(count) if (node.band, node.column, r) not in taken]
        row = min(free, key=lambda r: (abs(r - wanted) + 0.5 * (r < wanted), r))
        arrangement.row[node.id] = row
        taken.add((node.band, node.column, row))
    arrangement.occupy()


def improve(arrangement: Arrangement) -> None:
    """Move nodes, chains and rows until nothing becomes better."""
    for flow in sorted(arrangement.flows.values(), key=lambda flow: not flow.main):
        arrangement.put_in(flow)
    arrangement.reroute()
    for _ in range(SWEEPS):
        improved = _move_nodes(arrangement)
        improved |= _move_chains(arrangement)
        improved |= _swap_rows(arrangement)
        improved |= arrangement.reroute()
        if not improved:
            return


def _move_nodes(arrangement: Arrangement) -> bool:
    improved = False
    nodes = list(arrangement.scene.nodes.values())
    arrangement.random.shuffle(nodes)
    for node in nodes:
        for row in range(arrangement.lattice.rows[node.band]):
            if row != arrangement.row[node.id]:
                improved |= arrangement.try_rows(_moved(arrangement, [node], row))
    return improved


def _moved(arrangement: Arrangement, nodes: list[Node], row: int) -> dict[str, int]:
    """Return the rows if *nodes* go to *row* and those that stand there take theirs."""
    changes = {node.id: row for node in nodes}
    places = {(node.band, node.column): arrangement.row[node.id] for node in nodes}
    for other in arrangement.scene.nodes.values():
        if other.id not in changes and arrangement.row[other.id] == row:
            old = places.get((other.band, other.column))
            if old is not None:
                changes[other.id] = old
    return changes


def _move_chains(arrangement: Arrangement) -> bool:
    improved = False
    for chain in _chains(arrangement.scene):
        for row in range(arrangement.lattice.rows[chain[0].band]):
            if any(arrangement.row[node.id] != row for node in chain):
                improved |= arrangement.try_rows(_moved(arrangement, chain, row))
    return improved


def _chains(scene: Scene) -> list[list[Node]]:
    """Return the runs of steps within a band that follow each other."""
    chains: dict[str, list[Node]] = {}
    for flow in scene.flows:
        if flow.kind != "sequence" or flow.back or flow.source_rider:
            continue
        source, target = scene.nodes[flow.source], scene.nodes[flow.target]
        ahead = chains.setdefault(source.id, [source])
        if source.band != target.band or ahead[-1] is not source or target.id in chains:
            continue
        if all(node.column != target.column for node in ahead):
            ahead.append(target)
            chains[target.id] = ahead
    unique = {id(chain): chain for chain in chains.values() if len(chain) > 1}
    whole = list(unique.values())
    tails = [chain[n:] for chain in whole for n in range(1, len(chain) - 1)]
    return whole + tails


def _swap_rows(arrangement: Arrangement) -> bool:
    improved = False
    for band, count in enumerate(arrangement.lattice.rows):
        for one in range(count):
            for other in range(one + 1, count):
                changes = {
                    node.id: one + other - arrangement.row[node.id]
                    for node in arrangement.scene.nodes.values()
                    if node.band == band and arrangement.row[node.id] in (one, other)
                }
                if changes:
                    improved |= arrangement.try_rows(changes)
    return improved
