"""When timers are due: dates, durations, cycles and cron, reckoned in a time zone.

Nothing here, and nothing else in this package, looks at the wall clock: a timer fires
because its caller found it due.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import isodate
from cronsim import CronSim, CronSimError
from dateutil.relativedelta import relativedelta

from engine.bpmn.elements import TimerKind
from engine.model import EngineError, Json

_CYCLE = re.compile(r"R(\d*)/(?:(.+)/)?(P.+)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ENDLESS = -1
_SHORTEST_MONTH = 28  #: Days.
_YEARS = 200  #: Longest duration; beyond it dates cannot be reckoned with.


class TimerError(EngineError):
    """A text that says no time."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a timer is due, and how it goes on."""

    moment: datetime
    cycle: str | None = None  #: Of a repeating timer: what to repeat.
    left: int = 0  #: How often it comes again after this; -1 for always.
    day: int | None = None  #: Of a cycle of months: the day that shorter ones lack.


def read_due(kind: TimerKind, value: Json, now: datetime, zone: ZoneInfo) -> Due:
    """Return when a timer that says *value* is due, entered at *now*.

    Raises:
        TimerError: If *value* is no time of that kind.
    """
    text = value.strip() if isinstance(value, str) else ""
    if kind == "cycle":
        return _first_of_cycle(text, now, zone)
    if text[:1] in ("P", "p", "-") and kind == "duration":
        return Due(after(now, text, zone))
    if text and text[:1] not in ("P", "p", "-", "R"):
        return Due(read_moment(text, zone))
    raise TimerError(
        "Expected a date and time, or a duration such as PT1H, but got {value}.",
        value=str(value),
    )


def next_due(due: Due, zone: ZoneInfo) -> Due | None:
    """Return when a repeating timer is due again after *due*; None when it is over."""
    if due.cycle is None or due.left == 0:
        return None
    left = due.left if due.left == _ENDLESS else due.left - 1
    if due.cycle[:1] in ("P", "p"):
        moment = after(due.moment, due.cycle, zone)
        if due.day is not None:
            moment = moment.replace(
                day=min(due.day, monthrange(*moment.timetuple()[:2])[1])
            )
        return Due(moment, due.cycle, left, due.day)
    return Due(_next_cron(due.cycle, due.moment, zone), due.cycle, left)


def _first_of_cycle(text: str, now: datetime, zone: ZoneInfo) -> Due:
    found = _CYCLE.fullmatch(text)
    if found is None:
        if not text or text[:1] in ("R", "P"):
            raise TimerError(
                "Expected a cycle such as R3/PT10M or 0 0 9 * * MON-FRI, but got {text}.",
                text=text,
            )
        return Due(_next_cron(text, now, zone), text, _ENDLESS)
    times = int(found[1]) if found[1] else _ENDLESS
    if times == 0:
        raise TimerError(
            "Expected a cycle that comes at least once, but got {text}.", text=text
        )
    if after(now, found[3], zone) <= now:
        raise TimerError("Expected a cycle that takes time, but got {text}.", text=text)
    left = times if times == _ENDLESS else times - 1
    if found[2]:
        first = read_moment(found[2], zone)
        return Due(first, found[3], left, _late_day(first, found[3]))
    day = _late_day(now.astimezone(zone), found[3])
    return Due(after(now, found[3], zone), found[3], left, day)


def _late_day(start: datetime, cycle: str) -> int | None:
    """Return the day to come back to after a shorter month, in a cycle of whole months."""
    whole = re.fullmatch(r"P(\d+Y)?(\d+M)?", cycle, re.IGNORECASE)
    return start.day if whole and start.day > _SHORTEST_MONTH else None


def _next_cron(text: str, moment: datetime, zone: ZoneInfo) -> datetime:
    expression = _cron(text)
    try:
        return next(CronSim(expression, moment.astimezone(zone)))
    except (CronSimError, StopIteration) as error:
        raise TimerError(
            "Expected a cycle such as R3/PT10M or 0 0 9 * * MON-FRI, but got {text}.",
            text=text,
        ) from error


def _cron(text: str) -> str:
    """Return *text* in the words of cronsim, which knows no ``?`` and no ``@daily``."""
    named = {
        "@yearly": "0 0 1 1 *",
        "@annually": "0 0 1 1 *",
        "@monthly": "0 0 1 * *",
        "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *",
        "@midnight": "0 0 * * *",
        "@hourly": "0 * * * *",
    }
    return named.get(text.lower(), text).replace("?", "*")


def after(start: datetime, duration: str, zone: ZoneInfo) -> datetime:
    """Return the moment that lies the ISO 8601 *duration* after *start*.

    Years, months, weeks and days keep the time of day in *zone*, and a day that the
    month does not have becomes its last; hours and less are elapsed time.
    """
    try:
        read = isodate.parse_duration(duration.upper())
    except (ValueError, isodate.ISO8601Error) as error:
        raise TimerError(
            "Expected a duration such as PT1H or P3D, but got {text}.", text=duration
        ) from error
    months = relativedelta()
    if isinstance(read, isodate.Duration):
        months = relativedelta(years=int(read.years), months=int(read.months))
        read = read.tdelta
    if read < timedelta(0) or months.years < 0 or months.months < 0:
        raise TimerError(
            "Expected a duration that is not negative, but got {text}.", text=duration
        )
    if read.days > _YEARS * 366 or months.years > _YEARS:
        raise TimerError(
            "Expected a duration of at most {years} years, but got {text}.",
            years=_YEARS,
            text=duration,
        )
    local: datetime = start.astimezone(zone) + months + timedelta(days=read.days)
    elapsed: timedelta = read - timedelta(days=read.days)
    return (local.astimezone(UTC) + elapsed).astimezone(zone)


def read_moment(text: str, zone: ZoneInfo, *, at: time = time.min) -> datetime:
    """Return the moment that the ISO 8601 *text* names.

    A date alone means *at* that time of day; without an offset it is in *zone*.
    """
    stamp, _, region = text.partition("@")
    try:
        if _DATE.fullmatch(stamp):
            moment = datetime.combine(date.fromisoformat(stamp), at)
        else:
            moment = datetime.fromisoformat(stamp)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(region) if region else zone)
        return moment.astimezone(zone)
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
        raise TimerError(
            "Expected a date and time such as 2026-03-02T09:00:00+08:00, but got {text}.",
            text=text,
        ) from error
