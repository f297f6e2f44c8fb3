"""Paths: every process begins and ends, and everything in it can be reached."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.dialect import CONTAINERS
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_paths(around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the beginnings, the ends and the ways between."""
    yield from _borders(around, None)
    for element in around.elements.values():
        if element.kind in CONTAINERS:
            yield from _borders(around, element)
        yield from _dead_end(around, element)
    yield from _unreachable(around)


def _borders(around: Around, container: ElementInfo | None) -> Iterator[Problem]:
    scope = container.id if container else None
    inside = around.within(scope)
    file = around.process.file
    place = scope or around.process.id
    starts = [element for element in inside if element.kind == "startEvent"]
    yield from _starts(place, file, container, starts)
    if not any(element.kind == "endEvent" for element in inside):
        yield Problem(
            file,
            place,
            "bpmn-end",
            Sentence("Expected an end event, but there is none."),
            Sentence("Draw where it ends."),
        )


def _starts(
    place: str, file: str, container: ElementInfo | None, starts: list[ElementInfo]
) -> Iterator[Problem]:
    plain = [element for element in starts if element.event.kind == "none"]
    if not starts:
        yield Problem(
            file,
            place,
            "bpmn-start",
            Sentence("Expected a start event, but there is none."),
            Sentence("Draw where it begins."),
        )
    if container is not None and container.event_sub and len(starts) > 1:
        yield Problem(
            file,
            place,
            "bpmn-start-of-event",
            Sentence(
                "Expected one event that begins the event sub-process, but there are "
                "{count}.",
                {"count": len(starts)},
            ),
            Sentence("Draw an event sub-process for each event."),
        )
    elif len(plain) > 1 or (container is not None and len(starts) > 1):
        yield Problem(
            file,
            place,
            "bpmn-start-twice",
            Sentence(
                "Expected one start event without a trigger, but there are {count}.",
                {"count": len(starts if container else plain)},
            ),
            Sentence("Keep one of them."),
        )


def _dead_end(around: Around, element: ElementInfo) -> Iterator[Problem]:
    if element.kind == "endEvent" or around.outgoing[element.id]:
        return
    if element.event_sub or element.for_compensation or element.handlers:
        return
    if element.kind == "intermediateThrowEvent" and element.event.link:
        return
    yield at(
        element,
        "bpmn-dead-end",
        Sentence("Expected a flow out of the element, but there is none."),
        Sentence("Draw how it goes on, or an end event."),
    )


def _unreachable(around: Around) -> Iterator[Problem]:
    todo = [
        element.id for element in around.elements.values() if element.kind == "startEvent"
    ]
    seen: set[str] = set()
    while todo:
        place = todo.pop()
        if place not in seen:
            seen.add(place)
            todo += [flow.target for flow in around.outgoing[place]]
            todo += [event.id for event in around.attached[place]]
    for element in around.elements.values():
        begun = element.event_sub or element.for_compensation
        if element.id not in seen and not begun:
            yield at(
                element,
                "bpmn-unreachable",
                Sentence("Expected the element to be reached, but no flow leads to it."),
                Sentence("Draw a flow to it, or remove it."),
            )
