"""Pools, lanes and message flows that contradict the diagram are refused."""

from engine.bpmn import inspect
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import (
    diagram,
    element,
    end,
    flow,
    flows,
    fork,
    process,
    start,
    user,
    xor,
)


def found(*parts: str, beside: str = "") -> set[tuple[str | None, str]]:
    plain = (start(), user("ask"), end(), flows("start", "ask", "end"))
    source = diagram(beside, process("p", *(parts or plain)))
    problems = inspect({"p.bpmn": source}, DecisionModel.parse({}))
    return {(problem.element, problem.rule) for problem in problems}


def lanes(*lane_refs: tuple[str, str]) -> str:
    drawn = "".join(
        element("lane", lane, f"<bpmn:flowNodeRef>{ref}</bpmn:flowNodeRef>")
        for lane, ref in lane_refs
    )
    return (
        element("laneSet", "lanes", drawn)
        + start()
        + user("ask")
        + end()
        + flows("start", "ask", "end")
    )


def pools(*inside: str, process_id: str = "p") -> str:
    house = element("participant", "house", processRef=process_id)
    customer = element("participant", "customer")
    return element("collaboration", "c", house, customer, *inside)


def passes(source: str, target: str) -> str:
    return element("messageFlow", "said", sourceRef=source, targetRef=target)


def test_messages_pass_between_pools() -> None:
    beside = pools(passes("customer", "ask"))

    assert found(beside=beside) == set()


def test_a_message_flow_within_a_pool_is_refused() -> None:
    beside = pools(passes("ask", "end"))

    assert ("said", "bpmn-message-flow-pool") in found(beside=beside)


def test_a_message_flow_to_nothing_is_refused() -> None:
    beside = pools(passes("customer", "nobody"))

    assert found(beside=beside) == {("said", "bpmn-message-flow-ends")}


def test_a_message_flow_from_a_gateway_is_refused() -> None:
    parts = (
        start(),
        fork("split"),
        user("ask"),
        user("tell"),
        fork("join"),
        end(),
        flows("start", "split", "ask", "join", "end"),
        flows("split", "tell", "join"),
    )

    problems = found(*parts, beside=pools(passes("split", "customer")))

    assert problems == {("said", "bpmn-message-flow-ends")}


def test_a_pool_of_no_process_is_refused() -> None:
    assert found(beside=pools(process_id="q")) == {("house", "bpmn-pool-process")}


def test_two_pools_of_one_process_are_refused() -> None:
    second = element("participant", "second", processRef="p")

    assert found(beside=pools(second)) == {("second", "bpmn-pool-process")}


def test_an_element_in_two_lanes_is_refused() -> None:
    assert found(lanes(("desk", "ask"), ("shop", "ask"))) == {("ask", "bpmn-lane-twice")}


def test_a_lane_with_what_is_not_there_is_refused() -> None:
    problems = found(lanes(("desk", "gone"), ("shop", "ask")))

    assert problems == {("desk", "bpmn-lane-reference")}


def test_a_gateway_that_neither_splits_nor_merges_is_refused() -> None:
    parts = (start(), xor("x"), user("ask"), end(), flows("start", "x", "ask", "end"))

    assert found(*parts) == {("x", "bpmn-gateway-alone")}


def test_a_gateway_that_is_marked_otherwise_than_drawn_is_refused() -> None:
    split = element("parallelGateway", "split", gatewayDirection="Converging")
    parts = (
        start(),
        split,
        user("ask"),
        user("tell"),
        fork("join"),
        end(),
        flows("start", "split", "ask", "join", "end"),
        flow("split", "tell"),
        flow("tell", "join"),
    )

    assert found(*parts) == {("split", "bpmn-gateway-direction")}
