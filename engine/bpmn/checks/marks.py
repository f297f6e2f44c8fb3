"""Marks on activities that are read but not carried out: each is refused."""

from collections.abc import Callable, Iterator, Mapping

from engine.bpmn.checks.surroundings import at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.bpmn.words import word
from engine.model import Sentence

_MARKS: Mapping[str, Callable[[ElementInfo], bool]] = {
    "isForCompensation": lambda element: element.for_compensation,
    "transaction": lambda element: element.kind == "transaction",
}


def check_marks(element: ElementInfo) -> Iterator[Problem]:
    """Yield a problem for each mark of *element* that is not carried out."""
    for mark, has in _MARKS.items():
        if has(element):
            yield at(
                element,
                "bpmn-unsupported",
                Sentence(
                    "Expected constructs that we carry out, but {kind} with {mark} is not "
                    "supported.",
                    {"kind": word(element.kind), "mark": mark},
                ),
                Sentence("Draw it with the constructs in processes/README.md."),
            )
