"""Whether tokens may stand somewhere: whether the diagram alone can bring them there.

From a marking that a sound diagram reaches it always comes to its end. So whoever moves a
token by hand makes nothing worse where the marking after the move is one of those.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod

from engine.bpmn import Place
from engine.markup import parse_xml
from engine.policy.soundness.exploration import Exploration, edge_bits, explore
from engine.policy.soundness.graph import Graph
from engine.policy.soundness.reading import read_graph, scopes

_STATES = 20_000  #: Markings that are looked at before the search gives up.
_MOST_WAYS = 5_000  #: Of distributing tokens over edges, where several could be meant.


def may_stand(diagram: bytes, scope: str, places: Sequence[Place]) -> bool:
    """Tell whether tokens can come to stand at all of *places* at the same time.

    Args:
        diagram: The BPMN file.
        scope: Id of the process or sub-process in it that all tokens are in.
        places: Where the tokens shall be; no further ones are in the scope.

    Returns:
        False too where the search gave up, or the diagram is not sound by itself.
    """
    model = _model(diagram, scope)
    if model is None:
        return False
    seen, bits = model
    ways = [[bits[edge] for edge in _edges(seen.graph, place)] for place in places]
    if prod(map(len, ways)) > _MOST_WAYS:
        return False
    return any(marking in seen.came_from for marking in _markings(ways))


def comes_before(diagram: bytes, scope: str, first: str, then: str) -> bool:
    """Tell whether a way through the diagram leads from element *first* to *then*."""
    model = _model(diagram, scope)
    if model is None or then not in model[0].graph.kinds:
        return False
    graph = model[0].graph
    ahead: set[int] = set()
    for edge in graph.outgoing.get(first, ()):
        ahead |= graph.edges_ahead(edge, then)
    return any(graph.target(edge) == then for edge in ahead)


@lru_cache(maxsize=256)
def _model(diagram: bytes, scope: str) -> tuple[Exploration, dict[int, int]] | None:
    for element in scopes(parse_xml(diagram)):
        if element.get("id") == scope:
            graph = read_graph(element)
            seen = explore(graph, _STATES)
            faulty = seen.doubled or seen.stuck or seen.endless or seen.gave_up
            return None if faulty else (seen, edge_bits(graph))
    return None


def _edges(graph: Graph, place: Place) -> list[int]:
    """Return the edges that a token at *place* may be meant to be on."""
    if place.element not in graph.kinds:
        return []
    into = graph.incoming[place.element]
    if place.source is not None:  # It waits at a join for others.
        return [edge for edge in into if graph.owners[graph.source(edge)] == place.source]
    inside = [edge for edge, passed in graph.passes.items() if place.element in passed]
    return list(into) if place.is_new else [*into, *inside]


def _markings(ways: Sequence[Sequence[int]]) -> Iterator[int]:
    for way in product(*ways):
        if len(set(way)) == len(way):
            yield sum(way)
