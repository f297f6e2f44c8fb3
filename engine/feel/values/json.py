"""Brings JSON into FEEL and back: dates and durations leave as ISO strings."""

from decimal import Decimal

from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.run import ITEM, Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelFunction, FeelValue, Range
from engine.feel.values.temporal import Date, DateTime, Time
from engine.model import Json

LONGEST_INTEGER = 18  #: Digits.
DEEPEST = 100  #: Lists in lists in lists.
MOST_PARTS = 200_000  #: Of a value that leaves.
CHARACTERS_A_PART = 50  #: Of a text that leaves.


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


def to_json(value: FeelValue, run: Run | None = None) -> Json:
    """Return *value* as JSON: whole numbers as int, dates and durations as ISO strings.

    Args:
        value: The value.
        run: The account of an evaluation under way, which the memory is counted on.

    Raises:
        FeelError: If there is a function or a range in it.
        BudgetExceeded: If it is too deep, or too large when it is written out.
    """
    writer = _Writer()
    result = writer.json(value, 0)
    if run is not None:
        run.take(ITEM * writer.parts)
    return result


class _Writer:
    """Counts the parts of one value: lists that share items grow when they are written."""

    def __init__(self) -> None:
        self._left = MOST_PARTS

    @property
    def parts(self) -> int:
        """The parts written so far."""
        return MOST_PARTS - self._left

    def json(self, value: FeelValue, depth: int) -> Json:
        """Return *value*, which lies *depth* lists and contexts deep."""
        self._left -= 1
        if isinstance(value, str):
            self._left -= len(value) // CHARACTERS_A_PART
        if self._left < 0:
            raise BudgetExceeded(
                "Expected a value with at most {limit} parts, but it has more.",
                budget="size",
                limit=MOST_PARTS,
            )
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(value, list):
            return [self.json(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {key: self.json(item, depth + 1) for key, item in value.items()}
        return _plain(value)


def _plain(value: FeelValue) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Decimal):
        return _plain_number(value)
    if isinstance(value, DateTime):
        return value.iso()
    if isinstance(value, FeelFunction):
        raise FeelError("Expected a value that can be kept, but a function cannot.")
    if isinstance(value, Range):
        raise FeelError("Expected a value that can be kept, but a range cannot.")
    return str(value)
