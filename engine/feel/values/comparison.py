"""Equality and order: three-valued, where None says that two values cannot be compared."""

from decimal import Decimal

from engine.feel.run import Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelFunction, FeelValue, Range
from engine.feel.values.temporal import SECOND, Date, DateTime, Time, Zone

_LONG = 1000  #: Characters from which comparing texts counts as steps.


def equal(left: FeelValue, right: FeelValue, run: Run) -> bool | None:
    """Tell whether two values are the same; None if their kinds differ (DMN 10.3.2.13)."""
    if type(left) is not type(right):
        return _equal_kinds_differ(left, right)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right, run)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(left, right, run)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(left, right, run)
    if isinstance(left, (Time, DateTime)) and isinstance(right, (Time, DateTime)):
        return _equal_moments(left, right)
    if isinstance(left, FeelFunction):
        return left is right
    if isinstance(left, str) and len(left) > _LONG:
        run.spend(len(left) // _LONG)
    return left == right


def _equal_kinds_differ(left: FeelValue, right: FeelValue) -> bool | None:
    if left is None or right is None:
        return False
    if isinstance(left, FeelFunction) and isinstance(right, FeelFunction):
        return False
    return None


def _equal_lists(left: list[FeelValue], right: list[FeelValue], run: Run) -> bool | None:
    if len(left) != len(right):
        return False
    result: bool | None = True
    for mine, theirs in zip(left, right, strict=True):
        run.spend()
        same = equal(mine, theirs, run)
        if same is False:
            return False
        if same is None:
            result = None
    return result


def _equal_contexts(
    left: dict[str, FeelValue], right: dict[str, FeelValue], run: Run
) -> bool | None:
    if left.keys() != right.keys():
        return False
    for key, mine in left.items():
        run.spend()
        same = equal(mine, right[key], run)
        if same is not True:
            return same
    return True


def _equal_ranges(left: Range, right: Range, run: Run) -> bool | None:
    if _shape(left) != _shape(right):
        return False
    ends = (equal(left.low, right.low, run), equal(left.high, right.high, run))
    if False in ends:
        return False
    return None if None in ends else True


def _shape(limits: Range) -> tuple[bool, bool, bool]:
    return limits.low_included, limits.high_included, limits.by_equality


def zone_of(value: Time | DateTime) -> Zone | None:
    """Return the zone of a time or of a date and time."""
    return value.zone if isinstance(value, Time) else value.time.zone


def _equal_moments(left: Time | DateTime, right: Time | DateTime) -> bool:
    if (zone_of(left) is None) != (zone_of(right) is None):
        return False
    return left.instant // SECOND == right.instant // SECOND


def same_sort(left: FeelValue, right: FeelValue) -> bool:
    """Tell whether the two have an order between them."""
    return compare(left, right) is not None


def compare(left: FeelValue, right: FeelValue) -> int | None:
    """Return -1, 0 or 1 as *left* comes before, with or after *right*; None if neither."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, Date) and isinstance(right, Date):
        return (left.order > right.order) - (left.order < right.order)
    if isinstance(left, YearsAndMonths) and isinstance(right, YearsAndMonths):
        return (left.months > right.months) - (left.months < right.months)
    if isinstance(left, DaysAndTime) and isinstance(right, DaysAndTime):
        mine, theirs = left.nanoseconds, right.nanoseconds
        return (mine > theirs) - (mine < theirs)
    if isinstance(left, (Time, DateTime)) and type(left) is type(right):
        return _compare_moments(left, right)
    return None


def _compare_moments(left: Time | DateTime, right: FeelValue) -> int | None:
    if not isinstance(right, (Time, DateTime)):
        return None
    if (zone_of(left) is None) != (zone_of(right) is None):
        return None
    mine, theirs = left.instant, right.instant
    return (mine > theirs) - (mine < theirs)


def holds(operator: str, left: FeelValue, right: FeelValue, run: Run) -> bool | None:
    """Tell whether ``left operator right``; None if they cannot be compared."""
    if operator in ("=", "!="):
        same = equal(left, right, run)
        return same if operator == "=" or same is None else not same
    order = compare(left, right)
    return None if order is None else order_fits(operator, order)


def order_fits(operator: str, order: int) -> bool:
    """Tell whether an order of -1, 0 or 1 is what *operator* asks for."""
    if operator == "<":
        return order < 0
    if operator == "<=":
        return order <= 0
    return order > 0 if operator == ">" else order >= 0


def in_range(value: FeelValue, limits: Range, run: Run) -> bool | None:
    """Tell whether *value* lies within *limits*; None if they cannot be compared."""
    low, high = limits.low, limits.high
    if low is not None and low is high and limits.low_included and limits.high_included:
        return equal(value, low, run)
    if low is None and high is None:
        return None
    above = _beyond(value, low, limits.low_included, 1)
    below = _beyond(value, high, limits.high_included, -1)
    if above is None or below is None:
        return None
    return above and below


def _beyond(value: FeelValue, end: FeelValue, included: bool, side: int) -> bool | None:
    if end is None:
        return True
    order = compare(value, end)
    if order is None:
        return None
    return order == side or (order == 0 and included)
