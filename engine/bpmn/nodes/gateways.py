"""Gateways: choose a flow, split, join, wait for the first of several events."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from engine.bpmn.joins import reach, take_partners
from engine.bpmn.nodes.choosing import conditional, default_of, holds
from engine.bpmn.nodes.node import Node
from engine.bpmn.phases import CHOOSING, PHASE
from engine.bpmn.workflow import Token
from engine.model import Variables


class ExclusiveNode(Node):
    """An exclusive gateway: the first flow whose condition is true."""

    def choose(self, token: Token) -> Sequence[str]:
        """Return that flow, else the default one."""
        for flow in conditional(self):
            if holds(token, flow):
                return [flow.id]
        return default_of(self)


class ParallelNode(Node):
    """A parallel gateway: waits for one token from each flow, then goes along all."""

    gathers: ClassVar[bool] = True

    def admits(self, token: Token) -> bool:
        """Tell whether a token has come by each flow; its partners are used up."""
        return len(self.incoming) < 2 or take_partners(self, token)


class InclusiveNode(Node):
    """An inclusive gateway: waits while another token can still come, then splits."""

    gathers: ClassVar[bool] = True
    looks_around: ClassVar[bool] = True
    #: For each incoming flow the elements from which a token can still come by it.
    reach: Mapping[str, frozenset[str]] = {}

    def connected(self) -> None:
        """Work out, once the diagram is complete, from where each flow can be reached."""
        self.reach = reach(self)

    def admits(self, token: Token) -> bool:
        """Hold the token back where flows meet; `joins.ready_join` lets it go on."""
        return len(self.incoming) < 2

    def choose(self, token: Token) -> Sequence[str]:
        """Return every flow whose condition is true, else the default one."""
        chosen = [flow.id for flow in conditional(self) if holds(token, flow)]
        return chosen or default_of(self)


class EventGatewayNode(Node):
    """An event-based gateway: the first event that happens decides."""

    def begin(self, token: Token) -> bool:
        """Watch for the event at the end of each flow."""
        specs = token.workflow.spec.task_specs
        events: list[Any] = [specs[flow.target] for flow in self.outgoing]
        watches = [event.prepare(token) for event in events]
        for event, watch in zip(events, watches, strict=True):
            event.watch(token, watch)
        return False

    def caught(self, token: Token, watcher: Token, values: Variables) -> None:
        """Go along the flow to the event that happened."""
        event: Any = watcher.task_spec
        for child in token.children:
            token.workflow.withdraw(child)
        flow = next(flow for flow in self.outgoing if flow.target == event.element.id)
        token.internal_data[PHASE] = CHOOSING
        token.internal_data["flows"] = [flow.id]
        token.internal_data["values"] = dict(values)
        token.complete()

    def send(self, token: Token, flow_id: str) -> None:
        """Place the token at the event, which has happened already."""
        event: Any = token.workflow.spec.task_specs[self.flow(token, flow_id).target]
        event.occur(token.workflow, token.internal_data["values"])
