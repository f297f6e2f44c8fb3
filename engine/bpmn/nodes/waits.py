"""What events wait for: made clear when the token arrives."""

from dataclasses import dataclass
from typing import TypeAlias

from engine.bpmn.advance import Subscription, Timer
from engine.bpmn.elements import ConditionInfo, ElementInfo, EventInfo, TimerInfo
from engine.bpmn.evaluation import Evaluator
from engine.bpmn.failures import Stopped
from engine.bpmn.phases import CYCLE, DAY, DUE, LEFT, SIGNAL
from engine.bpmn.timers import Due, TimerError, next_due, read_due
from engine.bpmn.workflow import Token
from engine.model import Json, Sentence

LONGEST_KEY = 200  #: Characters by which a message finds its case.


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is waited for, and for whom."""

    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class SignalName:
    """A signal that is waited for."""

    name: str


Wait: TypeAlias = Due | Message | SignalName | ConditionInfo


def prepare_wait(evaluator: Evaluator, token: Token, event: EventInfo) -> Wait | None:
    """Return what *event* waits for as seen from *token*; None for nothing outside.

    Raises:
        Stopped: If its time, its name or its correlation key is unclear.
    """
    if event.timer is not None:
        return _due(evaluator, token, event.timer)
    if event.kind == "message":
        return _message(evaluator, token, event)
    if event.kind == "signal":
        return SignalName(signal_name(evaluator, token, event))
    return event.condition


def _due(evaluator: Evaluator, token: Token, timer: TimerInfo) -> Due:
    value = evaluator.evaluate(token, timer.text, "timer", kind="timer")
    around = evaluator.around
    try:
        return read_due(timer.kind, value, around.now, around.calendar.zone)
    except TimerError as error:
        raise Stopped(
            "timer",
            Sentence(
                "Expected the timer “{source}” to give a time: {reason}",
                {"source": timer.text.source, "reason": error.sentence},
            ),
        ) from error


def _message(evaluator: Evaluator, token: Token, event: EventInfo) -> Message:
    name: Json = None
    if event.message is not None:
        name = evaluator.evaluate(token, event.message, "message name", kind="message")
    if not isinstance(name, str) or not name:
        raise Stopped(
            "message",
            Sentence(
                "Expected the name of a message, but got {value}.", {"value": str(name)}
            ),
        )
    return Message(name, _key(evaluator, token, event))


def signal_name(evaluator: Evaluator, token: Token, event: EventInfo) -> str:
    """Return the name of the signal that *event* waits for or throws.

    Raises:
        Stopped: If it is no text.
    """
    name: Json = None
    if event.signal is not None:
        name = evaluator.evaluate(token, event.signal, "signal name", kind="signal")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_KEY:
        raise Stopped(
            "signal",
            Sentence(
                "Expected the name of a signal, of at most {limit} characters, but got "
                "{value}.",
                {"limit": LONGEST_KEY, "value": str(name)[:LONGEST_KEY]},
            ),
        )
    return name


def _key(evaluator: Evaluator, token: Token, event: EventInfo) -> str | None:
    if event.key is None:
        return None
    key = evaluator.evaluate(token, event.key, "correlationKey", kind="message")
    if isinstance(key, bool) or key is None or isinstance(key, dict | list) or key == "":
        raise Stopped(
            "message",
            Sentence(
                "Expected the correlation key “{source}” to be a text or a number, but it "
                "is {value}.",
                {
                    "source": event.key.source,
                    "value": "null" if key is None else str(key),
                },
            ),
        )
    if len(str(key)) > LONGEST_KEY:
        raise Stopped(
            "message",
            Sentence(
                "Expected a correlation key of at most {limit} characters, but it has "
                "{count}.",
                {"limit": LONGEST_KEY, "count": len(str(key))},
            ),
        )
    return str(key)


def open_wait(token: Token, element: ElementInfo, wait: Wait) -> None:
    """Say that *token* waits; a repeating timer notes how it goes on."""
    log = token.workflow.top_workflow.log
    if isinstance(wait, ConditionInfo):
        return
    if isinstance(wait, SignalName):
        token.internal_data[SIGNAL] = wait.name
        log.open(
            Subscription(
                token.id, element.process_id, element.id, wait.name, None, "signal"
            )
        )
        return
    if isinstance(wait, Message):
        log.open(
            Subscription(token.id, element.process_id, element.id, wait.name, wait.key)
        )
        return
    log.open(Timer(token.id, element.process_id, element.id, wait.moment))
    if wait.cycle is not None:
        token.internal_data |= {
            DUE: wait.moment.isoformat(),
            CYCLE: wait.cycle,
            LEFT: wait.left,
        }
        if wait.day is not None:
            token.internal_data[DAY] = wait.day


def renewed(token: Token, evaluator: Evaluator) -> Due | None:
    """Return when the repeating timer at *token* is due again; None when it is over."""
    notes = token.internal_data
    if CYCLE not in notes:
        return None
    zone = evaluator.around.calendar.zone
    due = read_due("date", notes[DUE], evaluator.around.now, zone)
    return next_due(Due(due.moment, notes[CYCLE], notes[LEFT], notes.get(DAY)), zone)
