"""When complaints come: by season, weekday and hour, with one bad month, and then fewer."""

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from engine.calendar import WorkCalendar

_DAY = timedelta(days=1)
_WORKED_DAYS = 21.7  #: In a month.
#: On Monday there is more, on Friday less, on free days little.
_WEEKDAYS = (1.3, 1.1, 1.0, 0.9, 0.7, 0.35, 0.3)
_FREE = 0.15
_SWING = 0.2  #: By how much of the mean the seasons differ.
_BAD = 2.6  #: How many times as many come in the bad month.
_BETTER = (1.0, 0.9, 0.8, 0.72, 0.66)  #: What still comes in the last months.
_BEFORE_CLOSING = 0.95  #: Of a shift; nobody complains in its last minutes.
_FIRST_HOUR, _HOURS = 8.5, 11.0  #: When people complain on free days.


def arrivals(
    calendar: WorkCalendar, begin: datetime, end: datetime, monthly: int, chance: Random
) -> Iterator[datetime]:
    """Yield the moments at which complaints come, the earliest first.

    Args:
        calendar: Of the policy.
        begin: The moment before which none comes.
        end: The moment after which none comes.
        monthly: How many come in a month on the average.
        chance: Where the randomness comes from.
    """
    first = begin.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    months = (last.year - first.year) * 12 + last.month - first.month
    bad, phase = chance.randint(months // 3, months * 2 // 3), chance.random()
    day = first
    while day <= last:
        ago = (last.year - day.year) * 12 + last.month - day.month
        better = _BETTER[len(_BETTER) - 1 - ago] if ago < len(_BETTER) else 1.0
        season = 1 + _SWING * math.sin(math.tau * (day.timetuple().tm_yday / 365 + phase))
        expected = monthly / _WORKED_DAYS * season * better * _share(calendar, day)
        expected *= _BAD if months - ago == bad else 1
        for moment in sorted(_moments(calendar, day, expected, chance)):
            if begin <= moment <= end:
                yield moment
        day += _DAY


def _share(calendar: WorkCalendar, day: date) -> float:
    return _WEEKDAYS[day.weekday()] if calendar.is_working_day(day) else _FREE


def _moments(
    calendar: WorkCalendar, day: date, expected: float, chance: Random
) -> Iterator[datetime]:
    for _ in range(_poisson(expected, chance)):
        shifts = calendar.shifts_on(day)
        midnight = datetime.combine(day, time(), calendar.zone)
        if shifts:
            start, end = chance.choice(shifts).on(day, calendar.zone)
            yield start + (end - start) * chance.random() * _BEFORE_CLOSING
        else:
            hour = _FIRST_HOUR + _HOURS * chance.random()
            yield midnight + timedelta(hours=hour)


def _poisson(expected: float, chance: Random) -> int:
    """Return how often something happens that happens *expected* times on the average."""
    limit, count, product = math.exp(-expected), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count
