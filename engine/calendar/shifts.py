"""Reads the hours of a working day, as ``[["09:00", "12:00"], ["13:30", "18:00"]]``."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from engine.calendar.errors import CalendarError

DAY = 24 * 60  #: Minutes.
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A stretch of work, in minutes after the midnight its day begins with."""

    begin: int
    end: int  #: Above 1440 where it ends on the next day.

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return begin and end on *day*, by the clock of *zone*."""
        return _clock(day, self.begin, zone), _clock(day, self.end, zone)


def _clock(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, DAY)
    return datetime.combine(day + timedelta(days), time(*divmod(rest, 60)), zone)


def read_shifts(pairs: Iterable[Sequence[str]], key: str) -> tuple[Shift, ...]:
    """Return the shifts that *pairs* of clock times say.

    An end before its begin is on the next day.

    Args:
        pairs: Begin and end of each, in the order of the day.
        key: Where they stand in the file, for the message.

    Raises:
        CalendarError: If a time cannot be read, or shifts overlap.
    """
    shifts = tuple(_read_shift(pair, key) for pair in pairs)
    for earlier, later in pairwise(shifts):
        if later.begin < earlier.end:
            raise CalendarError(
                "Expected the shifts of {key} one after the other, but {later} begins "
                "before {earlier} ends.",
                key=key,
                later=_spell(later),
                earlier=_spell(earlier),
            )
    return shifts


def _read_shift(pair: Sequence[str], key: str) -> Shift:
    if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
        raise CalendarError(
            'Expected {key} to list shifts such as ["09:00", "12:00"], not {value}.',
            key=key,
            value=str(pair),
        )
    begin, end = (_read_time(text, key) for text in pair)
    return Shift(begin, end if end > begin else end + DAY)


def _read_time(text: object, key: str) -> int:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise CalendarError(
            'Expected {key} to give times such as "09:00", but {value} is none.',
            key=key,
            value=str(text),
        )
    if found[1] is None:
        return DAY
    return int(found[1]) * 60 + int(found[2])


def _spell(shift: Shift) -> str:
    def clock(minutes: int) -> str:
        return "{:02}:{:02}".format(*divmod(minutes % DAY, 60))

    return f"{clock(shift.begin)}–{clock(shift.end)}"
