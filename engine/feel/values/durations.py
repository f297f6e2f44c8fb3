"""The two durations of FEEL: months, and nanoseconds. Neither can become the other."""

from dataclasses import dataclass
from datetime import timedelta

from engine.feel.errors import NoValue
from engine.feel.values.temporal import SECOND, fraction_text

MOST_MONTHS = 10**15
MOST_NANOSECONDS = 10**30


@dataclass(frozen=True, slots=True)
class YearsAndMonths:
    """A duration of whole months."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MOST_MONTHS:
            raise NoValue("Expected a duration that a calendar can hold, but it is longer.")

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        sign = "-" if self.months < 0 else ""
        tail = f"{months}M" if months or not years else ""
        return f"{sign}P{f'{years}Y' if years else ''}{tail}"


@dataclass(frozen=True, slots=True)
class DaysAndTime:
    """A duration in nanoseconds."""

    nanoseconds: int

    def __post_init__(self) -> None:
        if abs(self.nanoseconds) > MOST_NANOSECONDS:
            raise NoValue("Expected a duration that a calendar can hold, but it is longer.")

    @classmethod
    def of_timedelta(cls, duration: timedelta) -> "DaysAndTime":
        """Return the same duration as FEEL's."""
        seconds = duration.days * 86_400 + duration.seconds
        return cls(seconds * SECOND + duration.microseconds * 1000)

    def __str__(self) -> str:
        seconds, fraction = divmod(abs(self.nanoseconds), SECOND)
        days, seconds = divmod(seconds, 86_400)
        hours, seconds = divmod(seconds, 3600)
        minutes, seconds = divmod(seconds, 60)
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if seconds or fraction:
            clock += f"{seconds}{fraction_text(fraction)}S"
        body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return ("-" if self.nanoseconds < 0 else "") + "P" + (body or "T0S")
