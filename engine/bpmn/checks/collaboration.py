"""Pools and message flows: each pool is one process, and messages pass between pools."""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.bpmn.dialect import Diagram
from engine.bpmn.dialect.names import bpmn
from engine.bpmn.dialect.reading import Node, local_name
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence

_SENDERS = frozenset(
    {"participant", "endEvent", "intermediateThrowEvent", "subProcess", "callActivity"}
)
_RECEIVERS = frozenset(
    {
        "participant",
        "startEvent",
        "intermediateCatchEvent",
        "boundaryEvent",
        "subProcess",
        "callActivity",
    }
)


def check_collaboration(diagram: Diagram) -> Iterator[Problem]:
    """Yield what is wrong between the pools of a file."""
    if diagram.root is None:
        return
    drawn = _Drawn(diagram.root)
    yield from _pools(diagram.file, drawn)
    for flow in drawn.message_flows:
        yield from _message_flow(diagram.file, drawn, flow)


class _Drawn:
    """What a file holds, and in which pool."""

    def __init__(self, root: Node) -> None:
        self.processes = {
            node.get("id"): node for node in root.iterchildren(bpmn("process"))
        }
        self.participants = list(root.iter(bpmn("participant")))
        self.message_flows = list(root.iter(bpmn("messageFlow")))
        self.nodes: Mapping[str, Node] = {
            node.get("id", ""): node for node in root.iter(tag=etree.Element)
        }
        self.pools: dict[str, str] = {}
        for participant in self.participants:
            pool = participant.get("id", "")
            self.pools[pool] = pool
            process = self.processes.get(participant.get("processRef"))
            for node in () if process is None else process.iter(tag=etree.Element):
                self.pools[node.get("id", "")] = pool


def _pools(file: str, drawn: _Drawn) -> Iterator[Problem]:
    taken: set[str] = set()
    for participant in drawn.participants:
        reference = participant.get("processRef")
        if reference is None:
            continue  # A pool that is not looked into, such as the customer.
        if reference not in drawn.processes:
            yield Problem(
                file,
                participant.get("id"),
                "bpmn-pool-process",
                Sentence(
                    "Expected process “{process}” of the pool in the file, but there is "
                    "none.",
                    {"process": reference},
                ),
                Sentence("Draw the pool again."),
            )
        elif reference in taken:
            yield Problem(
                file,
                participant.get("id"),
                "bpmn-pool-process",
                Sentence(
                    "Expected one pool for process “{process}”, but there are two.",
                    {"process": reference},
                ),
                Sentence("Remove one of the pools."),
            )
        taken.add(reference)


def _message_flow(file: str, drawn: _Drawn, flow: Node) -> Iterator[Problem]:
    flow_id = flow.get("id")
    ends = [drawn.nodes.get(flow.get(end, "")) for end in ("sourceRef", "targetRef")]
    source, target = ends
    if source is None or target is None:
        yield Problem(
            file,
            flow_id,
            "bpmn-message-flow-ends",
            Sentence("Expected the message flow to join two elements, but an end is lost."),
            Sentence("Draw the message flow again."),
        )
        return
    pools = [drawn.pools.get(end.get("id", "")) for end in (source, target)]
    if pools[0] == pools[1]:
        yield Problem(
            file,
            flow_id,
            "bpmn-message-flow-pool",
            Sentence(
                "Expected the message flow to lead from one pool to another, but both of "
                "its ends are in one."
            ),
            Sentence("Use a sequence flow within a pool."),
        )
    for end, able in ((source, _SENDERS), (target, _RECEIVERS)):
        kind = local_name(end)
        if kind not in able and not kind.lower().endswith("task"):
            yield Problem(
                file,
                flow_id,
                "bpmn-message-flow-ends",
                Sentence(
                    "Expected a pool, an activity or an event at each end of the message "
                    "flow, but there is {kind}.",
                    {"kind": word(kind)},
                ),
                Sentence("Draw the message flow to something that sends or receives."),
            )
