"""Activities that are done several times: how often is bounded."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import at
from engine.bpmn.elements import ElementInfo, Loop, StandardLoop
from engine.bpmn.nodes.multi_instance import MOST_INSTANCES, read_count
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_loop(element: ElementInfo) -> Iterator[Problem]:
    """Yield what is wrong with how often *element* is done."""
    if element.loop is not None:
        yield from _instances(element, element.loop)
    if element.repeat is not None:
        yield from _again(element, element.repeat)


def _instances(element: ElementInfo, loop: Loop) -> Iterator[Problem]:
    if (loop.output_collection is None) != (loop.output_element is None):
        yield at(
            element,
            "bpmn-output-collection",
            Sentence(
                "Expected both outputCollection and outputElement or neither, but there is "
                "one."
            ),
            Sentence("Give both, or remove the one."),
        )
    fixed = loop.cardinality.literal if loop.cardinality else None
    if fixed is not None and not _is_count(fixed):
        yield at(
            element,
            "bpmn-cardinality",
            Sentence(
                "Expected a whole number up to {limit} as loopCardinality, but got "
                "{value}.",
                {"limit": MOST_INSTANCES, "value": fixed},
            ),
            Sentence("Write a number, or FEEL that gives one."),
        )


def _is_count(text: str) -> bool:
    count = read_count(text)
    return count is not None and count <= MOST_INSTANCES


def _again(element: ElementInfo, loop: StandardLoop) -> Iterator[Problem]:
    if element.loop is not None:
        yield at(
            element,
            "bpmn-loop-both",
            Sentence("Expected a loop or several instances, but the activity has both."),
            Sentence("Keep one of them, or put the activity into a sub-process."),
        )
    if loop.condition is None and loop.maximum is None:
        yield at(
            element,
            "bpmn-loop-bound",
            Sentence("Expected the loop to end, but it has no condition and no maximum."),
            Sentence("Give it a loopCondition in FEEL, or a loopMaximum."),
        )
