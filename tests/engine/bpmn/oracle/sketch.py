"""Draws into nets by chance: names, conditions, triggers, mappings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.engine.bpmn.oracle.nets import Formula, Mapped, Net, Node, Trigger, TriggerKind
from tests.engine.bpmn.oracle.play import ERRORS, FLAGS, NUMBERS

MOST_NODES = 45  #: From here on only tasks are drawn.
ESCALATIONS = ("k0", "k1")
SIGNALS = ("s0", "s1", "s2")


@dataclass(frozen=True)
class Recipe:
    """What a class of models is made of."""

    blocks: Sequence[str]
    borders: Sequence[TriggerKind] = ()  #: Of boundary events.
    starts: Sequence[TriggerKind] = ()  #: Of event sub-processes.
    ends: Sequence[TriggerKind | None] = (None,)  #: Of paths that end by themselves.
    hosts: Sequence[str] = ("user", "job")  #: What boundary events are on.
    locals: bool = False  #: Whether activities have input and output mappings.


class Sketch:
    """Draws into the scope that is open, and throws the dice."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        self.random, self.recipe = Random(seed), recipe
        self.count = 0
        self.scopes: list[Net] = []
        self.cancels = [False]  #: For each scope whether it is a transaction.
        self.above = 0  #: Signals from here on are thrown: none calls itself for ever.

    @property
    def net(self) -> Net:
        return self.scopes[-1]

    def chance(self, likely: float) -> bool:
        return self.random.random() < likely

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def put(self, letter: str, kind: str, **more: object) -> str:
        return self.net.put(Node(self.name(letter), kind, **more))

    def chain(self, *nodes: str) -> None:
        for before, after in pairwise(nodes):
            self.net.join(before, after)

    def joint(self) -> str:
        """Return an event that lets through whatever comes."""
        return self.put("v", "throw")

    def condition(self) -> Formula:
        flag, number = self.random.choice(FLAGS), self.random.choice(NUMBERS)
        if self.chance(0.03):
            return Formula("var", "never")  # An incident, until somebody corrects it.
        return self.random.choice(
            [
                Formula("var", flag),
                Formula("not", flag),
                Formula("less", number, self.random.randint(1, 3)),
                Formula("const", value=self.chance(0.5)),
            ]
        )

    def trigger(self, kind: TriggerKind, *, caught: bool = False) -> Trigger:
        """Return an event of that kind; one that is *caught* may be open for all codes."""
        match kind:
            case "message":
                return Trigger(kind, self.name("m"))
            case "signal":
                payload = {}
                if not caught and self.chance(0.4):
                    name = self.random.choice(NUMBERS)
                    payload = {name: Formula("const", value=self.random.randint(5, 7))}
                names = SIGNALS if caught else SIGNALS[self.above :]
                return Trigger(kind, self.random.choice(names), payload=payload)
            case "error" | "escalation":
                codes = ERRORS if kind == "error" else ESCALATIONS
                code = self.random.choice([*codes, ""] if caught else codes)
                return Trigger(kind, code)
            case "conditional":
                name = self.random.choice(FLAGS)
                shape = self.random.choice(["var", "var", "not"])
                return Trigger(kind, condition=Formula(shape, name))
        return Trigger(kind)

    def mappings(self) -> dict[str, object]:
        """Return what an activity maps in and out, if the class has that."""
        more: dict[str, object] = {}
        if not self.recipe.locals:
            return more
        if self.chance(0.3):
            name = self.random.choice(["l0", *FLAGS, *NUMBERS])
            source = Formula("plus", self.random.choice(NUMBERS), 1)
            if name in FLAGS:
                source = Formula("not", self.random.choice(FLAGS))
            more["inputs"] = ((name, source),)
        if self.chance(0.25):
            flag = self.random.choice(FLAGS)
            more["outputs"] = ((self.random.choice(FLAGS), Formula("var", flag)),)
        return more

    def taken_over(self, trigger: Trigger) -> Mapped:
        """Return what an event that is caught maps out of what it brings."""
        if trigger.kind not in ("message", "signal", "error") or self.chance(0.7):
            return ()
        names = NUMBERS if trigger.kind == "signal" else FLAGS
        source = Formula("var", self.random.choice(names))
        return ((self.random.choice(names), source),)
