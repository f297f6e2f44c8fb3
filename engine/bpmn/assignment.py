"""Who is to do a user task, and by when."""

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal

from engine.bpmn.advance import UserTask
from engine.bpmn.elements import ElementInfo, Term
from engine.bpmn.evaluation import Evaluator
from engine.bpmn.failures import Stopped
from engine.bpmn.timers import TimerError, read_moment
from engine.bpmn.workflow import Token
from engine.calendar import CalendarError, parse_deadline
from engine.model import Json, Sentence

ORDINARY = 50  #: The priority of a task that says none, as in Camunda 8.
_END_OF_DAY = time(23, 59, 59)


def open_user_task(
    evaluator: Evaluator, token: Token, element: ElementInfo, around: tuple[str, ...]
) -> UserTask:
    """Return the task that opens at *token*, inside the tokens *around* it.

    Raises:
        Stopped: If it is unclear who is to do it or by when.
    """

    def value(term: Term | None, place: str, kind: str) -> Json:
        if term is None:
            return None
        return evaluator.evaluate(token, term, place, kind=kind)

    who = element.assignment
    assignee = _login(value(who.assignee, "assignee", "assignment"))
    groups = _names(value(who.groups, "candidateGroups", "assignment"), "candidateGroups")
    users = _names(value(who.users, "candidateUsers", "assignment"), "candidateUsers")
    if (who.assignee or who.groups or who.users) and not (assignee or groups or users):
        raise Stopped(
            "assignment",
            Sentence(
                "Expected somebody to do the task, but assignee, candidate groups and "
                "candidate users are all empty."
            ),
        )
    plan, schedule = _Plan(evaluator, value), element.schedule
    due = plan.moment(schedule.due, "dueDate")
    # A time of the case's own replaces deadline and warning, which are counted from now.
    replaced = due is not None and schedule.deadline is not None
    return UserTask(
        token=token.id,
        around=around,
        process_id=element.process_id,
        element_id=element.id,
        name=element.name,
        lane=element.lane,
        assignee=assignee,
        candidate_groups=groups,
        candidate_users=users,
        due=due or plan.deadline(schedule.deadline, "deadline"),
        warn=None if replaced else plan.deadline(schedule.warn, "warn"),
        follow_up=plan.moment(schedule.follow_up, "followUpDate"),
        priority=_priority(value(schedule.priority, "priority", "assignment")),
        form_id=element.form_id,
        properties=element.properties,
        clauses=element.clauses,
        local=dict(token.data),
    )


class _Plan:
    """Reads due dates, follow-up dates and deadlines."""

    def __init__(
        self, evaluator: Evaluator, value: Callable[[Term | None, str, str], Json]
    ) -> None:
        self._around = evaluator.around
        self._value = value

    def moment(self, term: Term | None, place: str) -> datetime | None:
        """Return the moment; a date alone means the end of that day."""
        value = self._value(term, place, "due")
        if value is None:
            return None
        try:
            if not isinstance(value, str):
                raise _not_a_date(value)
            return read_moment(value, self._around.calendar.zone, at=_END_OF_DAY)
        except TimerError as error:
            raise _unclear(place, error.sentence) from error

    def deadline(self, term: Term | None, place: str) -> datetime | None:
        """Return when a text such as "3 working hours" runs out, counted from now."""
        value = self._value(term, place, "due")
        if value is None:
            return None
        try:
            deadline = parse_deadline(str(value))
            return deadline.after(self._around.now, self._around.calendar)
        except CalendarError as error:
            raise _unclear(place, error.sentence) from error


def _not_a_date(value: Json) -> TimerError:
    return TimerError(
        "Expected a date and time such as 2026-03-02T09:00:00+08:00, but got {text}.",
        text=str(value),
    )


def _unclear(place: str, reason: Sentence) -> Stopped:
    return Stopped(
        "due",
        Sentence(
            "Expected {place} to give a time: {reason}", {"place": place, "reason": reason}
        ),
    )


def _login(value: Json) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value.strip()
    raise _unclear_who("assignee", value)


def _names(value: Json, place: str) -> tuple[str, ...]:
    """Return the names in a list, or in a text with commas."""
    if value is None:
        return ()
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise _unclear_who(place, value)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _unclear_who(place: str, value: Json) -> Stopped:
    return Stopped(
        "assignment",
        Sentence(
            "Expected {place} to give names, but got {value}.",
            {"place": place, "value": str(value)},
        ),
    )


def _priority(value: Json) -> int:
    if value is None:
        return ORDINARY
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        number = Decimal(-1)
    if not 0 <= number <= 100 or number != number.to_integral_value():
        raise Stopped(
            "assignment",
            Sentence(
                "Expected a priority from 0 to 100, but got {value}.", {"value": str(value)}
            ),
        )
    return int(number)
