"""Shrinks a graph by rules that keep its faults, so that little is left to search."""

from collections import deque

from engine.policy.soundness.graph import Graph, Kind

_GATEWAYS = (Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE)
_ENDS = (Kind.END, Kind.TERMINATE)


def reduce(graph: Graph) -> None:
    """Apply the rules to *graph* until none fits."""
    work = deque(graph.kinds)
    while work:
        node = work.popleft()
        if node not in graph.kinds:
            continue
        for rule in (_drop_double, _drop_sequence, _drop_ending_branch, _merge_alike):
            touched = rule(graph, node)
            if touched:
                work.extend(touched)
                break


def _drop_double(graph: Graph, node: str) -> list[str]:
    """Take one of two edges to the same node, or an exclusive node's edge to itself."""
    kind = graph.kinds[node]
    first: dict[str, int] = {}
    for edge in graph.outgoing[node]:
        target = graph.target(edge)
        if target == node:
            if kind is Kind.EXCLUSIVE and _is_loop_beside_others(graph, node):
                graph.remove_edge(edge)
                return [node]
            continue
        kept = first.setdefault(target, edge)
        if kept != edge and _are_one(kind, graph.kinds[target]):
            graph.passes[kept] += graph.passes[edge]
            graph.remove_edge(edge)
            return [node, target]
    return []


def _is_loop_beside_others(graph: Graph, node: str) -> bool:
    return len(graph.incoming[node]) > 1 and len(graph.outgoing[node]) > 1


def _are_one(kind: Kind, target: Kind) -> bool:
    """Tell whether two edges between nodes of these kinds do the same as one."""
    if target is Kind.TERMINATE:
        return kind is Kind.EXCLUSIVE
    if target is Kind.END:
        return True
    if target is Kind.INCLUSIVE:
        return kind in _GATEWAYS
    return kind is target and kind in _GATEWAYS


def _drop_sequence(graph: Graph, node: str) -> list[str]:
    """Take a node with one way in and one way out off its edge."""
    into, out = graph.incoming[node], graph.outgoing[node]
    if graph.kinds[node] not in _GATEWAYS or len(into) != 1 or len(out) != 1:
        return []
    source, target = graph.source(into[0]), graph.target(out[0])
    if source == node:
        return []
    passes = graph.passes[into[0]] + graph.passes[out[0]]
    graph.remove_edge(into[0])
    graph.remove_edge(out[0])
    graph.remove_node(node)
    graph.add_edge(source, target, passes)
    return [source, target]


def _drop_ending_branch(graph: Graph, node: str) -> list[str]:
    """Take a parallel branch off that ends at once."""
    if graph.kinds[node] is not Kind.PARALLEL:
        return []
    out = graph.outgoing[node]
    ending = [edge for edge in out if graph.kinds[graph.target(edge)] is Kind.END]
    if not ending or len(ending) == len(out):
        return []
    end = graph.target(ending[0])
    graph.remove_edge(ending[0])
    if not graph.incoming[end]:
        graph.remove_node(end)
    return [node]


def _merge_alike(graph: Graph, node: str) -> list[str]:
    """Make one node of two neighbours of the same kind."""
    for edge in graph.outgoing[node]:
        target = graph.target(edge)
        if target != node and _may_merge(graph, node, target, edge):
            _merge(graph, node, target, edge)
            return [node, *map(graph.source, graph.incoming[node])] + [
                graph.target(out) for out in graph.outgoing[node]
            ]
    return []


def _may_merge(graph: Graph, node: str, target: str, edge: int) -> bool:
    kind = graph.kinds[node]
    if graph.kinds[target] is not kind or kind not in (Kind.EXCLUSIVE, Kind.PARALLEL):
        return False
    if kind is Kind.PARALLEL and any(
        graph.target(other) == target for other in graph.outgoing[node] if other != edge
    ):
        return False
    return len(graph.outgoing[node]) == 1 or len(graph.incoming[target]) == 1


def _merge(graph: Graph, node: str, target: str, edge: int) -> None:
    graph.remove_edge(edge)
    for into in list(graph.incoming[target]):
        source, passes = graph.source(into), graph.passes[into]
        graph.remove_edge(into)
        graph.add_edge(node if source == target else source, node, passes)
    for out in list(graph.outgoing[target]):
        onward, passes = graph.target(out), graph.passes[out]
        graph.remove_edge(out)
        graph.add_edge(node, onward, passes)
    graph.remove_node(target)
