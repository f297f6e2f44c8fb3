"""Says which cases are meant, in sentences that a process owner reads."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

from engine.dmn.analysis.atoms import OTHER_TEXT
from engine.dmn.analysis.columns import Column
from engine.dmn.analysis.search import Region
from engine.dmn.analysis.texts import Span, spans
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import DAY, SECOND, Date, DateTime, Time
from engine.feel.values.text import number_text
from engine.model import Sentence

Spoken: TypeAlias = Mapping[str, str]
NO_WORDS: Spoken = {}
Words: TypeAlias = Sentence | str  #: What may stand within a sentence.
MOST_SPANS = 6  #: Values or ranges of one column that a sentence lists.
MOST_COLUMNS = 12  #: Columns that a sentence speaks of.
_MOMENTS = (Date, Time, DateTime)


def cases(columns: Sequence[Column], region: Region) -> Sentence | None:
    """Say what a region has in common, column by column; None if that is nothing."""
    parts = [
        _about(column, pieces)
        for column, pieces in zip(columns, region, strict=True)
        if column.counted & ~pieces
    ]
    if not parts:
        return None
    more = len(parts) - MOST_COLUMNS
    told = reduce(_and, parts[:MOST_COLUMNS])
    return _and(told, _more(more)) if more > 0 else told


def _more(count: int) -> Sentence:
    return Sentence("{count} columns more", {"count": count})


def example(case: Sequence[tuple[Column, FeelValue]]) -> Sentence:
    """Say which value each column has."""
    if not case:
        return Sentence("any case")
    parts = [_is(column, value) for column, value in case[:MOST_COLUMNS]]
    more = len(case) - len(parts)
    return reduce(_then, [*parts, _more(more)] if more else parts)


def _is(column: Column, value: FeelValue) -> Sentence:
    if value is None:
        return _ranging(column.label, Sentence("left empty"))
    words = said(value, column.spoken)
    if _is_counted(value):
        return Sentence("{column} = {number}", {"column": column.label, "number": words})
    return Sentence("{column} = {value}", {"column": column.label, "value": words})


def _is_counted(value: FeelValue) -> bool:
    """Tell whether a value is written with a digit before all else."""
    return not isinstance(value, (str, bool))


def _ranging(column: str, what: Sentence) -> Sentence:
    return Sentence("{column} is {range}", {"column": column, "range": what})


def _then(one: Sentence, more: Sentence) -> Sentence:
    return Sentence("{condition}, {more}", {"condition": one, "more": more})


def listed(values: Iterable[FeelValue], spoken: Spoken = NO_WORDS) -> Words:
    """List values, but not more of them than a person would read."""
    every = list(values)
    what = reduce(_or, (said(value, spoken) for value in every[:MOST_SPANS]))
    more = len(every) - MOST_SPANS
    if more > 0:
        return Sentence("{value} or {count} others", {"value": what, "count": more})
    return what


def _about(column: Column, pieces: int) -> Sentence:
    if column.is_free and pieces != column.missing:
        return _ranging(column.label, Sentence("filled in"))
    found = list(spans(column, pieces))
    if all(map(_is_value, found)):
        return _valued(column, [first.example for first, _ in found])
    what = reduce(_or_else, map(_span, found[:MOST_SPANS]))
    more = len(found) - MOST_SPANS
    if more > 0:
        what = Sentence("{range}, or {count} others", {"range": what, "count": more})
    return _ranging(column.label, what)


def _valued(column: Column, values: Sequence[FeelValue]) -> Sentence:
    what = listed(values, column.spoken)
    if _is_counted(values[0]):
        return Sentence("{column} is {number}", {"column": column.label, "number": what})
    return Sentence("{column} is {what}", {"column": column.label, "what": what})


def _is_value(span: Span) -> bool:
    first, last = span
    return first is last and first.is_point and first.example is not None


def _or(one: Words, other: Words) -> Words:
    return Sentence("{value} or {alternative}", {"value": one, "alternative": other})


def _or_else(one: Sentence, other: Sentence) -> Sentence:
    return Sentence("{range}, or {other}", {"range": one, "other": other})


def _and(one: Sentence, more: Sentence) -> Sentence:
    return Sentence("{condition}, and {more}", {"condition": one, "more": more})


def _span(span: Span) -> Sentence:
    first, last = span
    if first is last and first.is_point:
        if first.example is None:
            return Sentence("left empty")
        return Sentence("equal to {value}", {"value": said(first.example)})
    low = None if first.low is None else _low(first.low, included=first.is_point)
    high = None if last.high is None else _high(last.high, included=last.is_point)
    if low is not None and high is not None:
        return Sentence("{low} and {high}", {"low": low, "high": high})
    return low or high or Sentence("filled in")


def _low(value: FeelValue, *, included: bool) -> Sentence:
    values = {"value": said(value)}
    if isinstance(value, _MOMENTS):
        if included:
            return Sentence("not before {value}", values)
        return Sentence("after {value}", values)
    if included:
        return Sentence("at least {value}", values)
    return Sentence("more than {value}", values)


def _high(value: FeelValue, *, included: bool) -> Sentence:
    values = {"value": said(value)}
    if isinstance(value, _MOMENTS):
        if included:
            return Sentence("not after {value}", values)
        return Sentence("before {value}", values)
    if included:
        return Sentence("at most {value}", values)
    return Sentence("less than {value}", values)


def said(value: FeelValue, spoken: Spoken = NO_WORDS) -> Words:
    """Say a single value, with the words that people read for it if there are some."""
    if value is None:
        return Sentence("left empty")
    if isinstance(value, bool):
        return Sentence("“yes”") if value else Sentence("“no”")
    if isinstance(value, str):
        if value == OTHER_TEXT:
            return Sentence("another text")
        words = spoken.get(value, "")
        if words and words != value:
            return Sentence('"{text}" ({words})', {"text": value, "words": words})
        return Sentence('"{text}"', {"text": value})
    if isinstance(value, (YearsAndMonths, DaysAndTime)):
        return _duration(value)
    return _text(value)


def _text(value: FeelValue) -> str:
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, Time):
        return _clock(value)
    if isinstance(value, DateTime):
        return f"{value.date} {_clock(value.time)}"
    return str(value)


def _clock(time: Time) -> str:
    text = time.clock_text()
    zone = "" if time.zone is None else f" {time.zone}"
    return (text[:-3] if text.endswith(":00") and len(text) == 8 else text) + zone


def _duration(value: YearsAndMonths | DaysAndTime) -> Sentence:
    if isinstance(value, YearsAndMonths):
        years, months = divmod(abs(value.months), 12)
        parts, below_zero = [_years(years), _months(months)], value.months < 0
        counts: tuple[int, ...] = (years, months)
    else:
        days, left = divmod(abs(value.nanoseconds), DAY)
        hours, left = divmod(left, 3600 * SECOND)
        minutes, left = divmod(left, 60 * SECOND)
        seconds = number_text(Decimal(left) / SECOND)
        parts = [_days(days), _hours(hours), _minutes(minutes), _seconds(seconds)]
        counts, below_zero = (days, hours, minutes, left), value.nanoseconds < 0
    told = [part for part, count in zip(parts, counts, strict=True) if count]
    whole = reduce(
        lambda one, more: Sentence(
            "{duration} and {more}", {"duration": one, "more": more}
        ),
        told or parts[-1:],
    )
    return Sentence("minus {duration}", {"duration": whole}) if below_zero else whole


def _years(count: int) -> Sentence:
    values = {"count": count}
    return (
        Sentence("{count} year", values)
        if count == 1
        else Sentence("{count} years", values)
    )


def _months(count: int) -> Sentence:
    values = {"count": count}
    if count == 1:
        return Sentence("{count} month", values)
    return Sentence("{count} months", values)


def _days(count: int) -> Sentence:
    values = {"count": count}
    return (
        Sentence("{count} day", values) if count == 1 else Sentence("{count} days", values)
    )


def _hours(count: int) -> Sentence:
    values = {"count": count}
    return (
        Sentence("{count} hour", values)
        if count == 1
        else Sentence("{count} hours", values)
    )


def _minutes(count: int) -> Sentence:
    values = {"count": count}
    if count == 1:
        return Sentence("{count} minute", values)
    return Sentence("{count} minutes", values)


def _seconds(count: str) -> Sentence:
    return Sentence("{count} seconds", {"count": count})
