"""Makes values fit the types that a model declares, and warns where they cannot."""

from collections.abc import Callable
from contextlib import suppress

from engine.feel.compiling.code import Code
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.run import Run, Warning_
from engine.feel.types import AnyType, FeelType, Simple, UnknownType, coerce
from engine.feel.values.kinds import FeelValue, kind_words
from engine.feel.values.literals import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.model import Sentence

_READERS: dict[str, Callable[[str], FeelValue]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "years and months duration": parse_duration,
    "days and time duration": parse_duration,
}


def is_open(wanted: FeelType) -> bool:
    """Tell whether nothing can be said against any value."""
    return isinstance(wanted.resolved(), (AnyType, UnknownType))


def fit(value: FeelValue, wanted: FeelType, run: Run, what: str) -> FeelValue:
    """Return *value* made to fit; what does not fit is null, with a warning.

    Args:
        value: Any value.
        wanted: The declared type.
        run: The account of the evaluation.
        what: The name of the variable or column, for the warning.
    """
    if value is None or is_open(wanted):
        return value
    fitting = coerce(value, wanted, run)
    if fitting is None:
        template = "“{name}” cannot be {value}: that does not fit its type."
        values = {"name": what, "value": kind_words(value)}
        run.warn(Warning_("wrong-type", Sentence(template, values), None, what))
    return fitting


def fit_input(value: FeelValue, wanted: FeelType, run: Run, what: str) -> FeelValue:
    """Return an input made to fit; ISO texts become the dates and durations they are.

    Variables are JSON, which has no dates of its own.
    """
    base = wanted.unconstrained()
    if isinstance(value, str) and isinstance(base, Simple) and base.name in _READERS:
        with suppress(NoValue):  # It stays a text, and is warned of as one.
            value = _READERS[base.name](value)
    return fit(value, wanted, run, what)


def fitted(code: Code, wanted: FeelType, what: str) -> Code:
    """Return what *code* does, with its result made to fit."""
    if is_open(wanted):
        return code

    def fitting(scope: Scope) -> FeelValue:
        return fit(code(scope), wanted, scope.run, what)

    return fitting
