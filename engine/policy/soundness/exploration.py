"""Plays every order of steps through a graph, up to a limit, and notes what goes wrong."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from engine.policy.soundness.graph import Graph, Kind

STATES = 50_000  #: How many markings are looked at before the search gives up.
_MOST_DOUBLED = 20  #: Noted of one graph.
_MOST_WAYS = 8  #: Of an inclusive split, tried in all combinations.

Marking = int  #: One bit an edge that holds a token.


@dataclass(frozen=True, slots=True)
class Doubled:
    """A second token came onto an edge that still held one."""

    node: str
    before: Marking
    edge: int


@dataclass(slots=True)
class Exploration:
    """What was seen."""

    graph: Graph
    came_from: dict[Marking, tuple[Marking, str] | None]
    doubled: list[Doubled] = field(default_factory=list)
    stuck: list[Marking] = field(default_factory=list)
    endless: Marking | None = None
    unreached: list[int] = field(default_factory=list)
    gave_up: bool = False

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing at all is wrong."""
        return not (
            self.doubled or self.stuck or self.endless or self.unreached or self.gave_up
        )

    def trail(self, marking: Marking) -> list[str]:
        """Return the nodes that acted on the shortest way to *marking*, last first."""
        nodes = []
        step = self.came_from[marking]
        while step is not None:
            marking, node = step
            nodes.append(node)
            step = self.came_from[marking]
        return nodes

    def edges_in(self, marking: Marking) -> list[int]:
        """Return the edges that hold a token in *marking*."""
        bits = edge_bits(self.graph)
        return [edge for edge, bit in bits.items() if marking & bit]


@dataclass(frozen=True, slots=True)
class _Step:
    node: str
    needs: Marking
    gives: Marking
    clears: bool = False


@dataclass(frozen=True, slots=True)
class _Inclusive:
    node: str
    incoming: tuple[tuple[Marking, Marking], ...]  #: Edge, and what may still reach it.
    outgoing: tuple[Marking, ...]

    def steps(self, marking: Marking) -> Iterator[tuple[str, Marking, Marking]]:
        """Yield what it does once no more tokens can come (BPMN 2.0.2, 13.4.3)."""
        have = [edge for edge, _ in self.incoming if marking & edge]
        if not have or any(
            not marking & edge and marking & behind for edge, behind in self.incoming
        ):
            return
        rest = marking & ~sum(have)
        if len(self.outgoing) <= 1:
            yield self.node, rest, sum(self.outgoing)
            return
        ways = self.outgoing[:_MOST_WAYS]
        for choice in range(1, 1 << len(ways)):
            chosen = sum(way for place, way in enumerate(ways) if choice >> place & 1)
            yield self.node, rest, chosen


def edge_bits(graph: Graph) -> dict[int, Marking]:
    """Return the bit of each edge."""
    return {edge: 1 << place for place, edge in enumerate(graph.edges)}


def explore(graph: Graph, limit: int = STATES) -> Exploration:
    """Return what playing *graph* from each of its starts shows."""
    bits = edge_bits(graph)
    steps = list(_plain_steps(graph, bits))
    inclusive = list(_inclusive_nodes(graph, bits))
    first = [
        sum(bits[edge] for edge in graph.outgoing[node])
        for node, kind in graph.kinds.items()
        if kind is Kind.START
    ]
    seen = Exploration(graph, dict.fromkeys(first))
    back: dict[Marking, list[Marking]] = defaultdict(list)
    reached = 0
    queue = deque(seen.came_from)
    while queue:
        marking = queue.popleft()
        moved = False
        for node, rest, gives in _successors(steps, inclusive, marking):
            moved = True
            if rest & gives:
                _note_doubled(seen, bits, Doubled(node, marking, rest & gives))
                continue  # What follows from a fault is no fault of its own.
            following = rest | gives
            reached |= gives
            back[following].append(marking)
            if following not in seen.came_from:
                seen.came_from[following] = (marking, node)
                queue.append(following)
        if not moved and marking:
            seen.stuck.append(marking)
        if len(seen.came_from) > limit:
            seen.gave_up = True
            return seen
    if not seen.doubled:
        _note_endless(seen, back)
        reached = reduce(or_, first, reached)
        seen.unreached = [edge for edge, bit in bits.items() if not reached & bit]
    return seen


def _successors(
    steps: list[_Step], inclusive: list[_Inclusive], marking: Marking
) -> Iterator[tuple[str, Marking, Marking]]:
    for step in steps:
        if marking & step.needs == step.needs:
            rest = 0 if step.clears else marking ^ step.needs
            yield step.node, rest, step.gives
    for node in inclusive:
        yield from node.steps(marking)


def _plain_steps(graph: Graph, bits: dict[int, Marking]) -> Iterator[_Step]:
    for node, kind in graph.kinds.items():
        into = [bits[edge] for edge in graph.incoming[node]]
        out = [bits[edge] for edge in graph.outgoing[node]]
        if kind is Kind.PARALLEL and into:
            yield _Step(node, sum(into), sum(out))
        elif kind in (Kind.EXCLUSIVE, Kind.END, Kind.TERMINATE):
            for edge in into:
                for way in out or [0]:
                    yield _Step(node, edge, way, clears=kind is Kind.TERMINATE)


def _inclusive_nodes(graph: Graph, bits: dict[int, Marking]) -> Iterator[_Inclusive]:
    for node, kind in graph.kinds.items():
        if kind is not Kind.INCLUSIVE:
            continue
        own = sum(bits[edge] for edge in graph.incoming[node])
        incoming = []
        for edge in graph.incoming[node]:
            behind = graph.edges_behind(edge, node) - {edge}
            incoming.append((bits[edge], sum(bits[each] for each in behind) & ~own))
        outgoing = tuple(bits[edge] for edge in graph.outgoing[node])
        yield _Inclusive(node, tuple(incoming), outgoing)


def _note_doubled(seen: Exploration, bits: dict[int, Marking], doubled: Doubled) -> None:
    if len(seen.doubled) < _MOST_DOUBLED:
        edge = next(edge for edge, bit in bits.items() if doubled.edge & bit)
        seen.doubled.append(Doubled(doubled.node, doubled.before, edge))


def _note_endless(seen: Exploration, back: dict[Marking, list[Marking]]) -> None:
    ending = {0}
    queue = [0]
    while queue:
        for marking in back[queue.pop()]:
            if marking not in ending:
                ending.add(marking)
                queue.append(marking)
    if not seen.stuck:
        seen.endless = next((each for each in seen.came_from if each not in ending), None)
