"""Diagrams that are right are ready to be played, however long and oddly named."""

from engine.bpmn import Definitions
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import diagram, end, flows, process, start, user


def test_a_long_process_parses() -> None:
    names = [f"task-{number}" for number in range(1500)]
    source = diagram(
        process("p", start(), *map(user, names), end(), flows("start", *names, "end"))
    )

    assert Definitions.parse({"p.bpmn": source}, DecisionModel.parse({})).processes["p"]


def test_ids_that_spiffworkflow_uses_are_free() -> None:
    names = ("Start", "End", "p.EndJoin", "Root")
    source = diagram(
        process(
            "p", start("begin"), *map(user, names), end(), flows("begin", *names, "end")
        )
    )

    assert Definitions.parse({"p.bpmn": source}, DecisionModel.parse({})).processes["p"]
