"""Reads a policy's calendar.toml.

```toml
zone = "Asia/Shanghai"
shifts = [["09:00", "12:00"], ["13:30", "18:00"]]
weekdays = [1, 2, 3, 4, 5]
holidays = "CN"  # or "none": the statutory holidays are worked

[days]
2026-05-20 = "off"
2026-05-23 = "work"
2026-12-31 = [["09:00", "12:00"]]
```
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.calendar.errors import CalendarError
from engine.calendar.shifts import DAY, Shift, read_shifts
from engine.model import Json

_KEYS = ("zone", "shifts", "weekdays", "holidays", "days")
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a calendar.toml says; each key has an office's usual value unless given."""

    zone: ZoneInfo
    shifts: tuple[Shift, ...]
    weekdays: frozenset[int]
    keeps_holidays: bool
    days: Mapping[date, tuple[Shift, ...]]


def read_calendar_file(text: str) -> CalendarFile:
    """Return what the TOML in *text* says.

    Raises:
        CalendarError: If it is not TOML, or a key is unknown or has no sensible value.
    """
    try:
        entries = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise CalendarError(
            "Expected the calendar as TOML, but {reason}.", reason=str(error)
        ) from error
    for key in entries.keys() - set(_KEYS):
        raise CalendarError(
            "Expected only the keys {known}, but found {key}.",
            known=", ".join(_KEYS),
            key=key,
        )
    shifts = _shifts(
        entries.get("shifts", [["09:00", "12:00"], ["13:30", "18:00"]]), "shifts"
    )
    days = _days(entries.get("days", {}), shifts)
    _refuse_overlapping_nights(shifts, days)
    return CalendarFile(
        zone=_zone(entries.get("zone", "Asia/Shanghai")),
        shifts=shifts,
        weekdays=_weekdays(entries.get("weekdays", [1, 2, 3, 4, 5])),
        keeps_holidays=_holidays(entries.get("holidays", "CN")),
        days=days,
    )


def _zone(name: Json) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise CalendarError(
            "Expected zone to name a time zone such as Asia/Shanghai, but {zone} is none.",
            zone=str(name),
        ) from error


def _shifts(value: Json, key: str) -> tuple[Shift, ...]:
    if not isinstance(value, list) or not value:
        raise CalendarError(
            'Expected {key} to list shifts such as ["09:00", "12:00"], not {value}.',
            key=key,
            value=str(value),
        )
    return read_shifts(value, key)


def _weekdays(value: Json) -> frozenset[int]:
    if (
        not isinstance(value, list)
        or not value
        or any(type(day) is not int or not 1 <= day <= 7 for day in value)
    ):
        raise CalendarError(
            "Expected weekdays to list numbers, 1 (Monday) to 7 (Sunday), but got {value}.",
            value=str(value),
        )
    return frozenset(value)


def _holidays(value: Json) -> bool:
    if value not in ("CN", "none"):
        raise CalendarError(
            'Expected holidays to be "CN" or "none", but got {value}.', value=str(value)
        )
    return bool(value == "CN")


def _days(entries: Json, ordinary: tuple[Shift, ...]) -> Mapping[date, tuple[Shift, ...]]:
    if not isinstance(entries, dict):
        raise CalendarError(
            "Expected [days] to be a table of dates, but got {value}.", value=str(entries)
        )
    return {_date(key): _hours(value, key, ordinary) for key, value in entries.items()}


def _date(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError as error:
        raise CalendarError(
            "Expected [days] to name dates such as 2026-05-20, but {key} is none.", key=key
        ) from error


def _hours(value: Json, key: str, ordinary: tuple[Shift, ...]) -> tuple[Shift, ...]:
    if value == "off":
        return ()
    if value == "work":
        return ordinary
    if isinstance(value, list):
        return _shifts(value, key)
    raise CalendarError(
        'Expected the day {key} to be "off", "work" or a list of shifts, but got {value}.',
        key=key,
        value=str(value),
    )


def _refuse_overlapping_nights(
    ordinary: tuple[Shift, ...], days: Mapping[date, tuple[Shift, ...]]
) -> None:
    """A shift that runs past midnight must end before the next day's first begins."""
    following = [(day, days.get(day + _ONE_DAY, ordinary)) for day in days]
    preceding = [(day - _ONE_DAY, shifts) for day, shifts in days.items()]
    pairs = [(ordinary, ordinary)]
    pairs += [(days[day], after) for day, after in following]
    pairs += [(days.get(day, ordinary), after) for day, after in preceding]
    for before, after in pairs:
        if before and after and before[-1].end - DAY > after[0].begin:
            raise CalendarError(
                "Expected a night shift to end before the next day's first shift begins, "
                "but one does not."
            )
