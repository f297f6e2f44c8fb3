"""Lanes: what is in them exists, and is in one of them."""

from collections.abc import Iterator

from engine.bpmn.dialect import Diagram
from engine.bpmn.dialect.names import bpmn
from engine.bpmn.dialect.reading import Node
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_lanes(diagram: Diagram) -> Iterator[Problem]:
    """Yield what is wrong with the lanes of a file."""
    known = set(diagram.ids)
    for lane_set in () if diagram.root is None else diagram.root.iter(bpmn("laneSet")):
        taken: dict[str, str] = {}
        for lane in lane_set.iterchildren(bpmn("lane")):
            for element in _held(lane):
                if element in taken and taken[element] != lane.get("id", ""):
                    yield _twice(diagram.file, element)
                taken[element] = lane.get("id", "")
                if element not in known and _is_carried_out(diagram, lane):
                    yield _nothing(diagram.file, lane, element)


def _held(lane: Node) -> list[str]:
    return [(held.text or "").strip() for held in lane.iterchildren(bpmn("flowNodeRef"))]


def _is_carried_out(diagram: Diagram, lane: Node) -> bool:
    """Tell whether the lane belongs to a process that runs: no other one was read."""
    around = next(lane.iterancestors(bpmn("process")), None)
    return around is not None and around.get("isExecutable") == "true"


def _twice(file: str, element: str) -> Problem:
    return Problem(
        file,
        element,
        "bpmn-lane-twice",
        Sentence("Expected the element to be in one lane, but it is in two."),
        Sentence("Move the element in the diagram, and save it again."),
    )


def _nothing(file: str, lane: Node, element: str) -> Problem:
    return Problem(
        file,
        lane.get("id"),
        "bpmn-lane-reference",
        Sentence(
            "Expected “{element}” of the lane in the diagram, but there is none.",
            {"element": element},
        ),
        Sentence("Move an element of the lane, and save the diagram again."),
    )
