"""Random models made of blocks, and an oracle that knows what they must do.

A block is drawn as BPMN on a sheet, and it is played by the oracle, which knows blocks
only and nothing of tokens, gateways or joins. What waits is named by the element and the
items of the multi-instance activities around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeAlias

from tests.engine.bpmn import models

Items: TypeAlias = tuple[tuple[str, int], ...]
Label: TypeAlias = tuple[str, Items]


@dataclass
class Sheet:
    """Where blocks are drawn."""

    parts: list[str] = field(default_factory=list)

    def draw(self, *parts: str) -> None:
        self.parts += parts


@dataclass
class Scope:
    """A process, or one run of a sub-process: tasks that reminders opened."""

    extras: list["Run"] = field(default_factory=list)


class Run:
    """One run of a block."""

    def __init__(self, scope: Scope, items: Items) -> None:
        self.scope, self.items, self.done = scope, items, False
        self.inside: list[Run] = []

    def enabled(self) -> Iterator[Label]:
        """What can happen now."""
        for run in self.inside:
            if not run.done:
                yield from run.enabled()

    def happen(self, label: Label, again: bool) -> bool:
        """Let it happen; tell whether it was here."""
        for run in self.inside:
            if not run.done and run.happen(label, again):
                self.moved(again)
                return True
        return False

    def moved(self, again: bool) -> None:
        self.done = all(run.done for run in self.inside)


class TaskRun(Run):
    def __init__(self, name: str, scope: Scope, items: Items) -> None:
        super().__init__(scope, items)
        self.label = (name, items)

    def enabled(self) -> Iterator[Label]:
        yield self.label

    def happen(self, label: Label, again: bool) -> bool:
        self.done = label == self.label
        return self.done


@dataclass
class Task:
    name: str

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        sheet.draw(models.user(self.name))
        return self.name, self.name

    def begin(self, scope: Scope, items: Items) -> Run:
        return TaskRun(self.name, scope, items)


@dataclass
class Guarded:
    """A task with a timer at its border: another task instead of it, or besides it."""

    name: str
    interrupting: bool

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        name = self.name
        exit_ = f"{name}-x" if self.interrupting else name
        sheet.draw(
            models.user(name),
            models.boundary(
                f"{name}-t",
                name,
                models.duration("PT1H"),
                interrupting=self.interrupting,
            ),
            models.user(f"{name}-alt"),
            models.flows(f"{name}-t", f"{name}-alt"),
        )
        if self.interrupting:
            sheet.draw(
                models.xor(exit_),
                models.flows(name, exit_),
                models.flows(f"{name}-alt", exit_),
            )
        else:
            over = f"{name}-over"
            sheet.draw(models.end(over), models.flows(f"{name}-alt", over))
        return name, exit_

    def begin(self, scope: Scope, items: Items) -> Run:
        return GuardedRun(self, scope, items)


class GuardedRun(Run):
    def __init__(self, block: Guarded, scope: Scope, items: Items) -> None:
        super().__init__(scope, items)
        self.block = block
        self.task: Run = TaskRun(block.name, scope, items)
        self.armed = True

    def enabled(self) -> Iterator[Label]:
        yield from self.task.enabled()
        if self.armed:
            yield (f"{self.block.name}-t", self.items)

    def happen(self, label: Label, again: bool) -> bool:
        if self.armed and label == (f"{self.block.name}-t", self.items):
            alternative = TaskRun(f"{self.block.name}-alt", self.scope, self.items)
            self.armed = False
            if self.block.interrupting:
                self.task = alternative
            else:
                self.scope.extras.append(alternative)
            return True
        self.done = self.task.happen(label, again)
        return self.done


@dataclass
class Chain:
    blocks: list["Block"]

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        ends = [block.draw(sheet) for block in self.blocks]
        for (_, before), (after, _) in pairwise(ends):
            sheet.draw(models.flows(before, after))
        return ends[0][0], ends[-1][1]

    def begin(self, scope: Scope, items: Items) -> Run:
        return ChainRun(self, scope, items)


class ChainRun(Run):
    def __init__(self, block: Chain, scope: Scope, items: Items) -> None:
        super().__init__(scope, items)
        self.left = list(block.blocks)
        self.inside = [self.left.pop(0).begin(scope, items)]

    def moved(self, again: bool) -> None:
        if self.inside[0].done and self.left:
            self.inside = [self.left.pop(0).begin(self.scope, self.items)]
        self.done = self.inside[0].done and not self.left


@dataclass
class Split:
    """Branches between two gateways, of which some are taken."""

    name: str
    tag: str
    branches: list["Block"]
    taken: list[int]

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        opening, closing = f"{self.name}-g", f"{self.name}-j"
        sheet.draw(models.element(self.tag, opening), models.element(self.tag, closing))
        for number, block in enumerate(self.branches):
            entry, exit_ = block.draw(sheet)
            condition = f"= {str(number in self.taken).lower()}"
            sheet.draw(
                models.flow(
                    opening, entry, None if self.tag == "parallelGateway" else condition
                ),
                models.flows(exit_, closing),
            )
        return opening, closing

    def begin(self, scope: Scope, items: Items) -> Run:
        run = Run(scope, items)
        run.inside = [self.branches[number].begin(scope, items) for number in self.taken]
        return run


@dataclass
class Loop:
    """A block that is done again while the task behind it says so."""

    name: str
    block: "Block"

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        entry, exit_ = self.block.draw(sheet)
        top, ask, bottom = (f"{self.name}-{part}" for part in ("top", "ask", "bottom"))
        out = f"{self.name}-out"
        sheet.draw(
            models.xor(top),
            models.user(ask),
            models.xor(bottom, default=f"{bottom}-{out}"),
            models.element("task", out),
            models.flows(top, entry),
            models.flows(exit_, ask, bottom, out),
            models.flow(bottom, top, "= again"),
        )
        return top, out

    def begin(self, scope: Scope, items: Items) -> Run:
        return LoopRun(self, scope, items)


class LoopRun(Run):
    def __init__(self, block: Loop, scope: Scope, items: Items) -> None:
        super().__init__(scope, items)
        self.round = Chain([block.block, Task(f"{block.name}-ask")])
        self.inside = [self.round.begin(scope, items)]

    def moved(self, again: bool) -> None:
        if self.inside[0].done and again:
            self.inside = [self.round.begin(self.scope, self.items)]
        self.done = self.inside[0].done


@dataclass
class Sub:
    """A sub-process, once or for each of some items."""

    name: str
    block: "Block"
    times: int = 0  #: 0 for a plain sub-process.
    sequential: bool = False

    def draw(self, sheet: Sheet) -> tuple[str, str]:
        inner = Sheet()
        entry, exit_ = self.block.draw(inner)
        begin, over = f"{self.name}-s", f"{self.name}-e"
        loop = []
        if self.times:
            numbers = list(range(1, self.times + 1))
            loop = [models.each(f"= {numbers}", self.name, sequential=self.sequential)]
        sheet.draw(
            models.sub(
                self.name,
                *loop,
                models.start(begin),
                models.end(over),
                *inner.parts,
                models.flows(begin, entry),
                models.flows(exit_, over),
            )
        )
        return self.name, self.name

    def begin(self, scope: Scope, items: Items) -> Run:
        return SubRun(self, scope, items)


class SubRun(Run):
    def __init__(self, block: Sub, scope: Scope, items: Items) -> None:
        super().__init__(scope, items)
        self.block = block
        self.left = list(range(1, block.times + 1)) or [0]
        first = self.left[:1] if block.sequential else list(self.left)
        self.left = self.left[len(first) :]
        self.inside = [self._instance(number) for number in first]

    def _instance(self, number: int) -> Run:
        items = self.items
        if self.block.times:
            items = tuple(sorted((*items, (self.block.name, number))))
        return ScopeRun(self.block.block, items)

    def moved(self, again: bool) -> None:
        if all(run.done for run in self.inside) and self.left:
            self.inside = [self._instance(self.left.pop(0))]
        self.done = all(run.done for run in self.inside)


class ScopeRun(Run):
    """A process, or one instance of a sub-process."""

    def __init__(self, block: "Block", items: Items = ()) -> None:
        super().__init__(Scope(), items)
        self.main = block.begin(self.scope, items)
        self.inside = [self.main]

    def enabled(self) -> Iterator[Label]:
        self.inside = [self.main, *self.scope.extras]
        yield from super().enabled()

    def moved(self, again: bool) -> None:
        self.inside = [self.main, *self.scope.extras]
        super().moved(again)


Block: TypeAlias = Task | Guarded | Chain | Split | Loop | Sub


class Dice:
    """Makes random blocks of some kinds."""

    def __init__(self, seed: int, kinds: list[str]) -> None:
        self.random = Random(seed)
        self.kinds = kinds
        self._count = 0

    def model(self) -> Chain:
        return Chain([self._task(), self.block(3), self.block(3), self._task()])

    def block(self, depth: int) -> Block:
        kind = self.random.choice(self.kinds) if depth else "task"
        return getattr(self, f"_{kind}")(depth - 1)

    def _name(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def _some(self, depth: int) -> list[Block]:
        return [self.block(depth) for _ in range(self.random.randint(2, 3))]

    def _task(self, depth: int = 0) -> Block:
        return Task(self._name())

    def _guarded(self, depth: int) -> Block:
        return Guarded(self._name(), self.random.random() < 0.5)

    def _chain(self, depth: int) -> Block:
        return Chain(self._some(depth))

    def _parallel(self, depth: int) -> Block:
        branches = self._some(depth)
        return Split(self._name(), "parallelGateway", branches, list(range(len(branches))))

    def _exclusive(self, depth: int) -> Block:
        branches = self._some(depth)
        taken = [self.random.randrange(len(branches))]
        return Split(self._name(), "exclusiveGateway", branches, taken)

    def _inclusive(self, depth: int) -> Block:
        branches = self._some(depth)
        taken = [n for n in range(len(branches)) if self.random.random() < 0.6] or [0]
        return Split(self._name(), "inclusiveGateway", branches, taken)

    def _loop(self, depth: int) -> Block:
        return Loop(self._name(), self.block(depth))

    def _sub(self, depth: int) -> Block:
        return Sub(self._name(), self.block(depth))

    def _each(self, depth: int) -> Block:
        times, sequential = self.random.randint(1, 3), self.random.random() < 0.5
        return Sub(self._name(), self.block(depth), times, sequential)
