"""Tasks: each says what it needs to be carried out."""

from collections.abc import Collection, Iterator
from datetime import time
from zoneinfo import ZoneInfo

from engine.bpmn.checks.surroundings import at
from engine.bpmn.elements import ElementInfo, Term
from engine.bpmn.problems import Problem
from engine.bpmn.timers import TimerError, read_moment
from engine.bpmn.words import word
from engine.calendar import CalendarError, parse_deadline
from engine.model import Sentence

_UTC = ZoneInfo("UTC")


def check_task(
    element: ElementInfo, decisions: Collection[str] | None
) -> Iterator[Problem]:
    """Yield what *element* lacks."""
    yield from _work(element)
    yield from _decision(element, decisions)
    if element.kind == "userTask":
        yield from _times(element)
        yield from _priority(element)
        yield from _form(element)


def _work(element: ElementInfo) -> Iterator[Problem]:
    sends = element.event.kind == "message" and element.kind in (
        "endEvent",
        "intermediateThrowEvent",
    )
    if (element.kind in ("serviceTask", "sendTask") or sends) and element.job is None:
        yield at(
            element,
            "bpmn-work-missing",
            Sentence("Expected the type of the machine's work, but there is none."),
            Sentence("Give it a zeebe:taskDefinition with a type, such as notify."),
        )
    if element.job is not None and not sends and element.kind.endswith("Event"):
        yield at(
            element,
            "bpmn-work-place",
            Sentence(
                "Expected a job at message events only, but {kind} has one.",
                {"kind": word(element.kind)},
            ),
            Sentence("Make it a message event, or remove the zeebe:taskDefinition."),
        )
    retries = element.job.retries if element.job else None
    if retries is not None and not (retries.literal or "0").isdigit():
        yield at(
            element,
            "bpmn-retries",
            Sentence(
                "Expected a number of retries, but got {value}.", {"value": retries.source}
            ),
            Sentence("Write a whole number."),
        )
    if element.kind == "callActivity" and element.call is None:
        yield at(
            element,
            "bpmn-call-missing",
            Sentence("Expected the process that is called, but there is none."),
            Sentence("Give it a zeebe:calledElement with a process id."),
        )


def _decision(element: ElementInfo, decisions: Collection[str] | None) -> Iterator[Problem]:
    if element.kind == "scriptTask" and element.script is None:
        yield at(
            element,
            "bpmn-script-missing",
            Sentence("Expected a script in FEEL, but there is none."),
            Sentence("Give it a zeebe:script with an expression."),
        )
    if element.kind == "businessRuleTask" and element.decision is None:
        yield at(
            element,
            "bpmn-decision-missing",
            Sentence("Expected the decision that is taken, but there is none."),
            Sentence("Give it a zeebe:calledDecision with a decision id."),
        )
    if (element.script or element.decision) and not element.result_variable:
        yield at(
            element,
            "bpmn-result-missing",
            Sentence("Expected a variable for the result, but there is none."),
            Sentence("Name a result variable."),
        )
    called = element.decision_id
    if called is not None and decisions is not None and called not in decisions:
        yield at(
            element,
            "bpmn-decision",
            Sentence(
                "Expected a decision “{decision}”, but the deployment has none.",
                {"decision": called},
            ),
            Sentence("Correct the id, or add the table."),
        )


def _times(element: ElementInfo) -> Iterator[Problem]:
    schedule = element.schedule
    remedy = Sentence(
        "Write a deadline such as 3 working hours, 1 working day or 24 hours."
    )
    for place, term in (("deadline", schedule.deadline), ("warn", schedule.warn)):
        if term is not None and term.literal is not None:
            try:
                parse_deadline(term.source)
            except CalendarError as error:
                yield at(element, "bpmn-deadline", _no_time(place, error.sentence), remedy)
    for place, term in (("dueDate", schedule.due), ("followUpDate", schedule.follow_up)):
        if term is not None and term.literal is not None:
            try:
                read_moment(term.source, _UTC, at=time.min)
            except TimerError as error:
                remedy = Sentence("Write a date and time, or FEEL that gives one.")
                yield at(element, "bpmn-deadline", _no_time(place, error.sentence), remedy)


def _no_time(place: str, reason: Sentence) -> Sentence:
    return Sentence(
        "Expected {place} to give a time: {reason}", {"place": place, "reason": reason}
    )


def _priority(element: ElementInfo) -> Iterator[Problem]:
    term: Term | None = element.schedule.priority
    if term is None or term.literal is None:
        return
    if not term.source.isdigit() or int(term.source) > 100:
        yield at(
            element,
            "bpmn-priority",
            Sentence(
                "Expected a priority from 0 to 100, but got {value}.",
                {"value": term.source},
            ),
            Sentence("Write a whole number from 0 to 100."),
        )


def _form(element: ElementInfo) -> Iterator[Problem]:
    if element.form_id is not None and element.form_id.startswith("="):
        yield at(
            element,
            "bpmn-form",
            Sentence("Expected the id of a form, but it is an expression."),
            Sentence("Write the id itself."),
        )
