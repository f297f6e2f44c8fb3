"""Reads dates, times and durations as FEEL writes them (ISO 8601 and a little more)."""

import re

from engine.feel.errors import NoValue
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.temporal import SECOND, UTC_ZONE, Date, DateTime, Time, Zone

_DATE = re.compile(r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"T?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,18}))?"
    r"(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w+\-/]*)?",
    re.ASCII,
)
_MONTHS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_SECONDS = re.compile(
    r"(-?)P(?:(\d{1,12})D)?"
    r"(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,14})(?:\.(\d{0,18}))?S)?)?",
    re.ASCII,
)
LONGEST_OFFSET = 18 * 3600  #: Seconds; ISO 8601 knows no farther zone.


def parse_date(text: str) -> Date:
    """Read a date such as ``2026-03-02``."""
    match = _DATE.fullmatch(text)
    if not match:
        raise NoValue(
            "Expected a date such as 2026-03-02, but got “{text}”.", text=text[:50]
        )
    year = int(match[2])
    return Date(-year if match[1] else year, int(match[3]), int(match[4]))


def parse_zone(text: str) -> Zone:
    """Read a zone such as ``Z``, ``+08:00`` or ``@Asia/Shanghai``."""
    if text == "Z":
        return UTC_ZONE
    if text[0] == "@":
        return Zone.named(text[1:])
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:9] or 0)
    offset = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or offset > LONGEST_OFFSET:
        raise NoValue(
            "Expected an offset such as +08:00, but got “{text}”.", text=text[:50]
        )
    return Zone(-offset if text[0] == "-" else offset)


def parse_time(text: str) -> Time:
    """Read a time such as ``09:30:00`` or ``09:30:00.5+08:00``."""
    match = _TIME.fullmatch(text)
    if not match:
        raise NoValue("Expected a time such as 09:30:00, but got “{text}”.", text=text[:50])
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    if (hour, minute, second, match[4]) == (24, 0, 0, None):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise NoValue("Expected a time such as 09:30:00, but got “{text}”.", text=text[:50])
    nanoseconds = (hour * 3600 + minute * 60 + second) * SECOND + _fraction(match[4])
    return Time(nanoseconds, parse_zone(match[5]) if match[5] else None)


def _fraction(digits: str | None) -> int:
    return int((digits + "0" * 9)[:9]) if digits else 0


def parse_date_time(text: str) -> DateTime:
    """Read a date and time; a date alone is its midnight, without a zone."""
    if "T" not in text:
        return DateTime(parse_date(text), Time(0))
    day_text, clock = text.split("T", 1)
    if clock[:1] in ("", "T"):
        raise NoValue(
            "Expected a date and time such as 2026-03-02T09:30:00, but got “{text}”.",
            text=text[:50],
        )
    day = parse_date(day_text)
    if clock.startswith("24:00:00"):
        day = Date.of_number(day.number + 1)
    return DateTime(day, parse_time(clock))


def parse_duration(text: str) -> YearsAndMonths | DaysAndTime:
    """Read a duration such as ``P1Y2M`` or ``P3DT4H``."""
    match = _MONTHS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsAndMonths(-months if match[1] else months)
    match = _SECONDS.fullmatch(text)
    if not match or text[-1] in "PT":
        raise NoValue(
            "Expected a duration such as P3D or PT4H, but got “{text}”.", text=text[:50]
        )
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:5])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    nanoseconds = total * SECOND + _fraction(match[6])
    return DaysAndTime(-nanoseconds if match[1] else nanoseconds)


def parse_temporal(
    text: str,
) -> Date | Time | DateTime | YearsAndMonths | DaysAndTime | None:
    """Read whichever of them *text* is (the ``@"…"`` literal); None if it is none."""
    moment = parse_date_time if "T" in text and "P" not in text[:2] else parse_date
    for parse in (moment, parse_time, parse_duration):
        try:
            return parse(text)
        except NoValue:
            continue
    return None
