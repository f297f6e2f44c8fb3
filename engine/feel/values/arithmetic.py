"""Adds, subtracts, multiplies, divides; None where FEEL defines no result."""

from decimal import Decimal

from engine.feel.decimal128 import DECIMAL128
from engine.feel.values.civil import length_of_month
from engine.feel.values.comparison import zone_of
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import DAY, UTC_ZONE, Date, DateTime, Time

Duration = YearsAndMonths | DaysAndTime


def add(left: FeelValue, right: FeelValue) -> FeelValue:
    """Return ``left + right``."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return DECIMAL128.add(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, Duration) and isinstance(right, (Date, DateTime, Time)):
        return _later(right, left)
    if isinstance(right, Duration):
        return _later(left, right)
    return None


def _later(start: FeelValue, duration: Duration) -> FeelValue:
    if isinstance(duration, YearsAndMonths):
        if isinstance(start, YearsAndMonths):
            return YearsAndMonths(start.months + duration.months)
        if isinstance(start, Date):
            return _add_months(start, duration.months)
        if isinstance(start, DateTime):
            return DateTime(_add_months(start.date, duration.months), start.time)
        return None
    return _later_by_time(start, duration.nanoseconds)


def _later_by_time(start: FeelValue, nanoseconds: int) -> FeelValue:
    if isinstance(start, DaysAndTime):
        return DaysAndTime(start.nanoseconds + nanoseconds)
    if isinstance(start, Date):
        return Date.of_number((start.number * DAY + nanoseconds) // DAY)
    if isinstance(start, Time):
        return Time((start.nanoseconds + nanoseconds) % DAY, start.zone)
    if not isinstance(start, DateTime):
        return None
    zone = start.time.zone
    if zone is None or zone.name is None:
        return DateTime.of_local(start.local + nanoseconds, zone)
    # With a named zone the clock may be put forward or back on the way.
    return DateTime.of_instant(start.instant + nanoseconds, zone)


def _add_months(day: Date, months: int) -> Date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Date(year, month + 1, min(day.day, length_of_month(year, month + 1)))


def negate(value: FeelValue) -> FeelValue:
    """Return ``-value``."""
    if isinstance(value, Decimal):
        return DECIMAL128.minus(value)
    if isinstance(value, YearsAndMonths):
        return YearsAndMonths(-value.months)
    if isinstance(value, DaysAndTime):
        return DaysAndTime(-value.nanoseconds)
    return None


def subtract(left: FeelValue, right: FeelValue) -> FeelValue:
    """Return ``left - right``."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return DECIMAL128.subtract(left, right)
    if isinstance(right, Duration):
        return None if isinstance(left, str) else add(left, negate(right))
    if isinstance(left, (Date, DateTime)) and isinstance(right, (Date, DateTime)):
        return _between(at_midnight(left), at_midnight(right))
    if isinstance(left, Time) and isinstance(right, Time):
        return _between(left, right)
    return None


def _between(left: Time | DateTime, right: Time | DateTime) -> FeelValue:
    if (zone_of(left) is None) != (zone_of(right) is None):
        return None
    return DaysAndTime(left.instant - right.instant)


def at_midnight(value: Date | DateTime) -> DateTime:
    """Return a date as the midnight in UTC that begins it (DMN 10.3.2.9.4)."""
    return DateTime(value, Time(0, UTC_ZONE)) if isinstance(value, Date) else value


def multiply(left: FeelValue, right: FeelValue) -> FeelValue:
    """Return ``left * right``."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return DECIMAL128.multiply(left, right)
    if isinstance(left, Duration) and isinstance(right, Decimal):
        return _scale(left, right)
    if isinstance(right, Duration) and isinstance(left, Decimal):
        return _scale(right, left)
    return None


def _scale(duration: Duration, factor: Decimal) -> Duration:
    if isinstance(duration, YearsAndMonths):
        return YearsAndMonths(int(DECIMAL128.multiply(Decimal(duration.months), factor)))
    return DaysAndTime(int(DECIMAL128.multiply(Decimal(duration.nanoseconds), factor)))


def divide(left: FeelValue, right: FeelValue) -> FeelValue:
    """Return ``left / right``."""
    if isinstance(right, Decimal):
        return _divide_by_number(left, right)
    if isinstance(left, YearsAndMonths) and isinstance(right, YearsAndMonths):
        return _ratio(left.months, right.months)
    if isinstance(left, DaysAndTime) and isinstance(right, DaysAndTime):
        return _ratio(left.nanoseconds, right.nanoseconds)
    return None


def _divide_by_number(left: FeelValue, right: Decimal) -> FeelValue:
    if not right:
        return None
    if isinstance(left, Decimal):
        return DECIMAL128.divide(left, right)
    if isinstance(left, YearsAndMonths):
        return YearsAndMonths(int(DECIMAL128.divide(Decimal(left.months), right)))
    if isinstance(left, DaysAndTime):
        return DaysAndTime(int(DECIMAL128.divide(Decimal(left.nanoseconds), right)))
    return None


def _ratio(left: int, right: int) -> Decimal | None:
    return DECIMAL128.divide(Decimal(left), Decimal(right)) if right else None


def power(left: FeelValue, right: FeelValue) -> FeelValue:
    """Return ``left ** right``."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return DECIMAL128.power(left, right)
    return None
