"""Which flows a token takes: conditions and default flows, at gateways and activities."""

from collections.abc import Sequence
from typing import Any

from engine.bpmn.elements import FlowInfo
from engine.bpmn.evaluation import because
from engine.bpmn.failures import Stopped
from engine.bpmn.workflow import Token
from engine.model import Sentence


def holds(token: Token, flow: FlowInfo) -> bool:
    """Tell whether the condition of *flow* is true; neither true nor false stops.

    Raises:
        Stopped: If it is anything else.
    """
    if flow.test is None:
        return True
    engine = token.workflow.top_workflow.script_engine
    value, result = engine.result(token, flow.test, "condition", kind="condition")
    if isinstance(value, bool):
        return value
    raise Stopped(
        "condition",
        Sentence(
            "Expected the condition “{source}” of flow {flow} to be true or false, "
            "but it is {value}. {reason}",
            {
                "source": flow.test.source,
                "flow": flow.name or flow.id,
                "value": "null" if value is None else str(value),
                "reason": because(result),
            },
        ),
    )


def conditional(node: Any) -> list[FlowInfo]:
    """Return the flows other than the default flow, in the order of the diagram."""
    return [flow for flow in node.outgoing if flow.id != node.element.default_flow]


def default_of(node: Any) -> list[str]:
    """Return the flow to take where no condition is true.

    Raises:
        Stopped: If there is none.
    """
    if node.element.default_flow is None:
        raise Stopped(
            "no-flow",
            Sentence(
                "Expected a flow to take, but no condition is true and there is no "
                "default flow."
            ),
        )
    return [node.element.default_flow]


def flows_out(node: Any, token: Token) -> Sequence[str]:
    """Return the flows out of an activity (BPMN 2.0.2, 8.3.13 and 13.3.1).

    Those without a condition, those whose condition is true, and the default flow where
    no condition is true.
    """
    others = conditional(node)
    plain = [flow.id for flow in others if flow.test is None]
    met = [flow.id for flow in others if flow.test is not None and holds(token, flow)]
    if met or (plain and node.element.default_flow is None):
        taken = {*plain, *met}
        return [flow.id for flow in node.outgoing if flow.id in taken]
    return [*plain, *default_of(node)]
