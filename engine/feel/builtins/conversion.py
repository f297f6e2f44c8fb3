"""Makes numbers, texts, dates, times and durations of other values."""

import re
from decimal import Decimal

from engine.feel.builtins.arguments import a_number, a_text, a_whole_number, unfit
from engine.feel.builtins.registry import Family
from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.arithmetic import at_midnight
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.literals import (
    LONGEST_OFFSET,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.feel.values.temporal import SECOND, UTC_ZONE, Date, DateTime, Time, Zone
from engine.feel.values.text import to_text
from engine.model import Sentence

FUNCTIONS = Family()
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,5})?", re.ASCII)


@FUNCTIONS.function("number", "from", "from, grouping separator, decimal separator")
def number(run: Run, source: FeelValue, *separators: FeelValue) -> FeelValue:
    """Read a number, with separators if they are given."""
    if len(separators) == 1:
        raise NoValue("Expected both separators or none, but got one.")
    if isinstance(source, Decimal) and not separators:
        return source
    text = a_text(source)
    if separators:
        text = _without_separators(text, *separators)
    if not _NUMBER.fullmatch(text):
        raise NoValue("Expected a number, but got “{text}”.", text=text[:50])
    return DECIMAL128.create_decimal(text)


def _without_separators(text: str, grouping: FeelValue, point: FeelValue) -> str:
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ","):
        raise NoValue("Expected separators such as “,” and “.”, but got others.")
    if grouping == point is not None:
        raise NoValue("Expected two different separators, but they are the same.")
    if isinstance(grouping, str):
        text = text.replace(grouping, "")
    if point == ",":
        if "." in text:
            raise NoValue("Expected a number, but got “{text}”.", text=text[:50])
        text = text.replace(",", ".")
    return text


@FUNCTIONS.function("string", "from")
def string(run: Run, value: FeelValue) -> FeelValue:
    """Write any value as text."""
    return None if value is None else to_text(value, run)


@FUNCTIONS.function("date", "from", "year, month, day")
def date(run: Run, *parts: FeelValue) -> FeelValue:
    """Read a date, or put one together."""
    if len(parts) == 3:
        return Date(*map(a_whole_number, parts))
    source = parts[0]
    if isinstance(source, str):
        return parse_date(source)
    if isinstance(source, DateTime):
        return source.date
    if not isinstance(source, Date):
        raise unfit(Sentence("a date"), source)
    return source


def _clock(hour: FeelValue, minute: FeelValue, second: FeelValue) -> int:
    hours, minutes, seconds = a_whole_number(hour), a_whole_number(minute), a_number(second)
    if not (0 <= hours <= 23 and 0 <= minutes <= 59 and 0 <= seconds < 60):
        raise NoValue("Expected a time of day, but it is none.")
    return (hours * 3600 + minutes * 60) * SECOND + int(seconds * SECOND)


def _offset(value: FeelValue) -> Zone | None:
    if value is None:
        return None
    if not isinstance(value, DaysAndTime):
        raise unfit(Sentence("a duration in days and hours"), value)
    if abs(value.nanoseconds) > LONGEST_OFFSET * SECOND:
        raise NoValue("Expected an offset of at most 18 hours, but it is larger.")
    seconds = abs(value.nanoseconds) // SECOND
    return Zone(seconds if value.nanoseconds >= 0 else -seconds)


@FUNCTIONS.function("time", "from", "hour, minute, second, offset?")
def time(run: Run, *parts: FeelValue) -> FeelValue:
    """Read a time of day, or put one together."""
    if len(parts) > 1:
        return Time(_clock(*parts[:3]), _offset(parts[3]) if len(parts) == 4 else None)
    source = parts[0]
    if isinstance(source, str) and not source.startswith("T"):
        return parse_time(source)
    if isinstance(source, DateTime):
        return source.time
    if isinstance(source, Date):
        return Time(0, UTC_ZONE)
    if not isinstance(source, Time):
        raise unfit(Sentence("a time"), source)
    return source


@FUNCTIONS.function(
    "date and time",
    "from",
    "date, time",
    "date, timezone",
    "year, month, day, hour, minute, second, offset?",
    "year, month, day, hour, minute, second, timezone?",
)
def date_and_time(run: Run, *parts: FeelValue) -> FeelValue:
    """Read a date and time, or put one together."""
    if len(parts) == 2:
        return _joined(*parts)
    if len(parts) > 2:
        zone = parts[6] if len(parts) == 7 else None
        return DateTime(
            Date(*map(a_whole_number, parts[:3])),
            Time(
                _clock(*parts[3:6]),
                Zone.named(zone) if isinstance(zone, str) else _offset(zone),
            ),
        )
    source = parts[0]
    if isinstance(source, str):
        return parse_date_time(source)
    if not isinstance(source, (Date, DateTime)):
        raise unfit(Sentence("a date with time"), source)
    return at_midnight(source)


def _joined(day: FeelValue, clock: FeelValue) -> DateTime:
    if isinstance(day, DateTime) and isinstance(clock, str):
        zone = parse_time("00:00:00" + (clock if clock[:1] in "+-Z@" else "@" + clock)).zone
        if day.time.zone is None or zone is None:
            return DateTime(day.date, Time(day.time.nanoseconds, zone))
        return DateTime.of_instant(day.instant, zone)
    if isinstance(day, DateTime):
        day = day.date
    if not isinstance(day, Date):
        raise unfit(Sentence("a date"), day)
    if not isinstance(clock, Time):
        raise unfit(Sentence("a time"), clock)
    return DateTime(day, clock)


@FUNCTIONS.function("duration", "from")
def duration(run: Run, source: FeelValue) -> FeelValue:
    """Read a duration."""
    if isinstance(source, (YearsAndMonths, DaysAndTime)):
        return source
    return parse_duration(a_text(source))
