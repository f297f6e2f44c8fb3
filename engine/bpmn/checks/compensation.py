"""Compensation: each event has its handler, and each throw something to undo."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.dialect import CONTAINERS
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_compensation(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with *element* as an event or handler of compensation."""
    if element.for_compensation:
        yield from _handler(element, around)
    if element.event.kind != "compensate":
        return
    if element.kind == "boundaryEvent":
        yield from _event(element, around)
    elif element.event.activity_ref is not None:
        yield from _throw(element, element.event.activity_ref, around)


def _handler(element: ElementInfo, around: Around) -> Iterator[Problem]:
    if around.outgoing[element.id] or around.incoming[element.id]:
        yield at(
            element,
            "bpmn-compensation-flow",
            Sentence(
                "Expected no flow into or out of an activity for compensation, but there "
                "is one."
            ),
            Sentence("Remove the flow: the association says when it is done."),
        )
    if around.attached[element.id]:
        yield at(
            element,
            "bpmn-compensation-border",
            Sentence(
                "Expected no boundary event on an activity for compensation, but there is "
                "one."
            ),
            Sentence("Put the activity into a sub-process for compensation."),
        )
    if element.loop is not None:
        yield at(
            element,
            "bpmn-compensation-once",
            Sentence(
                "Expected an activity for compensation to be done once, but it has several "
                "instances."
            ),
            Sentence("Put the activity into a sub-process for compensation."),
        )
    joined = (other for other in around.elements.values() if element.id in other.handlers)
    if not any(joined):
        yield at(
            element,
            "bpmn-compensation-association",
            Sentence(
                "Expected an association from a compensation event to the activity, but "
                "there is none."
            ),
            Sentence(
                "Draw the association from the event on the border of the activity that is "
                "undone."
            ),
        )


def _event(element: ElementInfo, around: Around) -> Iterator[Problem]:
    if around.outgoing[element.id]:
        yield at(
            element,
            "bpmn-compensation-event-flow",
            Sentence("Expected no flow out of a compensation event, but there is one."),
            Sentence("Draw an association to the activity for compensation instead."),
        )
    if len(element.handlers) != 1:
        yield at(
            element,
            "bpmn-compensation-handler",
            Sentence(
                "Expected an association with one activity for compensation, but there are "
                "{count}.",
                {"count": len(element.handlers)},
            ),
            Sentence("Draw one, and put several activities into a sub-process."),
        )
    for handler in (around.elements[name] for name in element.handlers):
        if not handler.for_compensation or handler.scope != element.scope:
            yield at(
                handler,
                "bpmn-compensation-mark",
                Sentence(
                    "Expected the activity to be for compensation and to lie beside the "
                    "one that it undoes, but it does not."
                ),
                Sentence("Mark it as for compensation, and draw it in the same process."),
            )
    for other in around.attached[element.attached_to or ""]:
        if other.event.kind == "compensate" and other.id < element.id:
            yield at(
                element,
                "bpmn-compensation-twice",
                Sentence("Expected one compensation event on an activity, but two."),
                Sentence("Remove one of them."),
            )


def _throw(element: ElementInfo, wanted: str, around: Around) -> Iterator[Problem]:
    target = around.elements.get(wanted)
    scope = element.scope
    if scope is not None and around.elements[scope].event_sub:
        scope = around.elements[scope].scope
    if target is None or target.scope != scope or not _can_be_undone(target, around):
        yield at(
            element,
            "bpmn-compensation-activity",
            Sentence(
                "Expected “{activity}” to be an activity beside the event that can be "
                "undone, but it is not.",
                {"activity": wanted},
            ),
            Sentence("Choose an activity with a compensation event, or leave it open."),
        )


def _can_be_undone(activity: ElementInfo, around: Around) -> bool:
    if any(event.event.kind == "compensate" for event in around.attached[activity.id]):
        return True
    return activity.kind in CONTAINERS and any(
        _can_be_undone(inner, around) for inner in around.within(activity.id)
    )
