"""The values of FEEL, and what kind each of them is.

null is None, boolean bool, number Decimal, string str, list list, context dict; dates,
times, durations, ranges and functions have classes of their own. A value is never
changed once it is made.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from engine.feel.run import Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.temporal import Date, DateTime, Time
from engine.model import Sentence

FeelValue: TypeAlias = (
    "bool | str | Decimal | list[FeelValue] | dict[str, FeelValue] | Date | Time | DateTime"
    " | YearsAndMonths | DaysAndTime | Range | FeelFunction | None"
)


@dataclass(frozen=True, slots=True)
class Range:
    """The values from `low` to `high`; None is an open end."""

    low: FeelValue
    high: FeelValue
    low_included: bool = True
    high_included: bool = True
    #: Whether it was written ``(= end)``, which equals no range that is written otherwise.
    by_equality: bool = False


class FeelFunction(ABC):
    """Something that FEEL can call."""

    __slots__ = ()

    @property
    @abstractmethod
    def parameters(self) -> Sequence[str]:
        """The names of what it takes, as a person would write them."""

    @abstractmethod
    def invoke(self, arguments: Sequence[FeelValue], run: Run) -> FeelValue:
        """Call it by position.

        Raises:
            NoValue: If the result is null because the arguments do not fit.
        """

    @abstractmethod
    def invoke_named(self, arguments: Mapping[str, FeelValue], run: Run) -> FeelValue:
        """Call it by the names of its parameters."""


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    YearsAndMonths: "years and months duration",
    DaysAndTime: "days and time duration",
    Range: "range",
}
#: What a person calls them; said in the person's language within a warning.
_WORDS: dict[str, Sentence] = {
    "null": Sentence("nothing"),
    "boolean": Sentence("a yes or no"),
    "number": Sentence("a number"),
    "string": Sentence("a text"),
    "list": Sentence("a list"),
    "context": Sentence("a group of fields"),
    "date": Sentence("a date"),
    "time": Sentence("a time"),
    "date and time": Sentence("a date with time"),
    "years and months duration": Sentence("a duration in months"),
    "days and time duration": Sentence("a duration in days and hours"),
    "range": Sentence("a range"),
    "function": Sentence("a function"),
}


def kind(value: FeelValue) -> str:
    """Return FEEL's own name of the kind of *value*."""
    return _KINDS.get(type(value), "function")


def kind_words(value: FeelValue) -> Sentence:
    """Return what a person would call a value such as this."""
    return _WORDS[kind(value)]


def words_of_kind(name: str) -> Sentence:
    """Return what a person would call a value of the kind *name*."""
    return _WORDS[name]
