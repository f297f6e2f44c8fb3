"""What is to be placed: nodes in bands, joined by flows."""

from dataclasses import dataclass, field
from typing import Literal

from engine.diagram.geometry import Box, Point
from engine.diagram.labels import Lettering

FlowClass = Literal["sequence", "message", "link"]


@dataclass(slots=True)
class Node:
    """Something that stands in a cell of the lattice."""

    id: str
    kind: str
    name: str
    width: float
    height: float
    band: int  #: Index of the band in which it stands.
    column: int = 0
    main: bool = False  #: Whether it lies on the main path.
    inner: "Plan | None" = None  #: The inside of an expanded sub-process.


@dataclass(frozen=True, slots=True)
class Rider:
    """An event on the lower border of its host."""

    id: str
    name: str
    host: str


@dataclass(slots=True)
class Flow:
    """A line between two nodes, or between a node and a band without a process."""

    id: str
    kind: FlowClass
    name: str
    source: str
    target: str
    source_rider: str | None = None
    target_rider: str | None = None
    back: bool = False  #: Whether it returns to an earlier step.
    main: bool = False
    default: bool = False  #: Whether it is taken when no condition holds.
    backwards: bool = False  #: Whether it is drawn from its target to its source.
    to_band: int | None = None  #: The band without a process in which it ends.
    guide: bool = False  #: Whether it only draws a remark near; it is not drawn itself.


@dataclass(frozen=True, slots=True)
class Band:
    """A level strip of the picture: a lane, or a pool without lanes."""

    pool: int
    lane_id: str | None
    name: str
    depth: int = 0  #: How many strips with names stand left of its content.
    empty: bool = False  #: Whether it is a pool of which no process is known.


@dataclass(slots=True)
class Scene:
    """One picture to be placed."""

    nodes: dict[str, Node]
    riders: dict[str, Rider]
    flows: list[Flow]
    bands: list[Band]
    aside: list[Node] = field(default_factory=list)  #: Event sub-processes.
    margin: float = 0.0  #: Extra room before the first column.

    def riders_of(self, host: str) -> list[Rider]:
        """Return the events on the border of *host*, in the order of the file."""
        return [rider for rider in self.riders.values() if rider.host == host]


@dataclass(slots=True)
class Plan:
    """Where everything of a scene stands."""

    boxes: dict[str, Box] = field(default_factory=dict)
    routes: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    labels: dict[str, Lettering] = field(default_factory=dict)
    bands: list[Box] = field(default_factory=list)
    expanded: set[str] = field(default_factory=set)
    width: float = 0.0
    height: float = 0.0

    def take_in(self, inner: "Plan", dx: float, dy: float) -> None:
        """Add the inside of a sub-process, moved to where it stands."""
        self.expanded |= inner.expanded
        for id_, box in inner.boxes.items():
            self.boxes[id_] = box.moved(dx, dy)
        for id_, route in inner.routes.items():
            self.routes[id_] = tuple(Point(p.x + dx, p.y + dy) for p in route)
        for id_, label in inner.labels.items():
            self.labels[id_] = Lettering(label.lines, label.box.moved(dx, dy))
