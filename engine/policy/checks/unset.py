"""Variables that are read before anything sets them, on some way or on every one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.bpmn import ElementInfo, ProcessInfo
from engine.feel import Expression
from engine.feel.shapes.needs import Need, needs_of
from engine.model import Finding, Sentence
from engine.policy.checks.names import FACTS, names_set
from engine.policy.parts import Parts
from engine.policy.shapes import variables_of
from engine.policy.ways import Missing, Ways
from engine.policy.ways.search import TooMany

MOST_PLACES = 5  #: Of a way that is told; the others are left out.
_LOCAL = frozenset({"loopCounter"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """An expression, and when it is evaluated."""

    process: ProcessInfo
    place: ElementInfo
    element: str  #: What the finding is about: the element, or a flow out of it.
    expression: Expression
    after: bool = False  #: Whether the element at the place is done by then.
    needed: bool = True  #: Whether a case stops where it is null.


def unset_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each variable that may be missing where it is needed."""
    if parts.definitions is None:
        return
    ways = Ways(parts.processes, parts.forms, _started(parts), variables_of(parts))
    known = names_set(parts) - FACTS.keys() - _LOCAL
    for asked in _everything_asked(parts):
        local = _local_names(asked.place, asked.process)
        told: set[str] = set()
        for need in needs_of(asked.expression.tree) if asked.needed else ():
            if need.name in known - local - told:
                way = _way_without(ways, asked, need)
                if way is not None:
                    told.add(need.name)
                    yield _finding(parts, asked, need.name, way)
        names = asked.expression.reads & known - local - told
        yield from _too_early(ways, asked, names)


def _started(parts: Parts) -> set[str]:
    """Return the processes that begin without being called."""
    settings = parts.settings
    by_policy = {start.process for start in settings.starts} if settings else set()
    by_event = {
        process.id
        for process in parts.processes.values()
        if any(start.kind != "none" for start in process.starts)
    }
    return by_policy | by_event


def _everything_asked(parts: Parts) -> Iterator[_Asked]:
    for process in parts.processes.values():
        for flow in process.flows.values():
            source = process.elements.get(flow.source)
            if flow.test and flow.test.expression and source:
                yield _Asked(process, source, flow.id, flow.test.expression, after=True)
        for element in process.elements.values():
            for each in element.expressions:
                if not each.place.startswith(_AFTERWARDS):
                    needed = each.place in _NEEDED
                    yield _Asked(
                        process, element, element.id, each.expression, needed=needed
                    )


#: Where a case stops when the expression is null.
_NEEDED = ("script", "correlationKey", "timer", "inputCollection", "loopCardinality")
#: Where expressions are evaluated when the element is done, or while it is.
_AFTERWARDS = ("output", "completionCondition", "condition", "loopCondition")


def _local_names(element: ElementInfo, process: ProcessInfo) -> frozenset[str]:
    """Return the variables that belong to *element*, or to what it lies in."""
    names: set[str] = set()
    place: ElementInfo | None = element
    while place is not None:
        names |= {mapping.target[0] for mapping in place.inputs}
        if place.loop is not None and place.loop.item:
            names.add(place.loop.item)
        place = process.elements.get(place.scope or "")
    return frozenset(names)


def _way_without(ways: Ways, asked: _Asked, need: Need) -> Missing | None:
    """Return a way on which *need* is not met; None where none is certain."""
    try:
        for missing in ways.without(
            asked.process.id, asked.place.id, need.name, after=asked.after
        ):
            if ways.possible(missing.demands, need.when, need.name):
                return missing
    except TooMany:
        return None
    return None


def _too_early(ways: Ways, asked: _Asked, names: Collection[str]) -> Iterator[Finding]:
    """Yield the variables that only later elements of the same process set."""
    for name in sorted(names):
        setters = ways.setters(name)
        graph = ways.graphs[asked.process.id]
        if asked.place.id in graph.strange or not setters:
            continue
        later = graph.behind(asked.place.id)
        if all(
            where is graph
            and place in later
            and place != asked.place.id
            and asked.place.id not in graph.behind(place)
            for where, place in setters
        ):
            yield _early(asked, name, setters[0][1])


def _early(asked: _Asked, name: str, setter: str) -> Finding:
    element = asked.process.elements[setter]
    return Finding(
        asked.process.file,
        asked.element,
        "variable-unset",
        Sentence(
            "The expression {expression} reads {name}, which only {place} sets, later on.",
            {
                "expression": asked.expression.source.strip(),
                "name": name,
                "place": element.name or element.id,
            },
        ),
        _REMEDY,
        "warning",
    )


def _finding(parts: Parts, asked: _Asked, name: str, way: Missing) -> Finding:
    return Finding(
        asked.process.file,
        asked.element,
        "variable-unset",
        Sentence(
            "The expression {expression} needs {name}, which has no value yet on the way "
            "{way}.",
            {
                "expression": asked.expression.source.strip(),
                "name": name,
                "way": _told(parts, (*way.places, asked.place.id)),
            },
        ),
        _REMEDY,
        "warning",
    )


def _told(parts: Parts, places: tuple[str, ...]) -> str:
    """Return the named elements of a way, the last few of them."""
    names = {
        element.id: element.name or element.id
        for process in parts.processes.values()
        for element in process.elements.values()
        if element.name or element.id == places[-1]
    }
    shown = [names[place] for place in places if place in names]
    if len(shown) > MOST_PLACES:
        shown = [shown[0], "…", *shown[1 - MOST_PLACES :]]
    return " → ".join(shown)


_REMEDY = Sentence(
    "Set it before, make its field required, or ask first whether it is null: "
    "name != null and …."
)
