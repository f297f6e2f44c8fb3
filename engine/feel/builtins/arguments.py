"""Checks what a built-in function was given; what does not fit has no value."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from engine.feel.errors import NoValue
from engine.feel.values.kinds import FeelFunction, FeelValue, kind_words
from engine.feel.values.temporal import Date, DateTime
from engine.model import Sentence

LARGEST_INDEX = 10**15


def unfit(wanted: Sentence, given: FeelValue) -> NoValue:
    """Return the refusal of *given* where *wanted* is needed."""
    return NoValue(
        "Expected {wanted}, but got {given}.", wanted=wanted, given=kind_words(given)
    )


def a_number(value: FeelValue) -> Decimal:
    """Return *value*, or the only item in it, as a number."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, Decimal):
        raise unfit(Sentence("a number"), value)
    return value


def an_integer(value: FeelValue) -> int:
    """Return the number *value* without what stands behind its point."""
    if not isinstance(value, Decimal):
        raise unfit(Sentence("a number"), value)
    if abs(value) > LARGEST_INDEX:
        raise NoValue("Expected a smaller number, but it is too large.")
    return int(value.to_integral_value(rounding=ROUND_DOWN))


def a_whole_number(value: FeelValue) -> int:
    """Return *value*, which must have nothing behind its point."""
    number = an_integer(value)
    if number != value:
        raise NoValue("Expected a whole number, but it has a fraction.")
    return number


def a_text(value: FeelValue) -> str:
    """Return *value*, or the only item in it, as a text."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise unfit(Sentence("a text"), value)
    return value


def a_list(value: FeelValue) -> list[FeelValue]:
    """Return *value*, or a list of nothing else."""
    if isinstance(value, list):
        return value
    if value is None:
        raise unfit(Sentence("a list"), value)
    return [value]


def a_context(value: FeelValue) -> dict[str, FeelValue]:
    """Return *value* as a context."""
    if not isinstance(value, dict):
        raise unfit(Sentence("a group of fields"), value)
    return value


def a_date(value: FeelValue) -> Date:
    """Return the day of a date, or of a date and time."""
    if isinstance(value, DateTime):
        return value.date
    if not isinstance(value, Date):
        raise unfit(Sentence("a date"), value)
    return value


def a_function(value: FeelValue) -> FeelFunction:
    """Return *value* as a function."""
    if not isinstance(value, FeelFunction):
        raise unfit(Sentence("a function"), value)
    return value


def items_of(arguments: Sequence[FeelValue]) -> list[FeelValue]:
    """Return the items, which are given one by one or in a single list."""
    return a_list(arguments[0]) if len(arguments) == 1 else list(arguments)


def index_in(items: Sequence[FeelValue], position: int) -> int:
    """Return the index from zero of *position*, which counts from one or from the end."""
    if position == 0 or abs(position) > len(items):
        raise NoValue(
            "Expected a position from 1 to {length}, but got {position}.",
            length=len(items),
            position=position,
        )
    return position - 1 if position > 0 else len(items) + position
