"""Nets: what a random model is made of, for the interpreter and for the drawing alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.model import Json

Shape: TypeAlias = Literal["const", "var", "not", "less", "equal", "plus", "finished"]


@dataclass(frozen=True)
class Formula:
    """A small expression, as FEEL and as the value it gives."""

    shape: Shape
    name: str = ""
    value: Json = None

    @property
    def feel(self) -> str:
        texts = {
            "const": _literal(self.value),
            "var": self.name,
            "not": f"not({self.name})",
            "less": f"{self.name} < {self.value}",
            "equal": f"{self.name} = {self.value}",
            "plus": f"{self.name} + {self.value}",
            "finished": f"numberOfCompletedInstances >= {self.value}",
        }
        return f"= {texts[self.shape]}"

    @property
    def is_fixed(self) -> bool:
        return self.shape == "const"

    def of(self, seen: Mapping[str, Json]) -> Json:
        """Return its value where *seen* is what is visible; null for what is missing."""
        held, given = seen.get(self.name), self.value
        match self.shape:
            case "const":
                return given
            case "var":
                return held
            case "not":
                return not held if isinstance(held, bool) else None
            case "equal":
                return held == given and type(held) is type(given)
            case "finished":
                return seen["numberOfCompletedInstances"] >= given
        if isinstance(held, bool) or not isinstance(held, int):
            return None
        return held < given if self.shape == "less" else held + given


def _literal(value: Json) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(_literal(part) for part in value)}]"
    return str(value)


YES = Formula("const", value=True)

TriggerKind: TypeAlias = Literal[
    "timer", "message", "signal", "error", "escalation", "conditional",
    "terminate", "cancel", "compensation", "link",
]  # fmt: skip


@dataclass(frozen=True)
class Trigger:
    """What an event waits for or throws."""

    kind: TriggerKind
    name: str = ""  #: Message, signal, code or link; the activity to compensate.
    condition: Formula | None = None
    times: int = 0  #: How often a timer with a cycle goes off; 0 for a duration.
    payload: Mapping[str, Formula] = field(default_factory=dict)  #: Of a signal thrown.


@dataclass(frozen=True)
class Many:
    """Multi-instance."""

    items: tuple[int, ...]
    sequential: bool = False
    until: Formula | None = None
    item: str = "item"
    gather: str | None = None  #: The collection; each instance gives its item plus 1.
    plain: bool = False  #: Drawn with a loopCardinality: items are 1 to n.


@dataclass(frozen=True)
class Again:
    """A standard loop."""

    condition: Formula | None
    before: bool = False
    most: int | None = None


Mapped: TypeAlias = tuple[tuple[str, Formula], ...]
Kind: TypeAlias = Literal[
    "start", "end", "throw", "catch", "boundary",
    "xor", "and", "or", "race",
    "user", "script", "job",
    "sub", "transaction", "call", "eventsub",
]  # fmt: skip
ACTIVITIES = frozenset({"user", "script", "job", "sub", "transaction", "call"})
GATEWAYS = frozenset({"xor", "and", "or", "race"})


@dataclass
class Node:
    """An element of a net."""

    id: str
    kind: Kind
    trigger: Trigger | None = None
    host: str = ""  #: Of a boundary event.
    interrupting: bool = True
    default: str | None = None  #: The id of the default flow.
    inputs: Mapped = ()
    outputs: Mapped = ()
    loop: Many | Again | None = None
    formula: Formula | None = None  #: Of a script.
    result: str = ""  #: Of a script.
    net: "Net | None" = None  #: What is inside.
    undo: str = ""  #: The activity that compensates this one.
    is_undo: bool = False  #: Whether it compensates another.
    shares: bool = True  #: Of a call: whether all variables go in and out.

    @property
    def is_activity(self) -> bool:
        return self.kind in ACTIVITIES


@dataclass
class Flow:
    source: str
    target: str
    condition: Formula | None = None
    drawn: bool = True  #: Not from a link to its other end.

    @property
    def id(self) -> str:
        return f"{self.source}-{self.target}"


@dataclass
class Net:
    """A process, or what is inside a sub-process."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    is_process: bool = False

    def put(self, node: Node) -> str:
        assert node.id not in self.nodes
        self.nodes[node.id] = node
        return node.id

    def join(self, source: str, target: str, condition: Formula | None = None) -> str:
        self.flows.append(Flow(source, target, condition))
        return self.flows[-1].id

    def out(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node]

    def into(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node]

    def boundaries(self, host: str) -> list[Node]:
        return [n for n in self.nodes.values() if n.kind == "boundary" and n.host == host]

    def event_subs(self) -> list[tuple[Node, Node]]:
        """Return each event sub-process with its start event."""
        return [
            (node, node.net.start)
            for node in self.nodes.values()
            if node.kind == "eventsub" and node.net is not None
        ]

    @property
    def start(self) -> Node:
        return next(node for node in self.nodes.values() if node.kind == "start")

    def walk(self) -> Iterator["Net"]:
        """Yield this net and all inside it."""
        yield self
        for node in self.nodes.values():
            if node.net is not None:
                yield from node.net.walk()


def link_ends(net: Net) -> list[Flow]:
    """Return what links lead from where to where."""
    ends = {n.trigger.name: n.id for n in net.nodes.values() if _is_link(n, "catch")}
    return [
        Flow(node.id, ends[node.trigger.name], drawn=False)
        for node in net.nodes.values()
        if node.trigger and _is_link(node, "throw")
    ]


def _is_link(node: Node, kind: Kind) -> bool:
    return node.kind == kind and node.trigger is not None and node.trigger.kind == "link"
