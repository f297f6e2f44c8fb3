"""Reads deadlines as people write them, such as "3 working hours" and "1 个工作日"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

from engine.calendar.errors import CalendarError
from engine.calendar.work_calendar import WorkCalendar
from engine.model import Sentence

Unit = Literal["working hours", "working days", "minutes", "hours", "days", "weeks"]

_SPELLINGS: dict[str, Unit] = {
    "working hour": "working hours",
    "工作时": "working hours",
    "工作小时": "working hours",
    "working day": "working days",
    "工作日": "working days",
    "工作天": "working days",
    "minute": "minutes",
    "分钟": "minutes",
    "分鐘": "minutes",
    "hour": "hours",
    "小时": "hours",
    "小時": "hours",
    "工作時": "working hours",
    "工作小時": "working hours",
    "day": "days",
    "天": "days",
    "日": "days",
    "week": "weeks",
    "周": "weeks",
    "週": "weeks",
    "星期": "weeks",
}
_SENTENCES: dict[Unit, tuple[str, str]] = {
    "working hours": ("{count} working hour", "{count} working hours"),
    "working days": ("{count} working day", "{count} working days"),
    "minutes": ("{count} minute", "{count} minutes"),
    "hours": ("{count} hour", "{count} hours"),
    "days": ("{count} day", "{count} days"),
    "weeks": ("{count} week", "{count} weeks"),
}
_TEXT = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*个?\s*(.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An amount of time, worked or by the clock."""

    amount: Decimal
    unit: Unit

    def after(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """Return the moment at which it has run out when it begins at *start*.

        Days and weeks keep the time of day in the calendar's zone; hours and minutes
        are elapsed time.
        """
        if self.unit == "working hours":
            return calendar.add_working_hours(start, self.amount)
        if self.unit == "working days":
            return calendar.add_working_days(start, int(self.amount))
        local = start.astimezone(calendar.zone)
        if self.unit in ("days", "weeks"):
            return local + timedelta(int(self.amount) * (7 if self.unit == "weeks" else 1))
        minutes = self.amount * (60 if self.unit == "hours" else 1)
        elapsed = timedelta(microseconds=int(minutes * 60_000_000))
        return (start.astimezone(UTC) + elapsed).astimezone(calendar.zone)

    def said(self) -> Sentence:
        """Return it for people, such as "3 working hours"."""
        one, many = _SENTENCES[self.unit]
        return Sentence(one if self.amount == 1 else many, {"count": self.amount})


def parse_deadline(text: str) -> Deadline:
    """Return the deadline that *text* says, in English or Chinese.

    Raises:
        CalendarError: If it says none, or parts of a day.
    """
    found = _TEXT.fullmatch(text.strip())
    unit = _unit(found[2]) if found else None
    if found is None or unit is None:
        raise CalendarError(
            'Expected a deadline such as "3 working hours", "1 working day" or "24 hours", '
            "but got {text}.",
            text=text,
        )
    amount = Decimal(found[1])
    if unit in ("working days", "days", "weeks") and amount != amount.to_integral_value():
        raise CalendarError(
            "Expected a whole number of days, but got {text}; say it in hours.", text=text
        )
    return Deadline(amount, unit)


def _unit(text: str) -> Unit | None:
    words = " ".join(text.lower().split())
    return _SPELLINGS.get(words) or _SPELLINGS.get(words.removesuffix("s"))
