"""The interpreter: what a token does next, by the rules of BPMN 2.0.2, §13."""

from collections.abc import Mapping

from engine.model import Json
from tests.engine.bpmn.oracle import undoing
from tests.engine.bpmn.oracle.catching import (
    open_tree,
    throw,
    throw_signal,
    waited_for,
)
from tests.engine.bpmn.oracle.loops import begin_body, instance_done
from tests.engine.bpmn.oracle.nets import GATEWAYS, Flow, Many, Trigger, link_ends
from tests.engine.bpmn.oracle.state import (
    Case,
    Path,
    Place,
    Stuck,
    Tree,
    assign,
    place_of,
    siblings,
    tree_of,
    visible,
    withdraw,
)


def move(case: Case, path: Path) -> None:
    """Let the token at the end of *path*, which is ready, do its next step."""
    place = place_of(path)
    try:
        match place.phase:
            case "inside":
                _close(case, path)
            case "body":
                leave(case, path)
            case "undoing":
                _undo(case, path)
            case _:
                _go_on(case, path)
    except Stuck as stuck:
        _stop(place, stuck)


def complete(case: Case, path: Path, values: Mapping[str, Json]) -> None:
    """Let somebody outside finish what waits at the end of *path*."""
    try:
        leave(case, path, values)
    except Stuck as stuck:
        _stop(place_of(path), stuck)


def _stop(place: Place, stuck: Stuck) -> None:
    place.phase, place.step, place.via = "incident", stuck.step, stuck.kind


def _go_on(case: Case, path: Path) -> None:
    place = place_of(path)
    match place.step:
        case "flows":
            take_flows(case, path)
        case "begin" | "open":
            _begin(case, path)
        case "done":
            instance_done(case, path)
        case _:
            _arrive(case, path)


def _arrive(case: Case, path: Path) -> None:
    place, net = place_of(path), tree_of(path).net
    node = place.node
    if node.kind in GATEWAYS:
        _pass_gateway(case, path)
    elif node.kind == "start":
        take_flows(case, path)
    elif node.kind == "catch" and not _is_link(place):
        place.phase = "wait"
        place.armed = [case.watch(node)]
    elif node.kind in ("end", "throw", "catch"):
        _throw_or_end(case, path)
    else:
        nothing = node.loop is not None and begin_body(case, path)
        if not node.is_undo:
            place.armed = [case.watch(e) for e in waited_for(net.boundaries(node.id))]
        if node.loop is None:
            _begin(case, path)
        elif nothing:
            leave(case, path)


def _is_link(place: Place) -> bool:
    trigger = place.node.trigger
    return trigger is not None and trigger.kind == "link"


def _begin(case: Case, path: Path) -> None:
    """Begin an activity, or one instance of it."""
    place = place_of(path)
    node = place.node
    for name, formula in node.inputs:
        place.values[name] = formula.of(visible(path))
    if node.kind == "script":
        assert node.formula is not None
        value = node.formula.of(visible(path))
        if value is None:
            raise Stuck("script", "begin")
        leave(case, path, {node.result: value})
    elif node.net is not None:
        place.phase, place.tree = "inside", Tree(node.net)
        open_tree(case, place.tree)
    else:
        place.phase = "wait"


def _close(case: Case, path: Path) -> None:
    """Leave an activity whose inside has ended."""
    place = place_of(path)
    assert place.tree is not None
    values = place.tree.values
    if place.node.kind == "call" and not place.node.shares and not place.node.outputs:
        values = {}
    if place.node.kind == "eventsub":
        withdraw(path)
        return
    leave(case, path, values)


def leave(case: Case, path: Path, values: Mapping[str, Json] | None = None) -> None:
    """Complete the activity or event at the end of *path* with *values*."""
    place = place_of(path)
    place.armed = []
    if place.phase != "body":
        _give_out(path, values or {})
    around = path[-2]
    if isinstance(around, Place) and around.phase == "body":
        undoing.keep(path)
        instance_done(case, path)
        return
    if isinstance(around, Place):  # It compensates another.
        withdraw(path)
        return
    if place.phase == "body" and place.node.loop and place.values:
        assign(path[:-1], place.values)
    undoing.keep(path)
    place.tree, place.parts = None, []
    place.phase, place.step = "ready", "flows"
    take_flows(case, path)


def _give_out(path: Path, values: Mapping[str, Json]) -> None:
    place = place_of(path)
    if not place.node.outputs:
        assign(path, values)
        return
    place.values.update(values)
    seen = visible(path)
    given = {name: formula.of(seen) for name, formula in place.node.outputs}
    own = isinstance(path[-2], Place) and isinstance(place.node.loop, Many)
    assign(path if own else path[:-1], given)  # As Camunda 8 does.


def take_flows(case: Case, path: Path) -> None:
    """Leave along the flows that are to be taken."""
    flows = _choose(path)
    places = siblings(path)
    withdraw(path)
    net = tree_of(path).net
    places += [Place(case.uid(), net.nodes[flow.target], via=flow.id) for flow in flows]


def _choose(path: Path) -> list[Flow]:
    place, net = place_of(path), tree_of(path).net
    node, flows = place.node, net.out(place.node.id)
    if _is_link(place) and node.kind == "throw":
        return [flow for flow in link_ends(net) if flow.source == node.id]
    free = [flow for flow in flows if flow.condition is None and flow.id != node.default]
    asked = [flow for flow in flows if flow.condition is not None]
    if not asked:
        return [flow for flow in flows if flow in free or len(flows) == 1 or not free]
    seen, taken = visible(path), []
    for flow in asked:
        assert flow.condition is not None
        value = flow.condition.of(seen)
        if not isinstance(value, bool):
            raise Stuck("condition", "flows")
        if value:
            taken.append(flow)
            if node.kind == "xor":
                return taken
    if not taken:
        taken = [flow for flow in flows if flow.id == node.default]
    if not taken and not free:
        raise Stuck("no-flow", "flows")
    return [flow for flow in flows if flow in taken or flow in free]


def _pass_gateway(case: Case, path: Path) -> None:
    """Take in one token of each flow that has one, and go on."""
    place, tree = place_of(path), tree_of(path)
    if place.node.kind in ("and", "or"):
        here = [p for p in tree.places if p.node is place.node and p.phase == "ready"]
        for flow in {p.via for p in here if p.step == ""} - {place.via}:
            tree.places.remove(next(p for p in here if p.via == flow))
    if place.node.kind == "race":
        events = [tree.net.nodes[flow.target] for flow in tree.net.out(place.node.id)]
        place.phase, place.armed = "wait", [case.watch(event) for event in events]
        return
    place.step, place.via = "flows", ""
    take_flows(case, path)


def _throw_or_end(case: Case, path: Path) -> None:
    tree, trigger = tree_of(path), place_of(path).node.trigger
    kind = trigger.kind if trigger else ""
    if kind in ("compensation", "cancel"):
        undoing.begin(path)
    elif trigger and kind == "error":
        if not throw(case, path, kind, trigger.name, {}, own=False):
            raise Stuck("error", "")
        if len(path) == 2:
            case.ends.append(place_of(path).node.id)
    elif kind == "terminate":
        _reach_end(case, path)
        tree.places.clear()
        tree.armed.clear()
    else:
        _throw_on(case, path, trigger)


def _throw_on(case: Case, path: Path, trigger: Trigger | None) -> None:
    """Throw what does not stop the thrower: it has left before."""
    place, payload = place_of(path), {}
    if trigger and trigger.kind == "signal":
        payload = {n: formula.of(visible(path)) for n, formula in trigger.payload.items()}
    if place.node.kind == "end":
        _reach_end(case, path)
    else:
        place.step = "flows"
        take_flows(case, path)
    if trigger and trigger.kind == "signal":
        throw_signal(case, trigger.name, payload)
    if trigger and trigger.kind == "escalation":
        throw(case, path, trigger.kind, trigger.name, {}, own=False)


def _reach_end(case: Case, path: Path) -> None:
    if len(path) == 2:
        case.ends.append(place_of(path).node.id)
    withdraw(path)


def _undo(case: Case, path: Path) -> None:
    """Go on with compensating, or leave when all is done."""
    place = place_of(path)
    if undoing.go_on(case, path):
        return
    trigger = place.node.trigger
    assert trigger is not None
    if trigger.kind == "cancel":
        throw(case, path, "cancel", "", {}, own=False)
        return
    place.phase, place.step = "ready", "flows"
    if place.node.kind != "end":
        take_flows(case, path)
        return
    _reach_end(case, path)
