"""What stands behind a dot: entries of contexts, and parts of dates, times and ranges."""

from collections.abc import Callable
from decimal import Decimal

from engine.feel.run import Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue, Range
from engine.feel.values.temporal import SECOND, Date, DateTime, Time


class NoSuchPart(Exception):
    """The value has nothing by that name."""


def part(value: FeelValue, name: str, run: Run) -> FeelValue:
    """Return ``value.name``; of a list, that of each of its items.

    Raises:
        NoSuchPart: If there is none.
    """
    if isinstance(value, dict):
        try:
            return value[name]
        except KeyError:
            raise NoSuchPart from None
    if isinstance(value, list):
        return [_part_of_item(item, name, run) for item in value]
    if isinstance(value, DateTime):
        return _part_of_date_time(value, name)
    parts = _PARTS.get((type(value), name))
    if parts is None:
        raise NoSuchPart
    return parts(value)


def _part_of_item(item: FeelValue, name: str, run: Run) -> FeelValue:
    run.spend()
    try:
        return part(item, name, run)
    except NoSuchPart:
        return None


def _part_of_date_time(value: DateTime, name: str) -> FeelValue:
    if name == "time offset":
        return DaysAndTime(value.offset * SECOND) if value.time.zone else None
    half = value.date if (Date, name) in _PARTS else value.time
    parts = _PARTS.get((type(half), name))
    if parts is None:
        raise NoSuchPart
    return parts(half)


def weekday(day: Date) -> int:
    """Return 1 for Monday up to 7 for Sunday."""
    return (day.number + 3) % 7 + 1


def _of_date(read: Callable[[Date], int]) -> Callable[[FeelValue], FeelValue]:
    return lambda value: Decimal(read(value)) if isinstance(value, Date) else None


def _of_time(unit: int, size: int) -> Callable[[FeelValue], FeelValue]:
    def read(value: FeelValue) -> FeelValue:
        seconds = value.nanoseconds // SECOND if isinstance(value, Time) else 0
        return Decimal(seconds // unit % size)

    return read


def _offset_of_time(value: FeelValue) -> FeelValue:
    if not isinstance(value, Time) or value.zone is None:
        return None
    return DaysAndTime(value.offset * SECOND)


def _zone_of_time(value: FeelValue) -> FeelValue:
    return value.zone.name if isinstance(value, Time) and value.zone else None


def _of_months(read: Callable[[int], int]) -> Callable[[FeelValue], FeelValue]:
    def signed(value: FeelValue) -> FeelValue:
        months = value.months if isinstance(value, YearsAndMonths) else 0
        return Decimal(read(abs(months)) * (-1 if months < 0 else 1))

    return signed


def _of_seconds(unit: int, size: int | None) -> Callable[[FeelValue], FeelValue]:
    def signed(value: FeelValue) -> FeelValue:
        nanoseconds = value.nanoseconds if isinstance(value, DaysAndTime) else 0
        count = abs(nanoseconds) // SECOND // unit
        count = count if size is None else count % size
        return Decimal(-count if nanoseconds < 0 else count)

    return signed


def _of_range(read: Callable[[Range], FeelValue]) -> Callable[[FeelValue], FeelValue]:
    return lambda value: read(value) if isinstance(value, Range) else None


_PARTS: dict[tuple[type, str], Callable[[FeelValue], FeelValue]] = {
    (Date, "year"): _of_date(lambda day: day.year),
    (Date, "month"): _of_date(lambda day: day.month),
    (Date, "day"): _of_date(lambda day: day.day),
    (Date, "weekday"): _of_date(weekday),
    (Time, "hour"): _of_time(3600, 24),
    (Time, "minute"): _of_time(60, 60),
    (Time, "second"): _of_time(1, 60),
    (Time, "time offset"): _offset_of_time,
    (Time, "timezone"): _zone_of_time,
    (YearsAndMonths, "years"): _of_months(lambda months: months // 12),
    (YearsAndMonths, "months"): _of_months(lambda months: months % 12),
    (DaysAndTime, "days"): _of_seconds(86_400, None),
    (DaysAndTime, "hours"): _of_seconds(3600, 24),
    (DaysAndTime, "minutes"): _of_seconds(60, 60),
    (DaysAndTime, "seconds"): _of_seconds(1, 60),
    (Range, "start"): _of_range(lambda limits: limits.low),
    (Range, "end"): _of_range(lambda limits: limits.high),
    (Range, "start included"): _of_range(lambda limits: limits.low_included),
    (Range, "end included"): _of_range(lambda limits: limits.high_included),
}
