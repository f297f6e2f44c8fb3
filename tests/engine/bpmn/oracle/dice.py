"""Random nets made of blocks that lie in each other; each class has its own blocks."""

from tests.engine.bpmn.oracle.blocks import Blocks, Ends, after_signal, drop_idle_gateways
from tests.engine.bpmn.oracle.nets import Again, Formula, Many, Net, Node, Trigger
from tests.engine.bpmn.oracle.play import FLAGS, NUMBERS
from tests.engine.bpmn.oracle.sketch import MOST_NODES, SIGNALS


class Dice(Blocks):
    """Draws activities and events among the blocks of flow."""

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

    def _crowd(self, depth: int) -> Ends:
        """Draw an activity with so many instances that some of them sleep."""
        if depth < 1:
            return self._task(depth)
        name = self._activity(1, ("user", "job", "sub", "sub"))
        until = Formula("finished", value=9) if self.chance(0.3) else None
        if self.net.nodes[name].kind == "sub":
            self.net.nodes[name].inputs = ()  # Else all orders of all would be tried.
        self.net.nodes[name].loop = Many(
            tuple(range(1, self.random.randint(9, 10))),
            item=f"i{name}",
            until=until,
            gather=f"o{name}" if self.chance(0.4) else None,
        )
        return self._bordered(name, depth)

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
            before, self.above = self.above, after_signal(trigger, self.above)
            first, last = self.block(depth - 1)
            self.chain(border, first)
            if interrupting and self.chance(0.7):
                self.chain(last, out)
            else:
                self.chain(last, self.end())
            self.above = before
        return host, out

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

    def _rolled(self, depth: int) -> Ends:
        """Draw a sub-process whose inside is compensated once it is complete."""
        net = Net(self.name("a"))
        self.scopes.append(net)
        self.cancels.append(False)
        start, end = self.put("b", "start"), self.put("e", "end")
        first, second = self._undone(0), self.block(depth)
        self.chain(start, first[0])
        self.chain(first[1], second[0])
        self.chain(second[1], end)
        drop_idle_gateways(net)
        self.scopes.pop()
        self.cancels.pop()
        inputs = (("l0", Formula("plus", self.random.choice(NUMBERS), 1)),)
        self.net.put(Node(net.id, "sub", net=net, inputs=inputs))
        throw = self.put("w", "throw", trigger=Trigger("compensation"))
        self.chain(net.id, throw)
        return net.id, throw

    def _undo(self, depth: int) -> Ends:
        """Draw an event that compensates everything, or one activity."""
        able = [node.id for node in self.net.nodes.values() if node.undo]
        which = self.random.choice(able) if able and self.chance(0.4) else ""
        name = self.put("w", "throw", trigger=Trigger("compensation", which))
        return name, name


def _cancels(node: Node) -> bool:
    kind = node.trigger.kind if node.trigger else ""
    return node.kind == "end" and kind == "cancel"


def _fits(event: str, host: str) -> bool:
    """Tell whether the event can come out of an activity of that kind."""
    if event == "error":
        return host in ("job", "sub", "transaction", "call")
    return event != "escalation" or host in ("sub", "transaction", "call")
