"""Blocks of flow that lie in each other: chains, choices, forks, loops, scopes."""

from itertools import pairwise

from tests.engine.bpmn.oracle.nets import (
    GATEWAYS,
    YES,
    Formula,
    Net,
    Node,
    Trigger,
)
from tests.engine.bpmn.oracle.play import FLAGS, NUMBERS
from tests.engine.bpmn.oracle.sketch import MOST_NODES, SIGNALS, Sketch

Ends = tuple[str, str]


class Blocks(Sketch):
    """Makes a process of random blocks."""

    def process(self) -> Net:
        return self.scope("p", 3, is_process=True)

    def scope(
        self, name: str, depth: int, *, is_process: bool = False, cancels: bool = False
    ) -> Net:
        """Return a net with blocks from start to end, and event sub-processes."""
        net = Net(name, is_process=is_process)
        self.scopes.append(net)
        self.cancels.append(cancels)
        start = self.put("b", "start")
        first, last = self.sequence(depth, 3 if is_process else 1)
        self.chain(start, first)
        self.chain(last, self.end())
        if self.recipe.starts and depth > 0:
            for _ in range(self.random.choice([0, 1, 1, 2])):
                self.event_sub(depth - 1)
        drop_idle_gateways(net)
        self.cancels.pop()
        return self.scopes.pop()

    def sequence(self, depth: int, least: int = 1) -> Ends:
        blocks = [self.block(depth) for _ in range(self.random.randint(least, least + 2))]
        for (_, before), (after, _) in pairwise(blocks):
            self.chain(before, after)
        return blocks[0][0], blocks[-1][1]

    def block(self, depth: int) -> Ends:
        kind = "task"
        if depth > 0 and self.count < MOST_NODES:
            kind = self.random.choice(self.recipe.blocks)
        elif "script" in self.recipe.blocks and self.chance(0.2):
            kind = "script"
        return getattr(self, f"_{kind}")(depth - 1)

    def end(self) -> str:
        kind = self.random.choice(self.recipe.ends)
        if self.cancels[-1] and self.chance(0.4):
            kind = "cancel"
        if kind == "signal" and self.above >= len(SIGNALS):
            kind = None
        trigger = None if kind is None else self.trigger(kind)
        return self.put("e", "end", trigger=trigger)

    def event_sub(self, depth: int) -> None:
        trigger = self.trigger(self.random.choice(self.recipe.starts), caught=True)
        if trigger.kind in ("error", "escalation"):
            taken = {(s.trigger.kind, s.trigger.name) for _, s in self.net.event_subs()}
            if (trigger.kind, trigger.name) in taken:
                return
        node = Node(self.name("E"), "eventsub")
        before, self.above = self.above, after_signal(trigger, self.above)
        node.net = self.scope(node.id, depth)
        self.above = before
        interrupting = trigger.kind == "error" or self.chance(0.4)
        if trigger.kind == "timer" and not interrupting and self.chance(0.5):
            trigger = Trigger("timer", times=self.random.randint(2, 3))
        start = node.net.start
        start.trigger, start.interrupting = trigger, interrupting
        start.outputs = self.taken_over(trigger)
        self.net.put(node)

    def _task(self, depth: int) -> Ends:
        kind = self.random.choice(["user", "user", "user", "job"])
        task = self.put("t", kind, **self.mappings())
        return task, task

    def _script(self, depth: int) -> Ends:
        name = self.random.choice([*FLAGS, *NUMBERS])
        formula = Formula("plus", name, 1)
        if name in FLAGS:
            flag = Formula("not", self.random.choice(FLAGS))
            formula = self.random.choice([flag, YES, Formula("const", value=False)])
        task = self.put("c", "script", formula=formula, result=name)
        return task, task

    def _split(self, kind: str, depth: int) -> tuple[str, str, list[str]]:
        """Draw branches between two gateways; return them and the first nodes."""
        opening, closing = self.put("g", kind), self.put("j", kind)
        firsts = []
        for _ in range(self.random.randint(2, 3)):
            first, last = self.block(depth)
            if self.recipe.ends != (None,) and self.chance(0.15):
                self.chain(last, self.end())
                if kind == "and":
                    self.chain(opening, self._pass(closing))
            else:
                self.chain(last, closing)
            firsts.append(first)
        if not self.net.into(closing):
            self.chain(opening, self._pass(closing))
        return opening, closing, firsts

    def _pass(self, target: str) -> str:
        joint = self.joint()
        self.chain(joint, target)
        return joint

    def _parallel(self, depth: int) -> Ends:
        opening, closing, firsts = self._split("and", depth)
        for first in firsts:
            self.net.join(opening, first)
        return opening, closing

    def _choice(self, kind: str, depth: int) -> Ends:
        opening, closing, firsts = self._split(kind, depth)
        default = self.random.choice(firsts)
        rare = self.chance(0.05)  # Nothing is taken where nothing fits.
        for first in firsts:
            usual = first == default and not rare
            flow = self.net.join(opening, first, None if usual else self.condition())
            if usual:
                self.net.nodes[opening].default = flow
        for flow in self.net.out(opening):
            if flow.condition is None and flow.id != self.net.nodes[opening].default:
                flow.condition = YES
        return opening, closing

    def _exclusive(self, depth: int) -> Ends:
        return self._choice("xor", depth)

    def _inclusive(self, depth: int) -> Ends:
        return self._choice("or", depth)

    def _chain(self, depth: int) -> Ends:
        return self.sequence(depth)

    def _loop(self, depth: int) -> Ends:
        """Draw a block that is done again while the task behind it says so."""
        top, bottom, out = self.put("x", "xor"), self.put("x", "xor"), self.joint()
        first, last = self.block(depth)
        ask = self.put("t", "user")
        self.chain(top, first)
        self.chain(last, ask, bottom, out)
        self.net.join(bottom, top, self.condition())
        self.net.nodes[bottom].default = f"{bottom}-{out}"
        return top, out

    def _counted(self, depth: int) -> Ends:
        """Draw a loop that counts its rounds itself."""
        top, bottom, out = self.put("x", "xor"), self.put("x", "xor"), self.joint()
        counter = self.name("q")
        begin = self.put("c", "script", formula=Formula("const", value=0), result=counter)
        count = self.put("c", "script", formula=Formula("plus", counter, 1), result=counter)
        first, last = self.block(depth)
        self.chain(begin, top, first)
        self.chain(last, count, bottom, out)
        self.net.join(bottom, top, Formula("less", counter, self.random.randint(1, 3)))
        self.net.nodes[bottom].default = f"{bottom}-{out}"
        return begin, out

    def _leap(self, depth: int) -> Ends:
        """Draw a way that ends here if it is so chosen, and else goes on."""
        fork, out = self.put("x", "xor"), self.joint()
        default = self.net.join(fork, out)
        self.net.nodes[fork].default = default
        self.net.join(fork, self.end(), self.condition())
        return fork, out

    def _link(self, depth: int) -> Ends:
        """Draw a choice whose ways lead through links."""
        fork, out = self.put("x", "xor"), self.put("x", "xor")
        name = self.name("l")
        catch = self.put("h", "catch", trigger=Trigger("link", name))
        for number in range(2):
            first, last = self.block(depth)
            throw = self.put("w", "throw", trigger=Trigger("link", name))
            self.chain(last, throw)
            self.net.join(fork, first, self.condition() if number else None)
            if not number:
                self.net.nodes[fork].default = f"{fork}-{first}"
        self.chain(catch, out)
        return fork, out


def after_signal(trigger: Trigger, above: int) -> int:
    """Return from which signal on those may be thrown that come of *trigger*."""
    if trigger.kind != "signal":
        return above
    return max(above, SIGNALS.index(trigger.name) + 1)


def drop_idle_gateways(net: Net) -> None:
    """Draw an event where a gateway neither splits nor merges."""
    for node in net.nodes.values():
        if node.kind in GATEWAYS and len(net.into(node.id)) == len(net.out(node.id)) == 1:
            node.kind, node.default = "throw", None
            net.out(node.id)[0].condition = None
