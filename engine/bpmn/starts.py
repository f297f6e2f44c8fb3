"""When processes that a timer starts are due."""

from datetime import datetime

from engine.bpmn.definitions import Definitions
from engine.bpmn.elements import StartInfo, Term, TimerInfo
from engine.bpmn.evaluation import Surroundings, make_context
from engine.bpmn.timers import Due, TimerError, next_due, read_due
from engine.feel import FeelError, to_json
from engine.model import Json, NotFound


def next_start(
    definitions: Definitions,
    process_id: str,
    element_id: str,
    around: Surroundings,
    *,
    previous: datetime | None = None,
    fired: int = 0,
) -> datetime | None:
    """Return when a timer start event is due next; None when it is over.

    Args:
        definitions: Where the process is.
        process_id: The process.
        element_id: Its timer start event.
        around: The moment from which a first due time is reckoned.
        previous: When it was due the last time; None at first.
        fired: How often it has been due.

    Raises:
        NotFound: If there is no such start event.
        TimerError: If its text gives no time.
    """
    timer = _start(definitions, process_id, element_id).timer
    if timer is None:
        raise _none(element_id)
    zone = around.calendar.zone
    due = read_due(timer.kind, _text(timer.text, around), around.now, zone)
    if previous is None:
        return due.moment
    if due.cycle is None or (due.left >= 0 and fired > due.left):
        return None
    again = next_due(Due(previous, due.cycle, -1, _day(timer, due, previous, around)), zone)
    return None if again is None else again.moment


def _day(
    timer: TimerInfo, due: Due, previous: datetime, around: Surroundings
) -> int | None:
    """Return the day of the month that a cycle keeps to, where its text says the first."""
    text = _text(timer.text, around)
    says_first = read_due(timer.kind, text, previous, around.calendar.zone) == due
    return due.day if says_first else None


def _start(definitions: Definitions, process_id: str, element_id: str) -> StartInfo:
    for start in definitions.process(process_id).starts:
        if start.element_id == element_id:
            return start
    raise _none(element_id)


def _none(element_id: str) -> NotFound:
    return NotFound(
        "Expected a timer start event “{element}”, but there is none.", element=element_id
    )


def _text(term: Term, around: Surroundings) -> Json:
    if term.expression is None:
        return term.source
    try:
        result = term.expression.evaluate(around.facts, make_context(around))
        return to_json(result.value)
    except FeelError as error:
        raise TimerError(
            "Expected the timer “{source}” to give a time: {reason}",
            source=term.source,
            reason=error.sentence,
        ) from error
