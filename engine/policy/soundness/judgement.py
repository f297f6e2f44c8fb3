"""Says in words what is unsound about the flow of a diagram, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.model import Finding, Sentence, Severity
from engine.policy.soundness.exploration import Doubled, Exploration, explore
from engine.policy.soundness.graph import Graph, Kind
from engine.policy.soundness.naming import Names
from engine.policy.soundness.reading import read_graph, scopes
from engine.policy.soundness.reduction import reduce

_STATES_FOR_WORDS = 20_000  #: The unreduced graph is searched this far for better words.
_MOST_OF_A_KIND = 3
_MOST_NAMES = 5


def judge_flow(file: str, root: etree._Element) -> list[Finding]:
    """Return what is unsound in the processes and sub-processes of a BPMN file."""
    names = Names(root)
    return [finding for scope in scopes(root) for finding in _judge(file, scope, names)]


def _judge(file: str, scope: etree._Element, names: Names) -> Iterator[Finding]:
    whole = read_graph(scope)
    if Kind.START not in whole.kinds.values():
        return  # A scope without a start is refused for that.
    small = whole.copy()
    reduce(small)
    seen = explore(small)
    if seen.is_sound:
        return
    closer = explore(whole, _STATES_FOR_WORDS)
    if not closer.gave_up:
        seen = closer
    words = _Words(file, scope.get("id", ""), seen, names)
    yield from words.all()


@dataclass(frozen=True, slots=True)
class _Words:
    file: str
    scope: str
    seen: Exploration
    names: Names

    @property
    def graph(self) -> Graph:
        return self.seen.graph

    def all(self) -> Iterator[Finding]:
        yield from self._doubled()
        yield from self._stuck()
        if self.seen.endless:
            yield self._endless()
        unreached = self._unreached_elements()
        if unreached:
            yield self._unreached(unreached)
        if self.seen.gave_up and not (self.seen.doubled or self.seen.stuck):
            yield self._gave_up()

    def _doubled(self) -> Iterator[Finding]:
        told: set[str] = set()
        for doubled in self.seen.doubled:
            merge, fork = self.graph.owners[doubled.node], self._fork(doubled)
            cause = fork or merge  # Behind one fork everything happens twice: told once.
            if cause not in told and len(told) < _MOST_OF_A_KIND:
                told.add(cause)
                yield self._doubled_at(merge, fork)

    def _doubled_at(self, merge: str, fork: str | None) -> Finding:
        if fork is None:
            what = Sentence(
                "A case can come to {place} again while it is still on its way there, "
                "so that what follows happens more than once.",
                {"place": self.names.of(merge)},
            )
        else:
            what = Sentence(
                "After {fork} several paths run at the same time, and {place} lets each "
                "of them through by itself, so that what follows happens more than once.",
                {"fork": self.names.of(fork), "place": self.names.of(merge)},
            )
        remedy = Sentence(
            "Bring the paths together with a parallel gateway before {place}, or let "
            "only one of them run.",
            {"place": self.names.of(merge)},
        )
        return self._finding(merge, "flow-happens-twice", what, remedy)

    def _fork(self, doubled: Doubled) -> str | None:
        """Return the nearest fork that two ways lead from to where they collide."""
        for node in [doubled.node, *self.seen.trail(doubled.before)]:
            if self.graph.kinds[node] in (Kind.PARALLEL, Kind.INCLUSIVE):
                ways = [
                    edge
                    for edge in self.graph.outgoing[node]
                    if doubled.node
                    in map(self.graph.target, self.graph.edges_ahead(edge, node))
                ]
                if len(ways) > 1:
                    return self.graph.owners[node]
        return None

    def _stuck(self) -> Iterator[Finding]:
        told: set[str] = set()
        for marking in self.seen.stuck:
            tokens = set(self.seen.edges_in(marking))
            for join in sorted({self.graph.target(edge) for edge in tokens}):
                place = self.graph.owners[join]
                if place not in told and len(told) < _MOST_OF_A_KIND:
                    told.add(place)
                    yield self._stuck_at(join, tokens, self.seen.trail(marking))

    def _stuck_at(self, join: str, tokens: set[int], trail: list[str]) -> Finding:
        place = self.names.of(self.graph.owners[join])
        choice = self._choice(join, set(self.graph.incoming[join]) - tokens, trail)
        if choice is None:
            what = Sentence(
                "{place} waits for all its incoming paths, but they cannot all come, so "
                "that the case stands still there for ever.",
                {"place": place},
            )
        else:
            what = Sentence(
                "{place} waits for all its incoming paths, but after {choice} only one "
                "of them is taken, so that the case stands still there for ever.",
                {"place": place, "choice": self.names.of(choice)},
            )
        remedy = Sentence(
            "Make {place} an exclusive gateway if only one path comes, or let all of "
            "them run.",
            {"place": place},
        )
        return self._finding(self.graph.owners[join], "flow-stands-still", what, remedy)

    def _choice(self, join: str, missing: set[int], trail: list[str]) -> str | None:
        """Return the latest choice at which the way to what is missing was not taken."""
        for node in trail:
            ways = self.graph.outgoing[node]
            is_choice = self.graph.kinds[node] in (Kind.EXCLUSIVE, Kind.INCLUSIVE)
            if is_choice and len(ways) > 1:
                for way in ways:
                    if missing & self.graph.edges_ahead(way, join):
                        return self.graph.owners[node]
        return None

    def _endless(self) -> Finding:
        edges = self.seen.edges_in(self.seen.endless or 0)
        place = self.graph.owners[self.graph.target(edges[0])]
        return self._finding(
            place,
            "flow-never-ends",
            Sentence(
                "Once a case has come to {place}, no way leads to an end any more.",
                {"place": self.names.of(place)},
            ),
            Sentence("Draw a way out of the loop that leads to an end event."),
        )

    def _unreached_elements(self) -> list[str]:
        """Return what nothing leads to; without other faults, also what nobody takes."""
        if self.seen.doubled or self.seen.stuck or self.seen.endless or self.seen.gave_up:
            dark = set(self.graph.edges) - self._led_to()
        else:
            dark = set(self.seen.unreached)
        found = [
            self.graph.owners[node]
            for node, kind in self.graph.kinds.items()
            if kind is not Kind.START and dark.issuperset(self.graph.incoming[node])
        ]
        return list(dict.fromkeys(found))

    def _led_to(self) -> set[int]:
        return {
            edge
            for node, kind in self.graph.kinds.items()
            if kind is Kind.START
            for first in self.graph.outgoing[node]
            for edge in self.graph.edges_ahead(first, around=node)
        }

    def _unreached(self, elements: list[str]) -> Finding:
        named = [self.names.of(element) for element in elements[:_MOST_NAMES]]
        return self._finding(
            elements[0],
            "flow-unreachable",
            Sentence(
                "No case ever comes to {places}.",
                {"places": _joined(named)},
            ),
            Sentence("Draw a flow that leads there, or take it out."),
            "warning",
        )

    def _gave_up(self) -> Finding:
        return self._finding(
            self.scope,
            "flow-too-entangled",
            Sentence(
                "The flow is so entangled that {count} states were not enough to judge it.",
                {"count": len(self.seen.came_from)},
            ),
            Sentence("Move parts that belong together into sub-processes."),
            "warning",
        )

    def _finding(
        self,
        element: str,
        rule: str,
        what: Sentence,
        remedy: Sentence,
        severity: Severity = "error",
    ) -> Finding:
        return Finding(self.file, element, rule, what, remedy, severity)


def _joined(named: list[str | Sentence]) -> str | Sentence:
    """Return the names one after the other, as one value of a sentence."""
    joined = named[0]
    for each in named[1:]:
        joined = Sentence("{first}, {second}", {"first": joined, "second": each})
    return joined
