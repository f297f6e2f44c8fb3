"""Random nets that are not made of blocks: any ways are joined by any gateway.

They need not be sound: a parallel join may wait for ever, and a way may be gone twice.
"""

from random import Random

from tests.engine.bpmn.oracle.nets import YES, Formula, Net, Trigger
from tests.engine.bpmn.oracle.sketch import Recipe, Sketch

Open = tuple[
    str, Formula | None
]  # Where a way has come to, and the condition of its next flow.


class Tangle(Sketch):
    """Makes a process by going on, parting and joining ways at random."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        super().__init__(seed, recipe)
        self.random = Random(seed)
        self.ways: list[Open] = []

    def process(self) -> Net:
        net = Net("p", is_process=True)
        self.scopes.append(net)
        self.ways = [(self.put("b", "start"), None)]
        for _ in range(self.random.randint(6, 16)):
            step = self.random.choice(self.recipe.blocks)
            getattr(self, f"_{step}")()
        while self.ways:
            if len(self.ways) > 1 and self.chance(0.6):
                self._join()
            else:
                self._on(self.put("e", "end"))
        return self.scopes.pop()

    def _on(self, node: str) -> None:
        """Lead some way to *node*."""
        source, condition = self.ways.pop(self.random.randrange(len(self.ways)))
        if any(flow.target == node for flow in self.net.out(source)):
            between = self.joint()
            self._join_to(source, between, condition)
            source, condition = between, None
        self._join_to(source, node, condition)

    def _join_to(self, source: str, target: str, condition: Formula | None) -> None:
        flow, gateway = self.net.join(source, target, condition), self.net.nodes[source]
        if gateway.default == "" and condition is None:
            gateway.default = flow

    def _task(self) -> None:
        task = self.put("t", "user")
        self._on(task)
        self.ways.append((task, None))

    def _script(self) -> None:
        name = self.random.choice(("f0", "f1"))
        formula = self.random.choice([YES, Formula("not", "f2"), Formula("not", name)])
        task = self.put("c", "script", formula=formula, result=name)
        self._on(task)
        self.ways.append((task, None))

    def _guard(self) -> None:
        """Go on by a task with a timer at its border, which opens one more way."""
        task = self.put("t", "user")
        self._on(task)
        interrupting = self.chance(0.6)
        border = self.put(
            "y",
            "boundary",
            host=task,
            trigger=Trigger("timer"),
            interrupting=interrupting,
        )
        self.ways += [(task, None), (border, None)]

    def _split(self) -> None:
        kind = self.random.choice(["xor", "and", "or", "or"])
        gateway = self.put("g", kind)
        self._on(gateway)
        for number in range(self.random.randint(2, 3)):
            plain = kind == "and" or number == 0
            self.ways.append((gateway, None if plain else self.condition()))
        if kind != "and":
            self.net.nodes[gateway].default = ""  # The flow to come without a condition.

    def _join(self) -> None:
        if len(self.ways) < 2:
            return
        gateway = self.put("j", self.random.choice(["xor", "xor", "and", "or", "or", "or"]))
        for _ in range(self.random.randint(2, min(3, len(self.ways)))):
            self._on(gateway)
        self.ways.append((gateway, None))

    def _back(self) -> None:
        """Lead some way back to where a flow was, if somebody wants it."""
        flow = self.random.choice(self.net.flows or [None])
        if flow is None:
            return
        top = self.put("x", self.random.choice(["xor", "xor", "or"]))
        source = self.net.nodes[flow.source]
        was_default = source.default == flow.id
        target, flow.target = flow.target, top
        if was_default:
            source.default = flow.id
        self.net.join(top, target)
        ask, fork = self.put("t", "user"), self.put("x", "xor")
        self._on(ask)
        self.chain(ask, fork)
        self.net.join(fork, top, self.condition())
        self.ways.append((fork, None))
        self.net.nodes[fork].default = ""
