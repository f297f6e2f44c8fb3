"""Looks for ways on which a case comes to a place before a variable has a value."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.bpmn import ElementInfo, ProcessInfo
from engine.feel.shapes.demands import Demand, Demands, agree
from engine.feel.values.kinds import FeelValue
from engine.forms import Form
from engine.policy.shapes import Variables
from engine.policy.ways.graph import Edge, Graph, begun, exit_of, graph_of
from engine.policy.ways.writes import Writes, writes_of

MOST_STATES = 1000  #: Of one search; beyond them nothing is told.
MOST_IN_ALL = 40_000  #: Of all searches in a policy.
MOST_ARRIVALS = 24  #: Ways into a called process that are told apart.
_NOTHING = Writes()


@dataclass(frozen=True, slots=True)
class Missing:
    """A way on which a variable has no value."""

    places: tuple[str, ...]  #: The ids of the elements on the way.
    demands: frozenset[Demand]  #: What holds of other variables there.


class TooMany(Exception):
    """There are more ways than can be looked at."""


class Ways:
    """The ways through all processes of a policy.

    Args:
        processes: The processes by id.
        forms: The forms by id.
        started: The ids of the processes that begin by themselves.
        variables: What is known of the values of variables.
    """

    def __init__(
        self,
        processes: Mapping[str, ProcessInfo],
        forms: Mapping[str, Form],
        started: Iterable[str],
        variables: Variables,
    ) -> None:
        self._variables, self._states = variables, 0
        self.graphs = {key: graph_of(process) for key, process in processes.items()}
        self._started = frozenset(started)
        self._own = {
            element.id: writes_of(element, forms)
            for process in processes.values()
            for element in process.elements.values()
        }
        self._all: dict[str, Writes] = {}
        self._calls: dict[str, list[ElementInfo]] = defaultdict(list)
        for process in processes.values():
            for element in process.elements.values():
                if element.called_process in self.graphs:
                    self._calls[element.called_process or ""].append(element)
        self._arrivals: dict[tuple[str, str], list[Missing]] = {}

    # What is set

    def names_in(self, process_id: str) -> frozenset[str]:
        """Return what *process_id* and all that it calls may set."""
        found: set[str] = set()
        open_, seen = [process_id], set[str]()
        while open_:
            graph = self.graphs.get(open_.pop())
            if graph is None or graph.process.id in seen:
                continue
            seen.add(graph.process.id)
            for element in graph.process.elements.values():
                found |= self._own[element.id].names
                if element.called_process:
                    open_.append(element.called_process)
        return frozenset(found)

    def writes(self, element: ElementInfo) -> Writes:
        """Return what *element* sets, with all that a process sets that it calls."""
        if element.id not in self._all:
            own = self._own[element.id]
            if element.called_process and not element.outputs:
                own = Writes(own.names | self.names_in(element.called_process), own.unset)
            self._all[element.id] = own
        return self._all[element.id]

    def setters(self, name: str) -> list[tuple[Graph, str]]:
        """Return the places where *name* may be set."""
        return [
            (graph, element.id)
            for graph in self.graphs.values()
            for element in graph.process.elements.values()
            if name in self.writes(element).names
        ]

    # What is not

    def possible(self, held: Collection[Demand], more: Demands, name: str) -> bool:
        """Tell whether *more* may hold besides what is *held*, while *name* is null."""
        if not agree(more, held) or any(_asks_for(name, each) for each in more):
            return False
        asked = {demand.subject for demand in more if demand.operator == "!="}
        if not asked:
            return True
        excluded: dict[str, set[FeelValue]] = defaultdict(set)
        for demand in (*held, *more):
            plain = isinstance(demand.value, str | bool | Decimal)
            if plain and demand.operator == "!=" and demand.subject in asked:
                excluded[demand.subject].add(demand.value)
        return not any(
            self._is_every_value(subject, values) for subject, values in excluded.items()
        )

    def _is_every_value(self, subject: str, values: set[FeelValue]) -> bool:
        shape = self._variables.at(tuple(subject.split(".")))
        if shape.only("boolean"):
            return values >= {True, False}
        plain = shape.only("string", "number") and shape.values is not None
        return plain and values >= (shape.values or set())

    def without(
        self, process_id: str, place: str, name: str, *, after: bool = False
    ) -> Iterator[Missing]:
        """Yield ways to *place* on which *name* has no value yet, as far as is certain.

        Args:
            process_id: The process.
            place: The id of an element in it.
            name: The variable.
            after: Whether the element is done, instead of being reached only.

        Raises:
            TooMany: If there are too many ways.
        """
        graph = self.graphs[process_id]
        if place in graph.strange or not self._is_open(graph, place, name):
            return
        found: set[frozenset[Demand]] = set()
        for arrival in self._ways_into(process_id, name):
            for missing in self._search(graph, arrival, place, name):
                ends = (
                    self._left(graph, place, missing.demands, name)
                    if after
                    else (missing.demands,)
                )
                for demands in ends:
                    if demands not in found:
                        found.add(demands)
                        yield Missing(missing.places, demands)

    def _is_open(self, graph: Graph, goal: str, name: str) -> bool:
        """Tell whether any way leads to *goal* past all that surely sets *name*."""
        seen: set[str] = set()
        todo = list(graph.starts)
        while todo:
            place = todo.pop()
            if place == goal:
                return True
            if place in seen:
                continue
            seen.add(place)
            todo += [edge.target for edge in graph.edges[begun(place)]]
            element = graph.element(place)
            if element is None or name not in self.writes(element).surely:
                todo += [edge.target for edge in graph.edges[place]]
        return False

    def _ways_into(self, process_id: str, name: str) -> list[Missing]:
        """Return the ways on which the process begins without *name*."""
        key = process_id, name
        if key not in self._arrivals:
            self._arrivals[key] = []  # Calls in a circle bring nothing new.
            arrivals = list(self._calls_without(process_id, name))
            if process_id in self._started:
                arrivals.insert(0, Missing((), frozenset()))
            if len(arrivals) > MOST_ARRIVALS:
                raise TooMany
            self._arrivals[key] = arrivals
        return self._arrivals[key]

    def _calls_without(self, process_id: str, name: str) -> Iterator[Missing]:
        for call in self._calls[process_id]:
            given = {mapping.target[0] for mapping in call.inputs}
            if name in given or name == (call.loop.item if call.loop else None):
                continue
            if call.call is not None and not call.call.all_in:
                yield Missing((call.id,), frozenset())
                continue
            for missing in self.without(call.process_id, call.id, name):
                kept = (each for each in missing.demands if each.roots.isdisjoint(given))
                yield Missing((*missing.places, call.id), frozenset(kept))

    def _search(
        self, graph: Graph, arrival: Missing, goal: str, name: str
    ) -> Iterator[Missing]:
        begin = [
            (start, arrival.demands, arrival.places)
            for start in graph.starts
            if not arrival.places or graph.process.elements[start].event.kind == "none"
        ]
        todo = list(begin)
        seen = {(place, demands) for place, demands, _ in begin}
        while todo:
            place, demands, places = todo.pop()  # Depth first: a way is found soon.
            if place == goal:
                yield Missing(places, demands)
            self._states += 1
            if len(seen) > MOST_STATES or self._states > MOST_IN_ALL:
                raise TooMany
            for edge, after in self._steps(graph, place, demands, name):
                state = edge.target, after
                if state not in seen:
                    seen.add(state)
                    todo.append((edge.target, after, (*places, place)))

    def _steps(
        self, graph: Graph, place: str, demands: frozenset[Demand], name: str
    ) -> Iterator[tuple[Edge, frozenset[Demand]]]:
        """Yield the steps from *place* on which *name* stays without a value."""
        for edge in graph.edges[begun(place)]:
            yield edge, demands
        for left in self._left(graph, place, demands, name):
            for edge in graph.edges[place]:
                for when in edge.when:
                    if self.possible(left, when, name):
                        yield edge, left | frozenset(when)

    def _left(
        self, graph: Graph, place: str, demands: frozenset[Demand], name: str
    ) -> Iterator[frozenset[Demand]]:
        """Yield what holds when *place* is left while *name* has no value."""
        if place in graph.joins and self._may_be_set_beside(graph, place, name):
            return
        element = graph.element(place)
        writes = self.writes(element) if element else _NOTHING
        ways = writes.unset.get(name, ()) if name in writes.names else ((),)
        kept = [each for each in demands if each.roots.isdisjoint(writes.names)]
        for way in ways:
            if self.possible(kept, way, name):
                yield frozenset((*kept, *way))

    def _may_be_set_beside(self, graph: Graph, join: str, name: str) -> bool:
        """Tell whether another way that meets here may have set *name*."""
        if len(graph.sources[join]) < 2:
            return False
        return any(
            name in self.writes(element).names
            for place, element in graph.process.elements.items()
            if place != join
            and join in graph.behind(exit_of(element))
            and not self._is_before_fork(graph, place, join)
        )

    def _is_before_fork(self, graph: Graph, place: str, join: str) -> bool:
        """Tell whether every way that meets at *join* may have come through *place*."""
        return all(
            source == place or source in graph.behind(place)
            for source in graph.sources[join]
        )


def _asks_for(name: str, demand: Demand) -> bool:
    """Tell whether *demand* holds only where the variable *name* has a value."""
    if demand.subject.split(".")[0] != name:
        return False
    return (demand.value is None) is (demand.operator == "!=")
