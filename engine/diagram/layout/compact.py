"""Takes rows out of a lattice in which nothing stands; their channels become one."""

from engine.diagram.layout.lattice import Lattice, Place
from engine.diagram.layout.scene import Scene
from engine.diagram.layout.ways import Way, straightened


def compact(
    scene: Scene, lattice: Lattice, rows: dict[str, int], ways: dict[str, Way]
) -> tuple[Lattice, dict[str, int], dict[str, tuple[Place, ...]]]:
    """Return lattice, rows and ways without rows in which nothing stands."""
    used: list[list[int]] = [
        sorted({rows[id_] for id_, node in scene.nodes.items() if node.band == band}) or [0]
        for band in range(len(lattice.rows))
    ]
    smaller = Lattice(lattice.columns, tuple(map(len, used)))
    heights: dict[int, int] = {}
    for band, count in enumerate(lattice.rows):
        target = smaller.tops[band]
        heights[lattice.tops[band]] = target
        for row in range(count):
            line = lattice.y_of(band, row)
            if row in used[band]:
                heights[line] = target + 1
                target += 2
            else:
                heights[line] = target
            heights[line + 1] = target
    new_rows = {id_: used[scene.nodes[id_].band].index(row) for id_, row in rows.items()}
    moved = {
        id_: straightened([(x, heights[y]) for x, y in way.points])
        for id_, way in ways.items()
    }
    return smaller, new_rows, moved
