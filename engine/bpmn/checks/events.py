"""Events: each stands where its kind makes sense, with what it needs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.dialect import CONTAINERS
from engine.bpmn.dialect.names import ACTIVITIES
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.bpmn.timers import TimerError, read_due
from engine.bpmn.words import word, words
from engine.model import Sentence

_KINDS: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"none", "message", "timer", "signal"}),
    "endEvent": frozenset(
        {
            "none",
            "message",
            "error",
            "escalation",
            "signal",
            "terminate",
            "compensate",
            "cancel",
        }
    ),
    "intermediateCatchEvent": frozenset(
        {"message", "timer", "signal", "conditional", "link"}
    ),
    "intermediateThrowEvent": frozenset(
        {"none", "message", "escalation", "signal", "link", "compensate"}
    ),
    "boundaryEvent": frozenset(
        {
            "message",
            "timer",
            "error",
            "escalation",
            "signal",
            "conditional",
            "compensate",
            "cancel",
        }
    ),
    "receiveTask": frozenset({"message"}),
}
#: What begins an event sub-process.
_TRIGGERS = frozenset({"message", "timer", "error", "escalation", "signal", "conditional"})
#: Where an error or escalation can come from.
_SOURCES: dict[str, frozenset[str]] = {
    "error": CONTAINERS | {"callActivity", "serviceTask", "sendTask"},
    "escalation": CONTAINERS | {"callActivity"},
}
_HOSTS = ACTIVITIES | {"transaction"}
_SOME_MOMENT = datetime(2026, 1, 5, tzinfo=UTC)


def check_event(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the event, or receive task, *element*."""
    if element.kind not in _KINDS or element.event.kind == "unsupported":
        return
    kinds = _kinds(element, around)
    if element.event.kind not in kinds:
        yield at(
            element,
            "bpmn-event-kind",
            Sentence(
                "Expected {kind} to be one of {kinds}, but it is {event}.",
                {
                    "kind": word(element.kind),
                    "kinds": words(kinds),
                    "event": word(element.event.kind),
                },
            ),
            Sentence("Change the kind of event."),
        )
        return
    yield from _code(element)
    yield from _message(element)
    yield from _signal(element)
    yield from _timer(element)
    if element.kind == "boundaryEvent":
        yield from _border(element, around)
    if element.kind in ("boundaryEvent", "startEvent"):
        yield from _interrupts(element)
    if element.kind == "startEvent" and element.scope and element.form_id:
        yield at(
            element,
            "bpmn-start-form",
            Sentence(
                "Expected a form where a person starts a process only, but the start event "
                "of a sub-process has one."
            ),
            Sentence("Remove the form, or ask for it by a user task."),
        )
    if element.kind in ("boundaryEvent", "startEvent") and element.inputs:
        yield at(
            element,
            "bpmn-event-mapping",
            Sentence(
                "Expected no input mapping at {kind}, but there is one.",
                {"kind": word(element.kind)},
            ),
            Sentence("Use an output mapping."),
        )


def _kinds(element: ElementInfo, around: Around) -> frozenset[str]:
    if element.kind == "startEvent" and element.scope is not None:
        scope = around.elements.get(element.scope)
        triggered = scope is not None and scope.event_sub
        return _TRIGGERS if triggered else frozenset({"none"})
    return _KINDS[element.kind]


def _interrupts(element: ElementInfo) -> Iterator[Problem]:
    if element.event.kind == "error" and not element.interrupting:
        yield at(
            element,
            "bpmn-error-interrupts",
            Sentence("Expected an error event to interrupt, but it does not."),
            Sentence("Make it interrupting, or use an escalation."),
        )


def _signal(element: ElementInfo) -> Iterator[Problem]:
    signal = element.event.signal
    begins = element.kind == "startEvent" and element.scope is None
    if begins and signal is not None and signal.literal is None:
        yield at(
            element,
            "bpmn-signal-fixed",
            Sentence(
                "Expected a fixed name of the signal that starts a case, but it is an "
                "expression."
            ),
            Sentence("Write the name itself."),
        )


def _code(element: ElementInfo) -> Iterator[Problem]:
    throws = element.kind in ("endEvent", "intermediateThrowEvent")
    if throws and element.event.kind in ("error", "escalation") and not element.event.code:
        yield at(
            element,
            "bpmn-thrown-code",
            Sentence("Expected a code of what is thrown, but there is none."),
            Sentence("Choose an error or escalation that has a code."),
        )


def _message(element: ElementInfo) -> Iterator[Problem]:
    event = element.event
    if event.kind != "message" or element.kind in ("endEvent", "intermediateThrowEvent"):
        return
    if element.kind == "startEvent" and element.scope is None:
        if event.message is not None and event.message.literal is None:
            yield at(
                element,
                "bpmn-message-fixed",
                Sentence(
                    "Expected a fixed name of the message that starts a case, but it is an "
                    "expression."
                ),
                Sentence("Write the name itself."),
            )
    elif event.key is None and event.message is not None:
        yield at(
            element,
            "bpmn-message-key",
            Sentence(
                "Expected a correlation key that tells which case a message is for, but "
                "message “{message}” has none.",
                {"message": event.message.source},
            ),
            Sentence(
                "Give the message a subscription correlation key, such as = case.number."
            ),
        )


def _timer(element: ElementInfo) -> Iterator[Problem]:
    timer = element.event.timer
    if timer is None:
        return
    begins = element.kind == "startEvent" and element.scope is None
    repeats = begins or (
        element.kind in ("startEvent", "boundaryEvent") and not element.interrupting
    )
    if timer.kind == "cycle" and not repeats:
        yield at(
            element,
            "bpmn-timer-cycle",
            Sentence(
                "Expected a cycle where a process starts and at events that do not "
                "interrupt only, but {kind} has one.",
                {"kind": word(element.kind)},
            ),
            Sentence("Use a duration or a date."),
        )
    if timer.text.literal is not None:
        try:
            read_due(timer.kind, timer.text.source, _SOME_MOMENT, ZoneInfo("UTC"))
        except TimerError as error:
            yield at(
                element,
                "bpmn-timer-text",
                Sentence(
                    "Expected the timer “{source}” to give a time: {reason}",
                    {"source": timer.text.source, "reason": error.sentence},
                ),
                Sentence(
                    "Write a date, a duration such as PT1H, a cycle such as R3/PT10M, or "
                    "FEEL such as = add working hours(now(), 3)."
                ),
            )


def _border(element: ElementInfo, around: Around) -> Iterator[Problem]:
    host = around.elements.get(element.attached_to or "")
    if host is None or host.scope != element.scope or host.kind not in _HOSTS:
        yield at(
            element,
            "bpmn-boundary-place",
            Sentence("Expected the event to sit on an activity, but it does not."),
            Sentence("Place it on the border of an activity."),
        )
        return
    kind = element.event.kind
    passes = host.kind in ("scriptTask", "businessRuleTask", "task")
    if (passes and kind != "compensate") or (
        kind in _SOURCES and host.kind not in _SOURCES[kind]
    ):
        yield at(
            element,
            "bpmn-boundary-never",
            Sentence(
                "Expected an event that can happen at {host}, but {event} never does.",
                {"host": word(host.kind), "event": word(kind)},
            ),
            Sentence("Remove the event, or place it on another activity."),
        )
    yield from _twice(element, around)


def _twice(element: ElementInfo, around: Around) -> Iterator[Problem]:
    if element.event.kind not in ("error", "escalation"):
        return
    for other in around.attached[element.attached_to or ""]:
        same = (other.event.kind, other.event.code) == (
            element.event.kind,
            element.event.code,
        )
        if same and other.id < element.id:
            yield at(
                element,
                "bpmn-boundary-twice",
                Sentence(
                    "Expected one event for the code {code} on an activity, but there are "
                    "two.",
                    {"code": element.event.code or "-"},
                ),
                Sentence("Remove one of them."),
            )
