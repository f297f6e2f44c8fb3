"""The flow of one process or sub-process, reduced to the six kinds of node that matter."""

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """How a node takes tokens and gives them on."""

    START = "start"
    END = "end"
    TERMINATE = "terminate"  #: Takes every other token away too.
    EXCLUSIVE = "exclusive"  #: Takes one token, gives one: gateways, tasks, merges.
    PARALLEL = "parallel"  #: Takes one of each, gives one to each.
    INCLUSIVE = "inclusive"  #: Takes what can still come, gives to at least one.


@dataclass
class Graph:
    """Nodes and edges; an edge remembers the elements that lie on it."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    incoming: dict[str, list[int]] = field(default_factory=dict)
    outgoing: dict[str, list[int]] = field(default_factory=dict)
    edges: dict[int, tuple[str, str]] = field(default_factory=dict)
    passes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  #: Node to BPMN element.
    _next_edge: int = 0

    def add_node(self, node: str, kind: Kind, owner: str | None = None) -> None:
        """Add *node*, which stands for the element *owner*, itself unless given."""
        self.kinds[node] = kind
        self.incoming[node] = []
        self.outgoing[node] = []
        self.owners[node] = owner or node

    def add_edge(self, source: str, target: str, passes: tuple[str, ...] = ()) -> int:
        """Add an edge on which the elements *passes* lie, and return its number."""
        self._next_edge += 1
        number = self._next_edge
        self.edges[number] = (source, target)
        self.passes[number] = passes
        self.outgoing[source].append(number)
        self.incoming[target].append(number)
        return number

    def remove_edge(self, number: int) -> None:
        """Take an edge out."""
        source, target = self.edges.pop(number)
        self.outgoing[source].remove(number)
        self.incoming[target].remove(number)

    def remove_node(self, node: str) -> None:
        """Take a node without edges out."""
        del self.kinds[node], self.incoming[node], self.outgoing[node]

    def source(self, edge: int) -> str:
        """Return where *edge* begins."""
        return self.edges[edge][0]

    def target(self, edge: int) -> str:
        """Return where *edge* leads."""
        return self.edges[edge][1]

    def copy(self) -> "Graph":
        """Return the same graph, to be changed by itself."""
        return Graph(
            kinds=dict(self.kinds),
            incoming={node: list(edges) for node, edges in self.incoming.items()},
            outgoing={node: list(edges) for node, edges in self.outgoing.items()},
            edges=dict(self.edges),
            passes=dict(self.passes),
            owners=self.owners,
            _next_edge=self._next_edge,
        )

    def edges_ahead(self, start: int, around: str) -> set[int]:
        """Return the edges that *start* leads to without passing node *around*."""
        seen = {start}
        open_edges = [start]
        while open_edges:
            node = self.target(open_edges.pop())
            if node == around:
                continue
            fresh = [edge for edge in self.outgoing[node] if edge not in seen]
            seen.update(fresh)
            open_edges.extend(fresh)
        return seen

    def edges_behind(self, start: int, around: str) -> set[int]:
        """Return the edges that lead to *start* without passing node *around*."""
        seen = {start}
        open_edges = [start]
        while open_edges:
            node = self.source(open_edges.pop())
            if node == around:
                continue
            fresh = [edge for edge in self.incoming[node] if edge not in seen]
            seen.update(fresh)
            open_edges.extend(fresh)
        return seen
