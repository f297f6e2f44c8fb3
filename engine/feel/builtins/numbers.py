"""Rounds numbers and computes with them."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.builtins.arguments import a_number, an_integer
from engine.feel.builtins.registry import Family
from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue

FUNCTIONS = Family()
_SCALES = range(-6111, 6177)  #: What decimal128 can hold (DMN 10.3.4.1).
_LARGEST_EXPONENT = 15_000


def _rounding(mode: str) -> Callable[..., FeelValue]:
    def rounded(run: Run, number: FeelValue, scale: FeelValue = Decimal(0)) -> FeelValue:
        value, places = a_number(number), an_integer(scale)
        if places not in _SCALES:
            raise NoValue("Expected fewer decimal places, but got {places}.", places=places)
        if value.adjusted() + places > 33:
            return value  # It has no more digits than may stay.
        return value.quantize(Decimal((0, (1,), -places)), mode, DECIMAL128)

    return rounded


FUNCTIONS.function("decimal", "n, scale")(_rounding(ROUND_HALF_EVEN))
FUNCTIONS.function("round up", "n, scale")(_rounding(ROUND_UP))
FUNCTIONS.function("round down", "n, scale")(_rounding(ROUND_DOWN))
FUNCTIONS.function("round half up", "n, scale")(_rounding(ROUND_HALF_UP))
FUNCTIONS.function("round half down", "n, scale")(_rounding(ROUND_HALF_DOWN))
FUNCTIONS.function("floor", "n, scale?")(_rounding(ROUND_FLOOR))
FUNCTIONS.function("ceiling", "n, scale?")(_rounding(ROUND_CEILING))


@FUNCTIONS.function("abs", "n")
def absolute(run: Run, value: FeelValue) -> FeelValue:
    """Return a number or duration without its sign."""
    if isinstance(value, YearsAndMonths):
        return YearsAndMonths(abs(value.months))
    if isinstance(value, DaysAndTime):
        return DaysAndTime(abs(value.nanoseconds))
    return DECIMAL128.abs(a_number(value))


@FUNCTIONS.function("modulo", "dividend, divisor")
def modulo(run: Run, dividend: FeelValue, divisor: FeelValue) -> FeelValue:
    """Return what is left over, with the sign of the divisor."""
    number, by = a_number(dividend), a_number(divisor)
    if not by:
        raise NoValue("Expected a divisor other than zero.")
    rest = DECIMAL128.remainder(number, by)
    return DECIMAL128.add(rest, by) if rest and (rest < 0) != (by < 0) else rest


@FUNCTIONS.function("sqrt", "number")
def square_root(run: Run, value: FeelValue) -> FeelValue:
    """Return the square root."""
    number = a_number(value)
    if number < 0:
        raise NoValue("Expected a number that is not below zero.")
    return DECIMAL128.sqrt(number)


@FUNCTIONS.function("log", "number")
def logarithm(run: Run, value: FeelValue) -> FeelValue:
    """Return the natural logarithm."""
    number = a_number(value)
    if number <= 0:
        raise NoValue("Expected a number above zero.")
    return DECIMAL128.ln(number)


@FUNCTIONS.function("exp", "number")
def exponential(run: Run, value: FeelValue) -> FeelValue:
    """Return e to the power of the number."""
    number = a_number(value)
    if abs(number) > _LARGEST_EXPONENT:
        raise NoValue("Expected a smaller number, but it is too large.")
    return DECIMAL128.exp(number)


@FUNCTIONS.function("odd", "number")
def odd(run: Run, value: FeelValue) -> FeelValue:
    """Tell whether a whole number is odd."""
    number = a_number(value)
    return number == number.to_integral_value() and not _is_even(number)


@FUNCTIONS.function("even", "number")
def even(run: Run, value: FeelValue) -> FeelValue:
    """Tell whether a number is even."""
    return _is_even(a_number(value))


def _is_even(number: Decimal) -> bool:
    # A number of more digits than can be told apart ends with a zero.
    return number.adjusted() > 33 or DECIMAL128.remainder(number, Decimal(2)) == 0
