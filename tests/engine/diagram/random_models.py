"""Random processes with lanes, loops, parallel branches and events on borders."""

from random import Random

from tests.engine.diagram.pictures import flow, lanes, process, undrawn

_WORDS = (
    "登记 核实投诉 审批意见 答复客户 安排取样 通知品管部 填写不良品处理书 归档 转呈营销总监"
)
_TASKS = ("userTask", "serviceTask", "businessRuleTask", "callActivity", "sendTask")


class Builder:
    """Grows a block-structured process, then adds returns and events on borders."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = Random(seed)
        self.left = size
        self.nodes: list[tuple[str, str]] = []
        self.flows: list[str] = []
        self.lanes: dict[str, list[str]] = {
            f"lane{n}": [] for n in range(self.random.randint(1, 5))
        }
        self.steps: list[str] = []

    def node(self, kind: str, name: str = "", more: str = "", inner: str = "") -> str:
        id_ = f"n{len(self.nodes)}"
        named = f' name="{name}"' if name else ""
        self.nodes.append((id_, f'<{kind} id="{id_}"{named}{more}>{inner}</{kind}>'))
        self.random.choice(list(self.lanes.values())).append(id_)
        return id_

    def join(self, source: str, target: str, name: str = "") -> None:
        self.flows.append(flow(f"f{len(self.flows)}", source, target, name))

    def sequence(self, before: str, depth: int) -> str:
        """Grow some blocks behind *before* and return the last node."""
        for _ in range(self.random.randint(1, 4)):
            if self.left <= 0:
                break
            pick = self.random.random()
            before = (
                self.branch(before, depth)
                if pick < 0.3 and depth < 3
                else self.step(before)
            )
        return before

    def step(self, before: str) -> str:
        self.left -= 1
        words = _WORDS.split()
        kind = self.random.choice(_TASKS)
        here = self.node(kind, self.random.choice(words))
        self.steps.append(here)
        self.join(before, here)
        return here

    def branch(self, before: str, depth: int) -> str:
        self.left -= 2
        parallel = self.random.random() < 0.4
        kind = "parallelGateway" if parallel else "exclusiveGateway"
        split = self.node(
            kind, "" if parallel else self.random.choice(["属实？", "在权限之内吗？"])
        )
        merge = self.node(kind)
        self.join(before, split)
        for answer in ["是", "不是", "需要补充材料"][: self.random.randint(2, 3)]:
            first = self.node("userTask", "办理")
            self.steps.append(first)
            self.join(split, first, "" if parallel else answer)
            self.join(self.sequence(first, depth + 1), merge)
        return merge

    def build(self) -> bytes:
        start = self.node("startEvent", "收到投诉")
        last = self.sequence(start, 0)
        while self.left > 0:
            last = self.sequence(last, 0)
        self.join(last, self.node("endEvent", "投诉结案"))
        self.returns()
        self.borders()
        held = {lane: " ".join(nodes) for lane, nodes in self.lanes.items()}
        drawn = "".join(markup for _, markup in self.nodes)
        return undrawn(process(lanes(**held) + drawn + "".join(self.flows)))

    def returns(self) -> None:
        for _ in range(self.random.randint(0, 2)):
            ordered = self.random.sample(self.steps, min(2, len(self.steps)))
            if len(ordered) == 2:
                self.join(ordered[0], ordered[1])

    def borders(self) -> None:
        for host in self.random.sample(self.steps, min(2, len(self.steps))):
            timer = self.node(
                "boundaryEvent",
                self.random.choice(["满 2 个工作时", "超时", ""]),
                f' attachedToRef="{host}"',
                "<timerEventDefinition/>",
            )
            remind = self.node("serviceTask", "提醒区域经理")
            self.join(timer, remind)
            self.join(remind, self.node("endEvent", "已提醒"))


def random_model(seed: int, size: int = 12) -> bytes:
    """Return a process of about *size* steps, the same for the same *seed*."""
    return Builder(seed, size).build()
