"""Events: who catches what is thrown, and what happens when one is caught."""

from collections.abc import Iterator, Mapping

from engine.model import Json
from tests.engine.bpmn.oracle.nets import Node
from tests.engine.bpmn.oracle.state import (
    Armed,
    Case,
    Path,
    Place,
    Tree,
    assign,
    place_of,
    siblings,
    visible,
    withdraw,
)

OUTSIDE = frozenset({"timer", "message", "signal", "conditional"})


def waited_for(events: list[Node]) -> list[Node]:
    """Return those of *events* that a token has to wait for."""
    return [event for event in events if event.trigger and event.trigger.kind in OUTSIDE]


def open_tree(case: Case, tree: Tree) -> None:
    """Begin a scope: its event sub-processes watch, and a token is at its start."""
    starts = [start for _, start in tree.net.event_subs()]
    tree.armed += [case.watch(start) for start in waited_for(starts)]
    tree.places.append(Place(case.uid(), tree.net.start))


def hand_over(path: Path, event: Node, values: Mapping[str, Json]) -> None:
    """Write what an event at the end of *path* brings."""
    place = place_of(path)
    if event.outputs:
        place.values.update(values)
        seen = visible(path)
        given = {name: formula.of(seen) for name, formula in event.outputs}
        assign(path[:-1], given)
    else:
        assign(path, values)


def catcher(path: Path, kind: str, code: str, *, own: bool) -> tuple[Path, Node] | None:
    """Return the scope or host that catches what is thrown, and by which event."""
    for end in range(len(path), 0, -1):
        part, here = path[end - 1], path[:end]
        if isinstance(part, Tree):
            within = path[end] if end < len(path) else None
            running = within.node if isinstance(within, Place) else None
            starts = [s for sub, s in part.net.event_subs() if sub is not running]
            found = _fitting([] if part.interrupted else starts, kind, code)
        elif (end < len(path) or own) and isinstance(path[end - 2], Tree):
            found = _fitting(path[end - 2].net.boundaries(part.node.id), kind, code)
        else:
            continue
        if found is not None:
            return here, found
    return None


def _fitting(events: list[Node], kind: str, code: str) -> Node | None:
    for wanted in (code, ""):
        for event in events:
            trigger = event.trigger
            if trigger and trigger.kind == kind and trigger.name == wanted:
                return event
    return None


def throw(
    case: Case, path: Path, kind: str, code: str, values: Mapping[str, Json], *, own: bool
) -> bool:
    """Let what is thrown at the end of *path* be caught; tell whether it was."""
    found = catcher(path, kind, code, own=own)
    if found is None:
        return False
    where, event = found
    caught(case, where, event, values)
    return True


def caught(case: Case, where: Path, event: Node, values: Mapping[str, Json]) -> None:
    """Go on from *event*, which the scope or activity at *where* has caught."""
    owner = where[-1]
    if isinstance(owner, Tree):
        _start_event_sub(case, where, owner, event, values)
    elif event.kind == "boundary":
        if event.interrupting:
            withdraw(where)
        _leave_event(case, siblings(where), where[:-1], event, values)
    else:
        withdraw(where)
        _leave_event(case, siblings(where), where[:-1], event, values)


def _leave_event(
    case: Case,
    places: list[Place],
    around: Path,
    event: Node,
    values: Mapping[str, Json],
) -> None:
    place = Place(case.uid(), event, step="flows")
    places.append(place)
    hand_over((*around, place), event, values)
    place.values.clear()


def _start_event_sub(
    case: Case, where: Path, tree: Tree, start: Node, values: Mapping[str, Json]
) -> None:
    sub = next(sub for sub, event in tree.net.event_subs() if event is start)
    if start.interrupting:
        tree.places.clear()
        tree.armed.clear()
        tree.interrupted = True
    place = Place(case.uid(), sub, step="open")
    tree.places.append(place)
    here = (*where, place)
    if start.outputs:
        seen = {**visible(here), **values}
        place.values |= {name: formula.of(seen) for name, formula in start.outputs}
    else:
        assign(here, values)


def happen(case: Case, where: Path, armed: Armed, values: Mapping[str, Json]) -> None:
    """Let an event that is waited for happen."""
    trigger = armed.event.trigger
    assert trigger is not None
    owner = where[-1]
    if trigger.kind == "timer":
        armed.left -= 1
        if armed.left <= 0:
            owner.armed.remove(armed)
    caught(case, where, armed.event, values)


def throw_signal(case: Case, name: str, values: Mapping[str, Json]) -> None:
    """Give a signal to all in the case that wait for it now."""
    case.signals.append((name, repr(sorted(values.items()))))
    case.pending += [
        (armed.uid, dict(values))
        for _, armed in case.watched()
        if armed.event.trigger
        and armed.event.trigger.kind == "signal"
        and armed.event.trigger.name == name
    ]


def conditions(case: Case) -> Iterator[tuple[Path, Armed, Json]]:
    """Yield each condition that is waited for, and what it gives now."""
    for where, armed in case.watched():
        trigger = armed.event.trigger
        if trigger is not None and trigger.condition is not None:
            yield where, armed, trigger.condition.of(visible(where))


def judge_conditions(case: Case) -> bool:
    """Let the conditions that have become true happen; tell whether any has."""
    for _, armed, value in conditions(case):
        once = armed.event.kind == "catch" or armed.event.interrupting
        if value is True and (once or not armed.seen):
            case.pending.append((armed.uid, {}))
        armed.seen = value is True
    return bool(case.pending)
