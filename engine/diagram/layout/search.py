"""Searches an arrangement whose flows cross and bend little.

Starts from rows in the order of the flows, then moves single nodes, chains of nodes
and whole rows, and leads tangled flows afresh, as long as that makes the picture
better. It always ends the same way for the same model and the same seed.
"""

from engine.diagram.layout.arrangement import Arrangement
from engine.diagram.layout.scene import Flow, Node, Scene

SWEEPS = 8


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
        improved |= _untangle(arrangement)
        if not improved:
            return


def _untangle(arrangement: Arrangement) -> bool:
    """Lead flows that cross, and those that share their ends, in other orders."""
    improved = False
    for one, other in arrangement.tangles():
        pair = [other, one]
        for near in (one, other):
            beside = _beside(arrangement, near)
            improved |= arrangement.reroute_together([near, *beside])
            improved |= arrangement.reroute_together([*pair, *beside])
    return improved


def _beside(arrangement: Arrangement, flow: Flow) -> list[Flow]:
    """Return the other flows that leave or enter where *flow* does, the long ones last."""
    ends = {flow.source, flow.target}
    found = [
        other
        for other in arrangement.flows.values()
        if other is not flow and ends & {other.source, other.target}
    ]
    return sorted(found, key=lambda other: (not other.main, other.id))


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
