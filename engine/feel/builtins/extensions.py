"""The functions that Camunda adds to the standard, as far as they suit every engine."""

from engine.feel.builtins.arguments import a_date, a_list, a_text, a_whole_number
from engine.feel.builtins.registry import Family
from engine.feel.errors import NoValue
from engine.feel.run import ITEM, LIST, Run
from engine.feel.values.civil import length_of_month
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import Date

FUNCTIONS = Family()


@FUNCTIONS.function("is defined", "value")
def is_defined(run: Run, value: FeelValue) -> FeelValue:
    """Tell whether there is a value at all."""
    return value is not None


@FUNCTIONS.function("get or else", "value, default")
def get_or_else(run: Run, value: FeelValue, default: FeelValue) -> FeelValue:
    """Return the value, or the default in place of null."""
    return default if value is None else value


@FUNCTIONS.function("is blank", "string")
def is_blank(run: Run, string: FeelValue) -> FeelValue:
    """Tell whether a text has nothing but blanks."""
    return not a_text(string).strip()


@FUNCTIONS.function("is empty", "list")
def is_empty(run: Run, items: FeelValue) -> FeelValue:
    """Tell whether a list has no items."""
    return not a_list(items)


@FUNCTIONS.function("trim", "string")
def trim(run: Run, string: FeelValue) -> FeelValue:
    """Return the text without blanks at its ends."""
    return a_text(string).strip()


@FUNCTIONS.function("last day of month", "date")
def last_day_of_month(run: Run, date: FeelValue) -> FeelValue:
    """Return the last day of the month of a date."""
    day = a_date(date)
    return Date(day.year, day.month, length_of_month(day.year, day.month))


@FUNCTIONS.function("partition", "list, size")
def partition(run: Run, items: FeelValue, size: FeelValue) -> FeelValue:
    """Cut a list into lists of *size* items."""
    whole, step = a_list(items), a_whole_number(size)
    if step < 1:
        raise NoValue("Expected a size of at least 1, but got {size}.", size=step)
    run.spend(len(whole))
    run.take((LIST + ITEM) * len(whole) // step)
    return [whole[first : first + step] for first in range(0, len(whole), step)]
