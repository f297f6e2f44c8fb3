"""Random nets made of blocks that lie in each other; each class has its own blocks."""

from itertools import pairwise

from tests.engine.bpmn.oracle.nets import (
    GATEWAYS,
    YES,
    Again,
    Formula,
    Many,
    Net,
    Node,
    Trigger,
)
from tests.engine.bpmn.oracle.play import FLAGS, NUMBERS
from tests.engine.bpmn.oracle.sketch import SIGNALS, Sketch

MOST_NODES = 45

Ends = tuple[str, str]


class Dice(Sketch):
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
        _drop_idle_gateways(net)
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
        before, self.above = self.above, _after(trigger, self.above)
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

    def _activity(
        self, depth: int, hosts: tuple[str, ...] | None = None, *, cancels: bool = False
    ) -> str:
        """Draw an activity of some kind; return it."""
        kind = self.random.choice(hosts or tuple(self.recipe.hosts))
        if self.count > MOST_NODES and kind != "job":
            kind = "user"
        name = self.name("a")
        more = self.mappings()
        if kind in ("sub", "transaction"):
            more["net"] = self.scope(name, depth, cancels=cancels)
        if kind == "call":
            more["net"] = self.scope(self.name("p"), depth, is_process=True)
            more["shares"] = self.chance(0.7)
            if not more["shares"]:
                given = [*FLAGS, *NUMBERS]
                more["inputs"] = tuple((name, Formula("var", name)) for name in given)
        return self.net.put(Node(name, kind, **more))

    def _sub(self, depth: int) -> Ends:
        name = self._activity(depth, ("sub",))
        return name, name

    def _call(self, depth: int) -> Ends:
        name = self._activity(depth, ("call",))
        return name, name

    def _again(self, depth: int) -> Ends:
        """Draw a standard loop."""
        name = self._activity(depth, ("user", "job", *self.recipe.hosts))
        condition = self.random.choice(
            [None, Formula("var", self.random.choice(FLAGS)), self.condition()]
        )
        most = self.random.randint(1, 3) if condition is None or self.chance(0.5) else None
        if condition is not None and most is None and condition.is_fixed:
            most = 2
        self.net.nodes[name].loop = Again(condition, self.chance(0.4), most)
        return self._bordered(name, depth) if self.recipe.borders else (name, name)

    def _each(self, depth: int) -> Ends:
        """Draw a multi-instance activity."""
        name = self._activity(depth, ("user", "job", *self.recipe.hosts))
        items = tuple(range(1, self.random.choice([0, 1, 2, 2, 3]) + 1))
        until = None
        if self.chance(0.3):
            flag = Formula("var", self.random.choice(FLAGS))
            until = self.random.choice([flag, Formula("finished", value=1)])
        plain = self.chance(0.2)
        self.net.nodes[name].loop = Many(
            items,
            sequential=self.chance(0.5),
            until=None if plain else until,
            item=f"i{name}",
            gather=f"o{name}" if not plain and self.chance(0.4) else None,
            plain=plain,
        )
        return self._bordered(name, depth) if self.recipe.borders else (name, name)

    def _guarded(self, depth: int) -> Ends:
        return self._bordered(self._activity(depth), depth)

    def _bordered(self, host: str, depth: int) -> Ends:
        """Draw boundary events on *host*, and ways on from them."""
        out = self.put("x", "xor")
        self.chain(host, out)
        codes, kind = set(), self.net.nodes[host].kind
        kinds = [k for k in self.recipe.borders if _fits(k, kind)]
        for _ in range(self.random.choice([1, 1, 2, 3]) if kinds else 0):
            kind = self.random.choice(kinds)
            trigger = self.trigger(kind, caught=True)
            if kind in ("error", "escalation") and (kind, trigger.name) in codes:
                continue
            codes.add((kind, trigger.name))
            interrupting = kind == "error" or self.chance(0.5)
            if kind == "timer" and not interrupting and self.chance(0.5):
                trigger = Trigger("timer", times=self.random.randint(2, 3))
            border = self.put(
                "y",
                "boundary",
                host=host,
                trigger=trigger,
                interrupting=interrupting,
                outputs=self.taken_over(trigger),
            )
            before, self.above = self.above, _after(trigger, self.above)
            first, last = self.block(depth - 1)
            self.chain(border, first)
            if interrupting and self.chance(0.7):
                self.chain(last, out)
            else:
                self.chain(last, self.end())
            self.above = before
        return host, out

    def _leap(self, depth: int) -> Ends:
        """Draw a way that ends here if it is so chosen, and else goes on."""
        fork, out = self.put("x", "xor"), self.joint()
        default = self.net.join(fork, out)
        self.net.nodes[fork].default = default
        self.net.join(fork, self.end(), self.condition())
        return fork, out

    def _escalate(self, depth: int) -> Ends:
        name = self.put("w", "throw", trigger=self.trigger("escalation"))
        return name, name

    def _signal(self, depth: int) -> Ends:
        trigger = self.trigger("signal") if self.above < len(SIGNALS) else None
        name = self.put("w", "throw", trigger=trigger)
        return name, name

    def _catch(self, depth: int) -> Ends:
        kind = self.random.choice(self._caught_kinds())
        trigger = self.trigger(kind, caught=True)
        outputs = self.taken_over(trigger)
        name = self.put("h", "catch", trigger=trigger, outputs=outputs)
        return name, name

    def _caught_kinds(self) -> list[str]:
        kinds = ["timer", "message"]
        if "signal" in self.recipe.blocks:
            kinds += ["signal", "signal"]
        if "conditional" in (*self.recipe.borders, *self.recipe.starts):
            kinds.append("conditional")
        return kinds

    def _race(self, depth: int) -> Ends:
        """Draw an event-based gateway."""
        fork, out = self.put("g", "race"), self.put("x", "xor")
        for _ in range(self.random.randint(2, 3)):
            name, _ = self._catch(depth)
            first, last = self.block(depth)
            self.chain(fork, name, first)
            self.chain(last, out)
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

    def _out(self, depth: int) -> Ends:
        """Draw an activity with conditional and other flows out of it."""
        name = self._activity(depth, ("user", "job", *self.recipe.hosts))
        out = self.put("j", "or")
        for number in range(self.random.randint(2, 3)):
            first, last = self.block(depth)
            self.chain(last, out)
            sort = self.random.choice(["free", "asked", "asked"])
            if number == 0 and self.chance(0.7):
                sort = "default"
            condition = self.condition() if sort == "asked" else None
            flow = self.net.join(name, first, condition)
            if sort == "default":
                self.net.nodes[name].default = flow
        node = self.net.nodes[name]
        if not any(flow.condition for flow in self.net.out(name)):
            node.default = None
        return name, out

    def _transaction(self, depth: int) -> Ends:
        """Draw a transaction, with a way on when it is cancelled."""
        host = self._activity(depth, ("transaction",), cancels=True)
        first, out = self._bordered(host, depth)
        node = self.net.nodes[host]
        ends = node.net.nodes.values() if node.net else ()
        if not any(_cancels(end) for end in ends):
            return first, out
        border = self.put("y", "boundary", host=host, trigger=Trigger("cancel"))
        begin, last = self.block(depth - 1)
        self.chain(border, begin)
        self.chain(last, self.end())
        return first, out

    def _undone(self, depth: int) -> Ends:
        """Draw an activity that another one compensates."""
        name = self._activity(depth, ("user", "job", "sub", *self.recipe.hosts))
        if self.chance(0.2):
            self.net.nodes[name].loop = Many((1, 2), item=f"i{name}")
        kind = self.random.choice(["user", "script", "job", "sub"])
        undo = Node(self.name("u"), kind, is_undo=True)
        if kind == "script":
            undo.formula, undo.result = Formula("plus", "n0", 1), "n0"
        if kind == "sub":
            undo.net = self.scope(undo.id, 0)
        self.net.put(undo)
        self.net.nodes[name].undo = undo.id
        self.put("y", "boundary", host=name, trigger=Trigger("compensation"))
        return name, name

    def _undo(self, depth: int) -> Ends:
        """Draw an event that compensates everything, or one activity."""
        able = [node.id for node in self.net.nodes.values() if node.undo]
        which = self.random.choice(able) if able and self.chance(0.4) else ""
        name = self.put("w", "throw", trigger=Trigger("compensation", which))
        return name, name


def _cancels(node: Node) -> bool:
    kind = node.trigger.kind if node.trigger else ""
    return node.kind == "end" and kind == "cancel"


def _after(trigger: Trigger, above: int) -> int:
    """Return from which signal on those may be thrown that come of *trigger*."""
    if trigger.kind != "signal":
        return above
    return max(above, SIGNALS.index(trigger.name) + 1)


def _fits(event: str, host: str) -> bool:
    """Tell whether the event can come out of an activity of that kind."""
    if event == "error":
        return host in ("job", "sub", "transaction", "call")
    return event != "escalation" or host in ("sub", "transaction", "call")


def _drop_idle_gateways(net: Net) -> None:
    """Draw an event where a gateway neither splits nor merges."""
    for node in net.nodes.values():
        if node.kind in GATEWAYS and len(net.into(node.id)) == len(net.out(node.id)) == 1:
            node.kind, node.default = "throw", None
            net.out(node.id)[0].condition = None
