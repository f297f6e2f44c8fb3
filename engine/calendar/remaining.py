"""Says how much working time is left until a moment, or has gone by since."""

from datetime import datetime, timedelta
from decimal import Decimal

from engine.calendar.work_calendar import WorkCalendar
from engine.model import Sentence

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


def remaining(due: datetime, now: datetime, calendar: WorkCalendar) -> Sentence:
    """Return what is left until *due*, such as "1 working hour left" or "2 hours overdue".

    All of it is working time, rounded down; from one working day on it is given in days.
    Where only time off is left, that is said by the clock.
    """
    worked = calendar.working_time_between(now, due)
    if due > now:
        return _left(worked, due - now, calendar.day_length())
    return _overdue(-worked, calendar.day_length())


def _left(worked: timedelta, elapsed: timedelta, day: timedelta) -> Sentence:
    if worked >= day:
        return _count(
            worked // day, "{count} working day left", "{count} working days left"
        )
    if worked >= _HOUR:
        return _count(
            _hours(worked), "{count} working hour left", "{count} working hours left"
        )
    if worked >= _MINUTE:
        return _count(worked // _MINUTE, "{count} minute left", "{count} minutes left")
    if elapsed >= _HOUR:
        return _count(
            _hours(elapsed),
            "{count} hour left, outside working time",
            "{count} hours left, outside working time",
        )
    return Sentence("due now")


def _overdue(worked: timedelta, day: timedelta) -> Sentence:
    if worked >= day:
        return _count(
            worked // day, "{count} working day overdue", "{count} working days overdue"
        )
    if worked >= _HOUR:
        return _count(_hours(worked), "{count} hour overdue", "{count} hours overdue")
    if worked >= _MINUTE:
        return _count(
            worked // _MINUTE, "{count} minute overdue", "{count} minutes overdue"
        )
    return Sentence("just overdue")


def _count(count: Decimal | int, one: str, many: str) -> Sentence:
    return Sentence(one if count == 1 else many, {"count": count})


def _hours(span: timedelta) -> Decimal:
    """Return hours, with one decimal where it is not 0."""
    tenths = span // (_HOUR / 10)
    return Decimal(tenths) / 10 if tenths % 10 else Decimal(tenths // 10)
