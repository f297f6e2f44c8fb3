"""Tries several arrangements of a scene and keeps the one that reads best."""

from itertools import combinations

from engine.diagram.geometry import Box, crosses, meets_box, segments
from engine.diagram.layout.arrangement import Arrangement
from engine.diagram.layout.columns import assign_columns
from engine.diagram.layout.compact import compact
from engine.diagram.layout.draft import Draft
from engine.diagram.layout.lattice import Lattice
from engine.diagram.layout.plan import draw
from engine.diagram.layout.scene import Plan, Scene
from engine.diagram.layout.search import first_rows, improve
from engine.diagram.layout.ways import WayFinder

TRIES = (
    (0, 1),
    (1, 2),
    (0, 3),
    (1, 4),
    (2, 5),
    (0, 6),
    (1, 7),
)  #: Main row and seed of each try.
EFFORT = 280  #: Pictures with more flows get fewer tries: about as many flows in all.
PATIENCE = 3  #: After so many tries without a better picture the search ends.


def best_plan(scene: Scene) -> Plan:
    """Return the best plan that a few tries find for *scene*."""
    if not scene.nodes:
        lattice = Lattice(1, (1,) * len(scene.bands))
        return draw(Draft(scene, lattice, {}, {}))
    assign_columns(scene)
    finder = WayFinder(_lattice(scene))
    best: Plan | None = None
    least, stale = float("inf"), 0
    for main_row, seed in TRIES[: max(1, EFFORT // (1 + len(scene.flows)))]:
        arrangement = Arrangement(scene, finder, seed)
        first_rows(arrangement, main_row)
        improve(arrangement)
        plan = _plan_of(scene, arrangement)
        cost = demerits(scene, plan)
        stale += 1
        if cost < least:
            best, least, stale = plan, cost, 0
        if stale == PATIENCE or (stale and best and is_clear(scene, best)):
            break
    return best or Plan()


def _plan_of(scene: Scene, arrangement: Arrangement) -> Plan:
    lattice, rows, ways = compact(
        scene, arrangement.lattice, arrangement.row, arrangement.ways
    )
    return draw(Draft(scene, lattice, rows, ways))


def _lattice(scene: Scene) -> Lattice:
    """Return a lattice with room to move: two rows more than a band needs."""
    rows = []
    for index, _ in enumerate(scene.bands):
        columns = [node.column for node in scene.nodes.values() if node.band == index]
        most = max((columns.count(column) for column in columns), default=0)
        spare = 0 if len(columns) < 2 else 2
        rows.append(max(1, most + spare))
    width = 1 + max(node.column for node in scene.nodes.values())
    return Lattice(width, tuple(rows))


def demerits(scene: Scene, plan: Plan) -> float:
    """Return how badly *plan* reads; crossings weigh most, then bends, then size."""
    routes = {id_: list(segments(route)) for id_, route in plan.routes.items()}
    crossings = _crossings(plan)
    bends = sum(len(pieces) - 1 for pieces in routes.values())
    length = sum(piece.length for pieces in routes.values() for piece in pieces)
    main = sum(len(routes[f.id]) - 1 for f in scene.flows if f.main and f.id in routes)
    covered = _covered(plan, _obstacles(scene, plan))
    return (
        40 * covered
        + 10 * crossings
        + 2 * bends
        + main
        + length / 300
        + plan.height / 60
        + plan.width / 300
    )


def is_clear(scene: Scene, plan: Plan) -> bool:
    """Tell whether nothing crosses and no name is covered."""
    return not _crossings(plan) and not _covered(plan, _obstacles(scene, plan))


def _crossings(plan: Plan) -> int:
    routes = [list(segments(route)) for route in plan.routes.values()]
    return sum(
        crosses(a, b) for one, other in combinations(routes, 2) for a in one for b in other
    )


def _obstacles(scene: Scene, plan: Plan) -> list[Box]:
    ids = [*scene.nodes, *scene.riders]
    return [plan.boxes[id_] for id_ in ids]


def _covered(plan: Plan, obstacles: list[Box]) -> int:
    """Count names that lie on shapes, flows or each other."""
    labels = [label.box.grown(-1) for label in plan.labels.values()]
    pieces = [piece for route in plan.routes.values() for piece in segments(route)]
    count = sum(one.overlaps(other) for one, other in combinations(labels, 2))
    for label in labels:
        count += sum(meets_box(piece, label) for piece in pieces)
        count += sum(label.overlaps(box, 4) for box in obstacles)
    return count
