"""Configurations: where the tokens of a net are, and what their scopes hold.

A tree is one running scope with its tokens; a token, here a place, holds the trees or
the instances inside it. A path leads from the process down to a place, by turns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.model import Json
from tests.engine.bpmn.oracle.nets import Net, Node

Phase: TypeAlias = Literal[
    "ready",  # moves by itself
    "wait",  # waits for something outside
    "inside",  # waits for the tree inside
    "body",  # waits for its instances
    "undoing",  # waits for what is compensated
    "incident",
]
Values: TypeAlias = dict[str, Json]


class Stuck(Exception):
    """A token cannot go on: an incident."""

    def __init__(self, kind: str, step: str) -> None:
        super().__init__(kind)
        self.kind, self.step = kind, step


@dataclass(eq=False)
class Armed:
    """An event that is waited for."""

    uid: int
    event: Node
    left: int = 0  #: How often a cycle still goes off.
    seen: bool = False  #: Whether a condition was true the last time.

    def clone(self) -> "Armed":
        return Armed(self.uid, self.event, self.left, self.seen)

    @property
    def key(self) -> tuple[object, ...]:
        return self.event.id, self.left, self.seen


@dataclass
class Record:
    """A completed activity that can be compensated."""

    node: Node
    values: Values
    nested: tuple["Record", ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        return self.node.id, freeze(self.values), tuple(r.key for r in self.nested)


@dataclass(eq=False)
class Place:
    """A token at a node."""

    uid: int
    node: Node
    phase: Phase = "ready"
    via: str = ""  #: The flow it came along.
    step: str = ""  #: What it does when it is ready; where an incident goes on.
    values: Values = field(default_factory=dict)
    armed: list[Armed] = field(default_factory=list)
    tree: "Tree | None" = None
    parts: list["Place"] = field(default_factory=list)
    ahead: list[int] = field(default_factory=list)  #: Items of instances to come.
    total: int = 0
    done: int = 0
    records: list[Record] = field(default_factory=list)  #: Still to be compensated.

    def clone(self) -> "Place":
        return Place(
            self.uid,
            self.node,
            self.phase,
            self.via,
            self.step,
            dict(self.values),
            [armed.clone() for armed in self.armed],
            self.tree.clone() if self.tree else None,
            [part.clone() for part in self.parts],
            list(self.ahead),
            self.total,
            self.done,
            list(self.records),
        )

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.node.id,
            self.phase,
            self.via,
            self.step,
            freeze(self.values),
            tuple(sorted(armed.key for armed in self.armed)),
            self.tree.key if self.tree else (),
            tuple(sorted((part.key for part in self.parts), key=repr)),
            tuple(self.ahead),
            self.total,
            self.done,
            tuple(record.key for record in self.records),
        )


@dataclass(eq=False)
class Tree:
    """A running scope."""

    net: Net
    values: Values = field(default_factory=dict)  #: Of a process only.
    places: list[Place] = field(default_factory=list)
    armed: list[Armed] = field(default_factory=list)  #: Starts of event sub-processes.
    records: list[Record] = field(default_factory=list)
    interrupted: bool = False

    def clone(self) -> "Tree":
        return Tree(
            self.net,
            dict(self.values),
            [place.clone() for place in self.places],
            [armed.clone() for armed in self.armed],
            list(self.records),
            self.interrupted,
        )

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.net.id,
            freeze(self.values),
            tuple(sorted((place.key for place in self.places), key=repr)),
            tuple(sorted(armed.key for armed in self.armed)),
            tuple(record.key for record in self.records),
            self.interrupted,
        )


Path: TypeAlias = tuple["Tree | Place", ...]


@dataclass(eq=False)
class Case:
    """A configuration of the whole process."""

    root: Tree
    ends: list[str] = field(default_factory=list)  #: End events reached in this step.
    signals: list[tuple[str, str]] = field(default_factory=list)  #: Thrown in this step.
    pending: list[tuple[int, Values]] = field(default_factory=list)
    count: int = 0
    moves: int = 0  #: In this step.

    def clone(self) -> "Case":
        return Case(
            self.root.clone(),
            list(self.ends),
            list(self.signals),
            list(self.pending),
            self.count,
            self.moves,
        )

    @property
    def key(self) -> tuple[object, ...]:
        pending = sorted(str(uid) for uid, _ in self.pending)
        return (
            self.root.key,
            tuple(sorted(self.ends)),
            tuple(sorted(self.signals)),
            tuple(pending),
        )

    def uid(self) -> int:
        self.count += 1
        return self.count

    def walk(self) -> Iterator[Path]:
        """Yield the path to each place, parts and what is inside after what is around."""
        yield from _walk((self.root,), self.root)

    def path(self, uid: int) -> Path:
        return next(path for path in self.walk() if place_of(path).uid == uid)

    def watched(self) -> Iterator[tuple[Path, Armed]]:
        """Yield all events that are waited for, with the path to who waits."""
        for armed in self.root.armed:
            yield (self.root,), armed
        for path in self.walk():
            place = place_of(path)
            for armed in place.armed:
                yield path, armed
            if place.tree is not None:
                for armed in place.tree.armed:
                    yield (*path, place.tree), armed

    def watch(self, event: Node) -> Armed:
        """Return a new watch for *event*."""
        left = event.trigger.times if event.trigger else 0
        return Armed(self.uid(), event, left)

    @property
    def ended(self) -> bool:
        return not self.root.places


def _walk(path: Path, inside: "Tree | Place") -> Iterator[Path]:
    if isinstance(inside, Place):
        if inside.tree is not None:
            yield from _walk((*path, inside.tree), inside.tree)
        places = inside.parts
    else:
        places = inside.places
    for place in list(places):
        here = (*path, place)
        yield here
        yield from _walk(here, place)


def place_of(path: Path) -> Place:
    place = path[-1]
    assert isinstance(place, Place)
    return place


def tree_of(path: Path) -> Tree:
    """Return the innermost scope around the end of *path*."""
    return next(part for part in reversed(path) if isinstance(part, Tree))


def siblings(path: Path) -> list[Place]:
    """Return the list that holds the place at the end of *path*."""
    around = path[-2]
    return around.places if isinstance(around, Tree) else around.parts


def withdraw(path: Path) -> None:
    """Take the place at the end of *path* away with all inside it."""
    siblings(path).remove(place_of(path))


def frames(path: Path) -> Iterator[tuple[Values, bool]]:
    """Yield the scopes seen from *path*, nearest first, and whether each is a home."""
    for number in range(len(path) - 1, -1, -1):
        part = path[number]
        if isinstance(part, Place):
            yield part.values, False
        elif part.net.is_process:
            yield part.values, True
            host = path[number - 1] if number else None
            if isinstance(host, Place) and not host.node.shares:
                yield host.values, False
                return


def visible(path: Path) -> Mapping[str, Json]:
    seen: Values = {}
    for frame, _ in reversed(list(frames(path))):
        seen.update(frame)
    return seen


def assign(path: Path, values: Mapping[str, Json]) -> None:
    """Write as Camunda 8 does: to the nearest scope with the name, else to the process."""
    for name, value in values.items():
        for frame, home in frames(path):
            if home or name in frame:
                frame[name] = value
                break


def freeze(values: Mapping[str, Json]) -> str:
    """Return variables as a text that can be compared."""
    return repr(sorted(values.items()))
