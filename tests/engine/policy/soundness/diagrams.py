"""Writes small diagrams, and random block-structured ones with one fault if wanted."""

import random
from dataclasses import dataclass, field, replace

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
    'targetNamespace="x"><process id="p" isExecutable="true">'
)


def diagram(nodes: str, flows: str, inside: str = "") -> bytes:
    """Return a file of *nodes* ``kind id`` and *flows* ``a>b``, separated by blanks."""
    body = ""
    kinds = nodes.split()
    for kind, name in zip(kinds[::2], kinds[1::2], strict=True):
        body += f'<{kind} id="{name}" name="{name.upper()}"/>'
    for number, flow in enumerate(flows.split()):
        source, target = flow.split(">")
        body += f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
    return f"{_HEAD}{body}{inside}</process></definitions>".encode()


@dataclass
class RandomModel:
    """Grows blocks of sequences, choices, parallels and loops around user tasks."""

    seed: int
    left: int
    nodes: list[tuple[str, str]] = field(default_factory=list)
    flows: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        previous = self._node("startEvent")
        while self.left > 0:
            first, last = self._block(0)
            self.flows.append((previous, first))
            previous = last
        self.flows.append((previous, self._node("endEvent")))

    def xml(self) -> bytes:
        """Return the model as a BPMN file."""
        return diagram(
            " ".join(f"{kind} {name}" for name, kind in self.nodes),
            " ".join(f"{source}>{target}" for source, target in self.flows),
        )

    def with_fault(self, kind: str) -> bytes | None:
        """Return the model with one merge of *kind* made the other kind, if it has one."""
        other = {
            "parallelGateway": "exclusiveGateway",
            "exclusiveGateway": "parallelGateway",
        }
        merges = [
            place
            for place, (name, each) in enumerate(self.nodes)
            if each == kind
            and sum(target == name for _, target in self.flows) > 1
            and (kind == "parallelGateway" or sum(s == name for s, _ in self.flows) == 1)
        ]
        if not merges:
            return None
        place = self.random.choice(merges)
        name = self.nodes[place][0]
        nodes = [*self.nodes[:place], (name, other[kind]), *self.nodes[place + 1 :]]
        changed = replace(self, left=0)
        changed.nodes, changed.flows = nodes, self.flows
        return changed.xml()

    def _node(self, kind: str) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append((name, kind))
        return name

    def _block(self, depth: int) -> tuple[str, str]:
        kind = self.random.random()
        if self.left < 2 or depth > 4 or kind < 0.4:
            self.left -= 1
            task = self._node("userTask")
            return task, task
        if kind < 0.6:
            first, middle = self._block(depth + 1)
            then, last = self._block(depth + 1)
            self.flows.append((middle, then))
            return first, last
        gateway = "parallelGateway" if kind >= 0.75 and kind < 0.9 else "exclusiveGateway"
        split, join = self._node(gateway), self._node(gateway)
        if kind >= 0.9:
            first, last = self._block(depth + 1)
            self.flows += [(split, first), (last, join), (join, split)]
            return split, join
        for _ in range(self.random.choice([2, 3])):
            first, last = self._block(depth + 1)
            self.flows += [(split, first), (last, join)]
        return split, join
