"""Moves names that lie on something to the nearest place where nothing is."""

from collections.abc import Iterator

from engine.diagram.geometry import Box, Point, Segment, meets_box, segments
from engine.diagram.labels import Lettering
from engine.diagram.layout.lettering import ASIDE, GAP
from engine.diagram.layout.scene import Plan, Scene
from engine.diagram.notation import GATEWAYS
from engine.diagram.text import WIDEST_LABEL, block_size, wrap_evenly

NARROW = 50.0  #: Names break here where there is little room.
ALONG = 12.0  #: Steps in which places along a flow are tried.
BORDER = 1.5  #: Half the thickness that the border of a lane is given.


class Surroundings:
    """All that a name may not lie on."""

    def __init__(self, scene: Scene, plan: Plan) -> None:
        self.plan = plan
        self.boxes = [plan.boxes[id_] for id_ in (*scene.nodes, *scene.riders)]
        self.diamonds = {
            id(plan.boxes[node.id])
            for node in scene.nodes.values()
            if node.kind in GATEWAYS
        }
        self.pieces = [piece for route in plan.routes.values() for piece in segments(route)]
        self.borders = [
            Box(0, y - BORDER, plan.width, 2 * BORDER)
            for band in plan.bands
            for y in (band.y, band.bottom)
        ]

    def is_free(self, box: Box, owner: str) -> bool:
        """Tell whether the name of *owner* can stand in *box*."""
        if any(self._covers(shape, box) for shape in self.boxes):
            return False
        if any(meets_box(piece, box.grown(1)) for piece in self.pieces):
            return False
        if any(border.overlaps(box) for border in self.borders):
            return False
        return not any(
            label.box.overlaps(box)
            for id_, label in self.plan.labels.items()
            if id_ != owner
        )

    def _covers(self, shape: Box, box: Box) -> bool:
        if not shape.overlaps(box):
            return False
        if id(shape) not in self.diamonds:
            return True
        across = max(box.x - shape.cx, shape.cx - box.right, 0.0) / (shape.width / 2)
        along = max(box.y - shape.cy, shape.cy - box.bottom, 0.0) / (shape.height / 2)
        return across + along < 1


def repair_labels(scene: Scene, plan: Plan, names: dict[str, str]) -> None:
    """Move the covered names of *plan*; those for which there is no room stay.

    Args:
        scene: What the plan places.
        plan: Whose labels are moved.
        names: The name of each owner of a label.
    """
    surroundings = Surroundings(scene, plan)
    for _ in range(2):
        for id_ in list(plan.labels):
            if surroundings.is_free(plan.labels[id_].box, id_):
                continue
            for label in _places(plan, id_, names[id_]):
                if surroundings.is_free(label.box, id_):
                    plan.labels[id_] = label
                    break


def _places(plan: Plan, id_: str, name: str) -> Iterator[Lettering]:
    for width in (WIDEST_LABEL, NARROW):
        lines = tuple(wrap_evenly(name, width))
        size = block_size(list(lines))
        corners = (
            _along(plan.routes[id_], *size)
            if id_ in plan.routes
            else _around(plan.boxes[id_], *size)
        )
        for corner in corners:
            yield Lettering(lines, Box(corner.x, corner.y, *size))


def _around(box: Box, width: float, height: float) -> Iterator[Point]:
    """Yield places beside a shape by their upper left corner, the nearest first."""
    above, below = box.y - GAP - height, box.bottom + GAP
    for shift in (0.0, 14.0, 28.0):
        for left in (
            box.cx - width / 2,
            box.cx + ASIDE + shift,
            box.cx - ASIDE - shift - width,
        ):
            yield Point(left, above + 4 if left != box.cx - width / 2 else above)
            yield Point(left, below - 4 if left != box.cx - width / 2 else below)
    yield Point(box.right + GAP, box.cy - height / 2)
    yield Point(box.x - GAP - width, box.cy - height / 2)


def _along(route: tuple[Point, ...], width: float, height: float) -> Iterator[Point]:
    """Yield places beside a flow by their upper left corner, from its start on."""
    for piece in segments(route):
        if piece.horizontal:
            yield from _level(piece, width, height)
        else:
            yield from _upright(piece, width, height)


def _level(piece: Segment, width: float, height: float) -> Iterator[Point]:
    forward = piece.b.x > piece.a.x
    room = piece.length - width - 2 * ASIDE
    for step in range(int(max(room, 0) // ALONG) + 1):
        off = ASIDE + step * ALONG
        left = piece.a.x + off if forward else piece.a.x - off - width
        yield Point(left, piece.a.y - 3 - height)
        yield Point(left, piece.a.y + 3)


def _upright(piece: Segment, width: float, height: float) -> Iterator[Point]:
    down = piece.b.y > piece.a.y
    room = piece.length - height
    for step in range(int(max(room, 0) // ALONG) + 1):
        off = step * ALONG
        top = piece.a.y + off if down else piece.a.y - off - height
        yield Point(piece.a.x + ASIDE, top)
        yield Point(piece.a.x - ASIDE - width, top)
