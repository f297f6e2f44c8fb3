"""Gives every node its column: left to right by the longest way from a start."""

from engine.diagram.layout.scene import Flow, Node, Scene

DEFAULT_FLOW = 2.5  #: How many steps a detour needs to be the main path nevertheless.
Next = dict[str, list[str]]


def assign_columns(scene: Scene) -> None:
    """Set the columns of the nodes, and mark flows back and the main path."""
    steps = [flow for flow in scene.flows if flow.kind == "sequence"]
    ids = [id_ for id_, node in scene.nodes.items() if node.kind not in _BESIDE]
    _mark_returns(ids, steps)
    onward = [flow for flow in steps if not flow.back]
    columns = _longest_ways(ids, onward)
    _draw_together(columns, onward)
    for id_ in ids:
        scene.nodes[id_].column = columns[id_]
    _mark_main_path(scene, ids, onward)
    _place_remarks(scene)


_BESIDE = frozenset({"textAnnotation", "dataObjectReference", "dataStoreReference"})


def _mark_returns(ids: list[str], flows: list[Flow]) -> None:
    """Mark the flows that close a loop: those into the step of it that comes first.

    Within each knot of steps that reach each other the one nearest to a start is the
    head; the knots left without the flows into the heads are treated likewise.
    """
    distance = _distances(ids, flows)
    order = {id_: n for n, id_ in enumerate(ids)}
    while True:
        onward = [flow for flow in flows if not flow.back]
        knots = [knot for knot in _knots(ids, onward) if _is_looped(knot, onward)]
        if not knots:
            return
        for knot in knots:
            head = min(knot, key=lambda id_: (distance[id_], order[id_]))
            for flow in onward:
                if flow.target == head and flow.source in knot:
                    flow.back = True


def _is_looped(knot: set[str], flows: list[Flow]) -> bool:
    if len(knot) > 1:
        return True
    return any(flow.source == flow.target and flow.source in knot for flow in flows)


def _distances(ids: list[str], flows: list[Flow]) -> dict[str, int]:
    """Return how many flows each step is away from a start."""
    entered = {flow.target for flow in flows if flow.target != flow.source}
    distance = {id_: 0 for id_ in ids if id_ not in entered}
    waiting = list(distance) or ids[:1]
    distance.setdefault(waiting[0], 0)
    for here in waiting:
        for flow in flows:
            if flow.source == here and flow.target not in distance:
                distance[flow.target] = distance[here] + 1
                waiting.append(flow.target)
    return {id_: distance.get(id_, len(ids)) for id_ in ids}


def _knots(ids: list[str], flows: list[Flow]) -> list[set[str]]:
    """Return the sets of steps that reach each other."""
    reached = {id_: _reached(id_, flows) for id_ in ids}
    knots: list[set[str]] = []
    seen: set[str] = set()
    for id_ in ids:
        if id_ not in seen:
            knot = {other for other in reached[id_] if id_ in reached[other]}
            seen |= knot
            knots.append(knot)
    return knots


def _reached(start: str, flows: list[Flow]) -> set[str]:
    leaving = Next()
    for flow in flows:
        leaving.setdefault(flow.source, []).append(flow.target)
    found, waiting = {start}, [start]
    while waiting:
        for target in leaving.get(waiting.pop(), []):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _longest_ways(ids: list[str], flows: list[Flow]) -> dict[str, int]:
    columns = dict.fromkeys(ids, 0)
    for id_ in _topological(ids, flows):
        for flow in flows:
            if flow.source == id_:
                columns[flow.target] = max(columns[flow.target], columns[id_] + 1)
    return columns


def _topological(ids: list[str], flows: list[Flow]) -> list[str]:
    waiting = dict.fromkeys(ids, 0)
    for flow in flows:
        waiting[flow.target] += 1
    ready = [id_ for id_ in ids if not waiting[id_]]
    ordered = []
    while ready:
        id_ = ready.pop(0)
        ordered.append(id_)
        for flow in flows:
            if flow.source == id_:
                waiting[flow.target] -= 1
                if not waiting[flow.target]:
                    ready.append(flow.target)
    return ordered


def _draw_together(columns: dict[str, int], flows: list[Flow]) -> None:
    """Move nodes right as far as that shortens the flows in sum."""
    order = sorted(columns, key=lambda id_: -columns[id_])
    for _ in range(len(order)):
        moved = False
        for id_ in order:
            after = [columns[flow.target] for flow in flows if flow.source == id_]
            before = sum(1 for flow in flows if flow.target == id_)
            if after and len(after) > before and min(after) - 1 > columns[id_]:
                columns[id_] = min(after) - 1
                moved = True
        if not moved:
            return


def _mark_main_path(scene: Scene, ids: list[str], flows: list[Flow]) -> None:
    """Mark the way through most steps; ways out of boundary events are exceptions."""
    regular = [flow for flow in flows if flow.source_rider is None]
    length = dict.fromkeys(ids, 0.0)
    following: dict[str, Flow] = {}
    for id_ in reversed(_topological(ids, flows)):
        for flow in regular:
            reached = length[flow.target] + 1 + DEFAULT_FLOW * flow.default
            if flow.source == id_ and reached > length[id_]:
                length[id_] = reached
                following[id_] = flow
    pools = {band.pool for band in scene.bands}
    for pool in sorted(pools):
        own = [id_ for id_ in ids if scene.bands[scene.nodes[id_].band].pool == pool]
        starts = [i for i in own if scene.nodes[i].kind == "startEvent"] or own
        if starts:
            _walk(scene, max(starts, key=lambda id_: length[id_]), following)


def _walk(scene: Scene, here: str, following: dict[str, Flow]) -> None:
    scene.nodes[here].main = True
    while here in following:
        following[here].main = True
        here = following[here].target
        scene.nodes[here].main = True


def _place_remarks(scene: Scene) -> None:
    """Put remarks and data into the column of what they belong to."""
    for node in scene.nodes.values():
        if node.kind not in _BESIDE:
            continue
        for flow in scene.flows:
            partner = _partner(scene, flow, node)
            if partner is not None:
                node.column, node.band = partner.column, partner.band
                break


def _partner(scene: Scene, flow: Flow, node: Node) -> Node | None:
    if flow.kind != "link" or node.id not in (flow.source, flow.target):
        return None
    other = flow.target if flow.source == node.id else flow.source
    partner = scene.nodes.get(other)
    return None if partner is None or partner.kind in _BESIDE else partner
