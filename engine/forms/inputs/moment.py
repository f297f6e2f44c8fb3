"""Dates, times of day, and moments; each is stored as an ISO text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", re.ASCII)
_OFFSET = re.compile(r"Z|[+-]\d{2}:?\d{2}", re.ASCII)
_EXPECTED = {
    "date": Sentence("Enter a date such as 2026-03-31."),
    "time": Sentence("Enter a time such as 09:30."),
    "datetime": Sentence("Enter a date and a time such as 2026-03-31 09:30."),
}
_MISSING = {
    "date": Sentence("Enter a date."),
    "time": Sentence("Enter a time."),
    "datetime": Sentence("Enter a date and a time."),
}


class Moment:
    """An ISO date, ``09:30:00``, or a date and time with the policy's zone offset."""

    empty = None

    def missing(self, component: Component) -> Sentence:
        """Ask for the date, the time or both."""
        return _MISSING[subtype(component)]

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the last text."""
        return texts[-1].strip() or None if texts else None

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return it as ISO text; also dates that people write as 2026/3/31."""
        if not isinstance(value, str):
            return value
        found = _read(subtype(component), value, scope.around.zone)
        return value.strip() or None if found is None else _iso(found)

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return the part of an ISO text that the field shows."""
        if not isinstance(value, str):
            return None
        found = _read(subtype(component), value, scope.around.zone)
        if found is None and subtype(component) != "datetime":
            whole = _read("datetime", value, scope.around.zone)
            if isinstance(whole, datetime):
                found = whole.date() if subtype(component) == "date" else whole.time()
        return None if found is None else _iso(found)

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is no date or time, or past where it must not be."""
        kind, zone = subtype(component), scope.around.zone
        found = _read(kind, value, zone) if isinstance(value, str) else None
        if found is None:
            yield _EXPECTED[kind]
            return
        day = found if isinstance(found, date) else None
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Sentence(
                "Enter a year between {first} and {last}.",
                {"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        elif _past(found, scope.around.now, zone) and component.plain(
            "disallowPassedDates"
        ):
            yield Sentence("This is past; enter a later one.")


def subtype(component: Component) -> str:
    """Return date, time or datetime."""
    return str(component.plain("subtype") or "date")


def _read(kind: str, text: str, zone: ZoneInfo) -> date | time | datetime | None:
    spelled = unicodedata.normalize("NFKC", text).strip()
    if kind == "date":
        return _date(spelled)
    if kind == "time":
        return _time(spelled)
    parts = re.split(r"[T ]\s*", spelled, maxsplit=1)
    offset = _OFFSET.search(parts[1]) if len(parts) == 2 else None
    day = _date(parts[0])
    clock = (
        _time(parts[1][: offset.start()] if offset else parts[1])
        if day and parts[1:]
        else None
    )
    if day is None or clock is None:
        return None
    return _with_offset(datetime.combine(day, clock, zone), offset and offset[0], zone)


def _with_offset(local: datetime, offset: str | None, zone: ZoneInfo) -> datetime | None:
    if not offset:
        return local
    try:
        return datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M:%S}{offset}").astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _iso(found: date | time | datetime) -> str:
    if isinstance(found, datetime | time):
        return found.isoformat(timespec="seconds")
    return found.isoformat()


def _past(found: date | time | datetime, now: datetime, zone: ZoneInfo) -> bool:
    if isinstance(found, datetime):
        return found < now
    return isinstance(found, date) and found < now.astimezone(zone).date()
