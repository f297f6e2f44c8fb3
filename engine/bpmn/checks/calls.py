"""Calls: they lead to a process of the deployment, and never round in a circle."""

from collections.abc import Iterator, Sequence

from engine.bpmn.checks.surroundings import at
from engine.bpmn.elements import ElementInfo, ProcessInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_calls(processes: Sequence[ProcessInfo]) -> Iterator[Problem]:
    """Yield a problem for each call that cannot be carried out."""
    by_id = {process.id: process for process in processes}
    calls = {
        process.id: [element for element in process.elements.values() if element.call]
        for process in processes
    }
    for process in processes:
        for element in calls[process.id]:
            called = by_id.get(element.called_process or "")
            if called is None:
                yield _unknown(element)
            elif not any(start.kind == "none" for start in called.starts):
                yield _no_start(element)
            elif _leads_to(process.id, called.id, calls):
                yield _circle(element)


def _leads_to(wanted: str, start: str, calls: dict[str, list[ElementInfo]]) -> bool:
    seen: set[str] = set()
    todo = [start]
    while todo:
        place = todo.pop()
        if place == wanted:
            return True
        if place not in seen:
            seen.add(place)
            todo += [call.called_process or "" for call in calls.get(place, [])]
    return False


def _unknown(element: ElementInfo) -> Problem:
    return at(
        element,
        "bpmn-call-unknown",
        Sentence(
            "Expected a process “{process}”, but the deployment has none.",
            {"process": element.called_process},
        ),
        Sentence("Correct the process id, or add the process."),
    )


def _no_start(element: ElementInfo) -> Problem:
    return at(
        element,
        "bpmn-call-start",
        Sentence(
            "Expected process “{process}” to have a start event without a trigger, but it "
            "has none.",
            {"process": element.called_process},
        ),
        Sentence("Give the called process such a start event."),
    )


def _circle(element: ElementInfo) -> Problem:
    return at(
        element,
        "bpmn-call-circle",
        Sentence(
            "Expected calls not to go round in a circle, but “{process}” leads back here.",
            {"process": element.called_process},
        ),
        Sentence("Draw the repetition as a loop within one process."),
    )
