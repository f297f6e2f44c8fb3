"""Event sub-processes: an event begins them, and no flow leads in or out."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_event_sub(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the event sub-process *element*."""
    if not element.event_sub:
        return
    if around.outgoing[element.id] or around.incoming[element.id]:
        yield at(
            element,
            "bpmn-event-sub-flow",
            Sentence(
                "Expected no flow into or out of an event sub-process, but there is one."
            ),
            Sentence("Remove the flow: the event sub-process begins by its start event."),
        )
    if around.attached[element.id]:
        yield at(
            element,
            "bpmn-event-sub-border",
            Sentence(
                "Expected no boundary event on an event sub-process, but there is one."
            ),
            Sentence("Draw an event sub-process inside it, or catch the event around it."),
        )
    if element.loop is not None or element.repeat is not None:
        yield at(
            element,
            "bpmn-event-sub-repeated",
            Sentence("Expected an event sub-process to be done once, but it is repeated."),
            Sentence(
                "Remove the repetition: one that does not interrupt begins as often as its "
                "event happens."
            ),
        )
    if element.for_compensation:
        yield at(
            element,
            "bpmn-event-sub-compensation",
            Sentence(
                "Expected an event sub-process that an event begins, but it is for "
                "compensation."
            ),
            Sentence("Remove one of the two marks."),
        )
    yield from _twice(element, around)


def _twice(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield a problem where two of a scope catch the same error or escalation."""
    mine = _start(element, around)
    if mine is None or mine.event.kind not in ("error", "escalation"):
        return
    for other in around.within(element.scope):
        start = _start(other, around) if other.event_sub else None
        if start is None or other.id >= element.id:
            continue
        if (start.event.kind, start.event.code) == (mine.event.kind, mine.event.code):
            yield at(
                element,
                "bpmn-event-sub-twice",
                Sentence(
                    "Expected one event sub-process for the code {code}, but there are "
                    "two.",
                    {"code": mine.event.code or "-"},
                ),
                Sentence("Remove one of them."),
            )


def _start(element: ElementInfo, around: Around) -> ElementInfo | None:
    inside = around.within(element.id)
    return next((inner for inner in inside if inner.kind == "startEvent"), None)
