"""Plays nets: from a configuration to all those that a step may come to rest in.

Where BPMN leaves the order open, every order is tried. What waits is named by the
element and by what is visible there, so that local scopes are compared too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.model import Json
from tests.engine.bpmn.oracle.catching import happen, judge_conditions, open_tree, throw
from tests.engine.bpmn.oracle.joins import inclusive_is_ready, parallel_is_ready
from tests.engine.bpmn.oracle.nets import Again, Formula, Many, Net, Node
from tests.engine.bpmn.oracle.state import (
    Armed,
    Case,
    Path,
    Place,
    Tree,
    freeze,
    place_of,
    tree_of,
    visible,
)
from tests.engine.bpmn.oracle.steps import complete, move

MOST_CASES = 200  #: Configurations that a step may run through.
MOST_MOVES = 150  #: Moves of one step; more is an endless loop.


class TooMany(Exception):
    """A step has more orders than are worth trying."""


@dataclass(frozen=True, order=True)
class Label:
    """Something that waits."""

    kind: str
    element: str
    seen: str


@dataclass(frozen=True)
class Sight:
    """What can be seen of a case from outside."""

    waiting: tuple[Label, ...]
    variables: str
    ended: bool
    ends: tuple[str, ...]
    incidents: tuple[tuple[str, str], ...]
    signals: tuple[tuple[str, str], ...]


def begin(net: Net, values: Mapping[str, Json]) -> list[Case]:
    """Start the process *net*; return where it may come to rest."""
    case = Case(Tree(net, dict(values)))
    open_tree(case, case.root)
    return settle([case])


def settle(cases: Iterable[Case]) -> list[Case]:
    """Let everything run that can; return the configurations at rest."""
    todo, seen, rest = list(cases), set(), {}
    while todo:
        case = todo.pop()
        options = _options(case)
        if not options:
            if case.ended:
                case.root.armed.clear()
            rest[case.key] = case
            continue
        for option in options:
            after = case if len(options) == 1 else case.clone()
            _take(after, option)
            if len(options) > 1:
                key = after.key
                if key in seen:
                    continue
                seen.add(key)
                if len(seen) > MOST_CASES:
                    raise TooMany
            todo.append(after)
    return list(rest.values())


def _options(case: Case) -> list[int]:
    """Return the uids of what may move next; one if the order cannot matter."""
    if case.pending:
        return _rivals(case)
    ready, joins = [], []
    for path in case.walk():
        place = place_of(path)
        if not _can_move(path, place):
            continue
        if place.node.kind == "or" and place.step == "" and _is_join(path):
            joins.append(path)
        elif is_quiet(place, tree_of(path)):
            return [place.uid]
        else:
            ready.append(place.uid)
    if ready or case.ended:
        places = [place_of(path) for path in case.walk()]
        moving = [place for place in places if place.uid in ready]
        return ready[:1] if all(_only_reads(place) for place in moving) else ready
    if judge_conditions(case):
        return _options(case)
    first = {id(tree_of(p)) * 1000003 + id(place_of(p).node): p for p in joins}
    return [
        place_of(path).uid
        for path in first.values()
        if inclusive_is_ready(tree_of(path), place_of(path))
    ]


def _rivals(case: Case) -> list[int]:
    """Return events that happen now of which one may prevent the other.

    They are those that one scope or one activity waits for. The order of others cannot
    matter: what they begin runs later, and is withdrawn with what is around it. Only
    what a signal brings is written at once, and stays.
    """
    if any(values for _, values in case.pending):
        return [uid for uid, _ in case.pending]
    owners = {armed.uid: where[-1] for where, armed in case.watched()}
    first = owners.get(case.pending[0][0])
    return [uid for uid, _ in case.pending if owners.get(uid) is first]


def _is_join(path: Path) -> bool:
    return len(tree_of(path).net.into(place_of(path).node.id)) > 1


def _can_move(path: Path, place: Place) -> bool:
    match place.phase:
        case "ready":
            if place.node.kind == "and" and place.step == "":
                return parallel_is_ready(tree_of(path), place)
            return True
        case "inside":
            return place.tree is not None and not place.tree.places
        case "body" | "undoing":
            return not place.parts
    return False


def is_quiet(place: Place, tree: Tree) -> bool:
    """Tell whether the next step of *place* cannot matter to any other token."""
    node, net = place.node, tree.net
    if place.phase in ("inside", "body"):
        return _closes_quietly(place)
    if place.phase != "ready":
        return False
    if place.step in ("begin", "open"):
        starts = node.net.event_subs() if node.net else []
        plain = node.kind != "script" and all(f.is_fixed for _, f in node.inputs)
        return plain and not any(_listens(start) for _, start in starts)
    if not all(_fixed(flow.condition) for flow in net.out(node.id)):
        return False
    if place.step == "flows" or node.kind in ("start", "xor", "or", "and"):
        return True
    if node.kind == "end":
        return node.trigger is None and not net.is_process
    if node.kind == "race":
        return not any(_listens(net.nodes[f.target]) for f in net.out(node.id))
    if node.kind in ("user", "job", "sub"):
        inner = node.net.event_subs() if node.net else []
        return (
            not node.loop
            and all(formula.is_fixed for _, formula in node.inputs)
            and not any(_listens(event) for event in net.boundaries(node.id))
            and not any(_listens(start) for _, start in inner)
        )
    return False


def _only_reads(place: Place) -> bool:
    """Tell whether the place begins to wait, and changes what it alone can see."""
    return place.step == "begin" and place.node.kind in ("user", "job")


def _closes_quietly(place: Place) -> bool:
    node, loop = place.node, place.node.loop
    records = place.records or (place.tree and place.tree.records)
    told = (isinstance(loop, Many) and (loop.until or loop.gather)) or isinstance(
        loop, Again
    )
    given = node.outputs or (node.kind == "call" and node.shares)
    return not (records or told or given or node.undo) and node.kind != "eventsub"


def _fixed(formula: Formula | None) -> bool:
    return formula is None or formula.is_fixed


def _listens(event: Node) -> bool:
    return event.trigger is not None and event.trigger.kind in ("signal", "conditional")


def _take(case: Case, option: int) -> None:
    for number, (uid, values) in enumerate(case.pending):
        if uid == option:
            del case.pending[number]
            _let_happen(case, uid, values)
            return
    case.moves += 1
    if case.moves > MOST_MOVES:
        raise TooMany
    move(case, case.path(option))


def sight(case: Case) -> Sight:
    """Return what can be seen of *case*."""
    stuck = [place_of(path) for path in case.walk()]
    return Sight(
        tuple(sorted(label for label, _, _ in waiting(case))),
        freeze(case.root.values),
        case.ended,
        tuple(sorted(case.ends)),
        tuple(sorted((p.node.id, p.via) for p in stuck if p.phase == "incident")),
        tuple(sorted(case.signals)),
    )


def waiting(
    case: Case, element: str | None = None
) -> Iterator[tuple[Label, Path, Armed | None]]:
    """Yield what waits for something outside, or only what does so at *element*."""
    for path in case.walk():
        place = place_of(path)
        kind = place.node.kind
        if place.phase != "wait" or element not in (None, place.node.id):
            continue
        if kind in ("user", "job"):
            yield Label(kind, place.node.id, freeze(visible(path))), path, None
    for path, armed in case.watched():
        trigger = armed.event.trigger
        if trigger is None or element not in (None, armed.event.id):
            continue
        if trigger.kind != "conditional":
            seen = freeze(visible(path))
            yield Label(trigger.kind, armed.event.id, seen), path, armed


def after(
    cases: list[Case],
    label: Label,
    values: Mapping[str, Json],
    error: str | None = None,
) -> list[Case]:
    """Let what *label* names happen wherever it can; return where that may lead."""
    moved = []
    for case in cases:
        for found, path, armed in waiting(case, label.element):
            if found == label:
                new = _next(case)
                if armed is not None:
                    _let_happen(new, armed.uid, values)
                else:
                    place = new.path(place_of(path).uid)
                    _finish(new, place, values, error)
                moved.append(new)
    return settle(moved)


def _next(case: Case) -> Case:
    """Return a copy of *case* for the next step."""
    new = case.clone()
    new.ends, new.signals, new.moves = [], [], 0
    return new


def _finish(case: Case, path: Path, values: Mapping[str, Json], error: str | None) -> None:
    if error is None:
        complete(case, path, values)
    else:
        throw(case, path, "error", error, values, own=True)


def _let_happen(case: Case, uid: int, values: Mapping[str, Json]) -> None:
    """Let the event happen that is waited for under *uid*, if it still is."""
    for where, armed in case.watched():
        if armed.uid == uid:
            happen(case, where, armed, values)
            return


def corrected(cases: list[Case], values: Mapping[str, Json]) -> list[Case]:
    """Set variables of the process."""
    moved = []
    for case in cases:
        new = _next(case)
        new.root.values.update(values)
        moved.append(new)
    return settle(moved)


def retried(cases: list[Case], element: str) -> list[Case]:
    """Go on at an incident at *element*, whichever it is."""
    moved = []
    for case in cases:
        for path in case.walk():
            place = place_of(path)
            if place.phase == "incident" and place.node.id == element:
                new = _next(case)
                stuck = place_of(new.path(place.uid))
                stuck.phase, stuck.via = "ready", ""
                moved.append(new)
    return settle(moved)
