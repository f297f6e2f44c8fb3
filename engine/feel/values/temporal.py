"""Dates, times and time zones of FEEL.

They are classes of their own because FEEL's years run far outside those of `datetime`,
and a time of day may carry a zone without a date.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.errors import NoValue
from engine.feel.values.civil import day_number, length_of_month, year_month_day

SECOND = 1_000_000_000  #: Nanoseconds.
DAY = 86_400 * SECOND  #: Nanoseconds.
LAST_YEAR = 999_999_999


@lru_cache(maxsize=256)
def _zone_info(name: str) -> ZoneInfo:
    if name.startswith("/") or ".." in name:
        raise NoValue("Expected a time zone, but “{name}” is none.", name=name[:50])
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise NoValue(
            "Expected a time zone, but “{name}” is none.", name=name[:50]
        ) from error


@dataclass(frozen=True, slots=True)
class Zone:
    """A fixed offset in seconds, or a zone of the tz database by its name."""

    offset: int = 0
    name: str | None = None

    @classmethod
    def named(cls, name: str) -> "Zone":
        """Return the zone of the tz database, if there is one by that name."""
        _zone_info(name)
        return cls(name=name)

    def offset_at_local(self, days: int, nanoseconds: int) -> int:
        """Return the offset in seconds at a local time (the earlier one if ambiguous)."""
        if self.name is None:
            return self.offset
        local = _as_datetime(days, nanoseconds).replace(tzinfo=_zone_info(self.name))
        return _seconds(local.utcoffset())

    def offset_at_instant(self, instant: int) -> int:
        """Return the offset in seconds at nanoseconds since 1970 in UTC."""
        if self.name is None:
            return self.offset
        moment = _as_datetime(*divmod(instant, DAY)).replace(tzinfo=UTC)
        return _seconds(moment.astimezone(_zone_info(self.name)).utcoffset())

    def __str__(self) -> str:
        if self.name is not None:
            return "@" + self.name
        return offset_text(self.offset)


def offset_text(offset: int) -> str:
    """Write an offset in seconds as ISO 8601 does."""
    if offset == 0:
        return "Z"
    rest = abs(offset)
    text = f"{'-' if offset < 0 else '+'}{rest // 3600:02d}:{rest // 60 % 60:02d}"
    return text + (f":{rest % 60:02d}" if rest % 60 else "")


UTC_ZONE = Zone()


def _as_datetime(days: int, nanoseconds: int) -> datetime:
    # Zones have no rules for years outside datetime's; the nearest year must do.
    year, month, day = year_month_day(days)
    known = min(max(year, 2), 9998)
    seconds = nanoseconds // SECOND
    return datetime(  # noqa: DTZ001 - The caller gives it its zone.
        known,
        month,
        min(day, length_of_month(known, month)),
        seconds // 3600,
        seconds // 60 % 60,
        seconds % 60,
    )


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else int(offset.total_seconds())


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not (
            -LAST_YEAR <= self.year <= LAST_YEAR
            and 1 <= self.month <= 12
            and 1 <= self.day <= length_of_month(self.year, self.month)
        ):
            raise NoValue(
                "Expected a day of the calendar, but {year}-{month}-{day} is none.",
                year=self.year,
                month=self.month,
                day=self.day,
            )

    @classmethod
    def of_number(cls, number: int) -> "Date":
        """Return the date that is *number* days after 1970-01-01."""
        return cls(*year_month_day(number))

    @property
    def number(self) -> int:
        """Days since 1970-01-01."""
        return day_number(self.year, self.month, self.day)

    @property
    def order(self) -> tuple[int, int, int]:
        """What dates are sorted by."""
        return (self.year, self.month, self.day)

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in nanoseconds since midnight, with or without a zone."""

    nanoseconds: int
    zone: Zone | None = None

    @property
    def offset(self) -> int:
        """Seconds by which it is ahead of UTC; none count as zero."""
        return self.zone.offset_at_local(0, self.nanoseconds) if self.zone else 0

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight in UTC."""
        return self.nanoseconds - self.offset * SECOND

    def __str__(self) -> str:
        return self.clock_text() + (str(self.zone) if self.zone else "")

    def clock_text(self) -> str:
        """Write the time without its zone."""
        seconds, fraction = divmod(self.nanoseconds, SECOND)
        clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        return clock + fraction_text(fraction)


def fraction_text(nanoseconds: int) -> str:
    """Write a part of a second with its decimal point, or nothing for zero."""
    return f".{nanoseconds:09d}".rstrip("0") if nanoseconds else ""


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment, or a local date and time when it has no zone."""

    date: Date
    time: Time

    @classmethod
    def of_local(cls, nanoseconds: int, zone: Zone | None) -> "DateTime":
        """Return the local time that is *nanoseconds* after 1970-01-01T00:00:00."""
        days, rest = divmod(nanoseconds, DAY)
        return cls(Date.of_number(days), Time(rest, zone))

    @classmethod
    def of_instant(cls, instant: int, zone: Zone) -> "DateTime":
        """Return the moment *instant* nanoseconds after 1970 in UTC, as seen in *zone*."""
        return cls.of_local(instant + zone.offset_at_instant(instant) * SECOND, zone)

    @classmethod
    def of_datetime(cls, moment: datetime) -> "DateTime":
        """Return *moment* with its offset, if it has one."""
        offset = moment.utcoffset()
        zone = None if offset is None else Zone(_seconds(offset))
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        return cls(
            Date(moment.year, moment.month, moment.day),
            Time(seconds * SECOND + moment.microsecond * 1000, zone),
        )

    def as_datetime(self) -> datetime:
        """Return the same as Python's, which ends at microseconds and the year 9999."""
        if not 1 <= self.date.year <= 9999:
            raise NoValue(
                "Expected a year from 1 to 9999, but got {date}.", date=str(self.date)
            )
        seconds, fraction = divmod(self.time.nanoseconds, SECOND)
        zone = None if self.time.zone is None else timezone(timedelta(seconds=self.offset))
        return datetime(
            *self.date.order,
            hour=seconds // 3600,
            minute=seconds // 60 % 60,
            second=seconds % 60,
            microsecond=fraction // 1000,
            tzinfo=zone,
        )

    @property
    def local(self) -> int:
        """Nanoseconds of its clock since 1970-01-01T00:00:00."""
        return self.date.number * DAY + self.time.nanoseconds

    @property
    def offset(self) -> int:
        """Seconds by which it is ahead of UTC; none count as zero."""
        zone = self.time.zone
        return zone.offset_at_local(self.date.number, self.time.nanoseconds) if zone else 0

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970 in UTC."""
        return self.local - self.offset * SECOND

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    def iso(self) -> str:
        """Write it with the offset in place of a zone's name."""
        zone = offset_text(self.offset) if self.time.zone else ""
        return f"{self.date}T{self.time.clock_text()}{zone}"
