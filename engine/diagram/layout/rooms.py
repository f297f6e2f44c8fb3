"""Turns the lattice into measures: how wide each column and channel, how high each row."""

from dataclasses import dataclass

from engine.diagram.geometry import Box
from engine.diagram.labels import STRIP
from engine.diagram.layout.lattice import Lattice
from engine.diagram.layout.lettering import Room
from engine.diagram.layout.scene import Band, Node, Scene
from engine.diagram.text import text_width

COLUMN_GAP = 50.0  #: Between two columns where nothing asks for more.
MARGIN = 30.0  #: Before the first column and behind the last.
TRACK = 14.0  #: Between two flows in a channel.
BESIDE_TRACKS = 16.0  #: Between a shape and the nearest flow in a channel.
ROW_GAP = 24.0
LANE_GAP = 16.0  #: Between a shape and the border of its lane.
LEAST_ROW = 32.0  #: Half the least height of a row.
POOL_GAP = 40.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch along one axis."""

    start: float
    length: float

    @property
    def middle(self) -> float:
        """The middle."""
        return self.start + self.length / 2

    @property
    def end(self) -> float:
        """The end."""
        return self.start + self.length


@dataclass(slots=True)
class Measures:
    """Where the lines of the lattice lie, and the bands around them."""

    across: list[Span]  #: For each x; of a channel only what is left for flows.
    down: list[float]  #: For each y of a row its middle; of a channel its first track.
    bands: list[Box]
    lattice_width: float  #: Where the last channel ends.
    width: float
    height: float


def measure(
    scene: Scene,
    lattice: Lattice,
    rows: dict[str, int],
    room: Room,
    tracks: tuple[dict[int, int], dict[int, int]],
) -> Measures:
    """Return the measures that shapes, tracks and names need.

    Args:
        scene: What is placed.
        lattice: On which lattice.
        rows: The row of each node within its band.
        room: What the names need.
        tracks: How many flows run beside each other in each channel, by x and by y.
    """
    left = max((_strips(scene, band) for band in scene.bands), default=0.0)
    across = _measure_across(scene, lattice, room, tracks[0], left)
    width = across[-1].end + room.before[lattice.width - 1]
    lattice_width = width
    aside = _aside(scene)
    for number, (needed, _) in aside.items():
        before = left if _at_foot(scene, number) else lattice_width - MARGIN
        width = max(width, before + needed + 2 * MARGIN)
    down: list[float] = [0.0] * lattice.height
    bands: list[Box] = []
    top = 0.0
    for index, band in enumerate(scene.bands):
        if index and band.pool != scene.bands[index - 1].pool:
            top += POOL_GAP
        extents = _extents(scene, lattice, rows, room, index)
        inset = 0.0
        height = _measure_down(lattice, index, extents, tracks[1], down, top)
        least = _least_height(scene, band)
        if index in aside and _at_foot(scene, index):
            height += aside[index][1] + LANE_GAP
        elif index in aside:
            least = max(least, aside[index][1] + 2 * LANE_GAP)
        if height < least:
            inset = (least - height) / 2
            for y in range(lattice.tops[index], lattice.tops[index] + 2 * len(extents) + 1):
                down[y] += inset
            height = least
        bands.append(Box(0.0, top, width, height))
        top += height
    return Measures(across, down, bands, lattice_width, width, top)


def _strips(scene: Scene, band: Band) -> float:
    """Return how wide the strips with the names of pool and lanes are."""
    return 0.0 if band.pool < 0 else STRIP * (1 + band.depth)


def _least_height(scene: Scene, band: Band) -> float:
    if band.empty:
        return 60.0
    return text_width(band.name) + 20 if band.pool >= 0 else 0.0


def _measure_across(
    scene: Scene, lattice: Lattice, room: Room, tracks: dict[int, int], left: float
) -> list[Span]:
    spans: list[Span] = []
    at = left + scene.margin
    last = lattice.width - 1
    for x in range(lattice.width):
        if x % 2:
            column = [node for node in scene.nodes.values() if 2 * node.column + 1 == x]
            width = max([node.width for node in column] + [room.columns[x]], default=0.0)
            spans.append(Span(at, width))
            at += width
            continue
        count = tracks.get(x, 0)
        flows = (count - 1) * TRACK + 2 * BESIDE_TRACKS if count else 12.0
        least = MARGIN if x in (0, last) else COLUMN_GAP
        asked = room.behind[x] + room.before[x]
        flows = max(flows, least - asked)
        spans.append(Span(at + room.behind[x], flows))
        at += flows + asked
    return spans


def _extents(
    scene: Scene, lattice: Lattice, rows: dict[str, int], room: Room, band: int
) -> list[tuple[float, float]]:
    """Return for each row of *band* how far it reaches above and below its middle."""
    found = []
    for row in range(lattice.rows[band]):
        y = lattice.y_of(band, row)
        standing = [
            node.height / 2
            for node in scene.nodes.values()
            if node.band == band and rows[node.id] == row
        ]
        half = max([*standing, LEAST_ROW])
        found.append((max(half, room.above[y]), max(half, room.below[y])))
    return found


def _measure_down(
    lattice: Lattice,
    band: int,
    extents: list[tuple[float, float]],
    tracks: dict[int, int],
    down: list[float],
    top: float,
) -> float:
    """Set the heights of the lines of *band* and return how high the band is."""
    at = top
    y = lattice.tops[band]
    for index in range(len(extents) + 1):
        outer = index in (0, len(extents))
        count = tracks.get(y, 0)
        needed = (count - 1) * TRACK + (TRACK + LANE_GAP if outer else 2 * TRACK)
        height = max(needed if count else 0.0, LANE_GAP if outer else ROW_GAP)
        lead = LANE_GAP if outer and index == 0 else TRACK
        if not outer:
            lead = (height - (count - 1) * TRACK) / 2
        down[y] = at + lead
        at += height
        if index < len(extents):
            above, below = extents[index]
            down[y + 1] = at + above
            at += above + below
        y += 2
    return at - top


def _at_foot(scene: Scene, band: int) -> bool:
    """Tell whether no flow can run below the rows of *band*, as nothing is below it."""
    return band == len(scene.bands) - 1


def _aside(scene: Scene) -> dict[int, tuple[float, float]]:
    """Return width and height of the event sub-processes of each band, side by side."""
    sizes: dict[int, tuple[float, float]] = {}
    for node in scene.aside:
        width, height = sizes.get(node.band, (-COLUMN_GAP, 0.0))
        width += COLUMN_GAP + node.width
        sizes[node.band] = (width, max(height, node.height))
    return sizes


def boxes_aside(scene: Scene, measures: Measures, left: float) -> dict[str, Box]:
    """Return where the event sub-processes stand: at the foot, else behind all columns."""
    boxes: dict[str, Box] = {}
    reached: dict[int, float] = {}
    for node in scene.aside:
        band = measures.bands[node.band]
        x = reached.get(node.band)
        if _at_foot(scene, node.band):
            x = left + MARGIN if x is None else x
            top = band.bottom - LANE_GAP - node.height
        else:
            x = measures.lattice_width if x is None else x
            top = band.cy - node.height / 2
        boxes[node.id] = Box(x, top, node.width, node.height)
        reached[node.band] = x + node.width + COLUMN_GAP
    return boxes


def node_box(node: Node, across: Span, middle: float) -> Box:
    """Return the box of a node in the middle of its cell."""
    return Box(
        across.middle - node.width / 2, middle - node.height / 2, node.width, node.height
    )
