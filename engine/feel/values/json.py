"""Brings JSON into FEEL and back: dates and durations leave as ISO strings."""

from decimal import Decimal

from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelFunction, FeelValue, Range
from engine.feel.values.temporal import Date, DateTime, Time
from engine.model import Json

LONGEST_INTEGER = 18  #: Digits.
DEEPEST = 100  #: Lists in lists in lists.


def from_json(value: Json, depth: int = 0) -> FeelValue:
    """Return a JSON value, or one that is FEEL's already, as FEEL sees it."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, Decimal, float)):
        return _number(value)
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, dict):
        return {str(key): from_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [from_json(item, depth + 1) for item in value]
    if isinstance(
        value,
        (Date, Time, DateTime, YearsAndMonths, DaysAndTime, Range, FeelFunction),
    ):
        return value
    raise FeelError(
        "Expected a JSON value, but got a {kind} of Python.", kind=type(value).__name__
    )


def _number(value: int | Decimal | float) -> Decimal:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise FeelError("Expected a finite number, but got {number}.", number=str(value))
    try:
        return DECIMAL128.plus(number)
    except ArithmeticError:
        raise FeelError("Expected a smaller number, but it is too large.") from None


def _plain_number(number: Decimal) -> int | Decimal:
    # Longer integers do not survive every reader of JSON.
    if number.adjusted() < LONGEST_INTEGER and number == number.to_integral_value():
        return int(number)
    return number


def _too_deep() -> BudgetExceeded:
    return BudgetExceeded(
        "Expected values nested at most {limit} deep, but these are deeper.",
        budget="depth",
        limit=DEEPEST,
    )


def to_json(value: FeelValue, depth: int = 0) -> Json:
    """Return *value* as JSON: whole numbers as int, dates and durations as ISO strings.

    Raises:
        FeelError: If there is a function or a range in it.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Decimal):
        return _plain_number(value)
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, list):
        return [to_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, DateTime):
        return value.iso()
    if isinstance(value, FeelFunction):
        raise FeelError("Expected a value that can be kept, but a function cannot.")
    if isinstance(value, Range):
        raise FeelError("Expected a value that can be kept, but a range cannot.")
    return str(value)
