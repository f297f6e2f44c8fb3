"""Working days and hours as functions that an expression can call."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from engine.calendar import CalendarError, WorkCalendar
from engine.feel.builtins.arguments import a_number, a_text, a_whole_number
from engine.feel.builtins.registry import Family
from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.kinds import FeelFunction, FeelValue
from engine.feel.values.literals import parse_date, parse_date_time
from engine.feel.values.temporal import Date, DateTime, Time

#: What the parser must know, since “of” and “between” would end other names.
NAMES = (
    "add working days",
    "add working hours",
    "working hours between",
    "is working day",
    "next day of month",
)
_HOUR = Decimal(3600)
_Found = TypeVar("_Found")
_Move = Callable[[datetime, FeelValue], datetime]


def working_time_functions(calendar: WorkCalendar) -> Mapping[str, FeelFunction]:
    """Return the functions that reckon by *calendar*.

    Moments may be dates, dates with time, or either as an ISO text. What begins with a
    day ends with a day; a time without a zone is one of the calendar's zone.
    """
    functions = Family()

    def add_days(start: datetime, count: FeelValue) -> datetime:
        return calendar.add_working_days(start, a_whole_number(count))

    def add_hours(start: datetime, count: FeelValue) -> datetime:
        return calendar.add_working_hours(start, a_number(count))

    def next_day(start: datetime, day: FeelValue) -> datetime:
        return calendar.next_day_of_month(start, a_whole_number(day))

    def hours_between(run: Run, start: FeelValue, end: FeelValue) -> FeelValue:
        moments = _moment(start, calendar), _moment(end, calendar)
        span = _reckoned(run, lambda: calendar.working_time_between(*moments))
        return DECIMAL128.divide(Decimal(str(span.total_seconds())), _HOUR)

    def is_working_day(run: Run, day: FeelValue) -> FeelValue:
        date = _moment(day, calendar).date()
        return _reckoned(run, lambda: calendar.is_working_day(date))

    days, hours, between, working, next_one = NAMES
    functions.function(days, "from, n")(_moving(add_days, calendar))
    functions.function(hours, "from, n")(_moving(add_hours, calendar))
    functions.function(between, "from, to")(hours_between)
    functions.function(working, "date")(is_working_day)
    functions.function(next_one, "from, n")(_moving(next_day, calendar))
    return functions


def _moving(move: _Move, calendar: WorkCalendar) -> Callable[..., FeelValue]:
    def moved(run: Run, start: FeelValue, count: FeelValue) -> FeelValue:
        begins = _temporal(start)
        moment = _moment(begins, calendar)
        end = DateTime.of_datetime(_reckoned(run, lambda: move(moment, count)))
        return end.date if isinstance(begins, Date) else end

    return moved


def _reckoned(run: Run, reckon: Callable[[], _Found]) -> _Found:
    """Return what the calendar reckons; no value where it does not reach."""
    try:
        found = reckon()
    except CalendarError as error:
        raise NoValue(error.sentence.template, **error.sentence.values) from None
    except OverflowError:
        raise NoValue("Expected a day that the calendar reaches.") from None
    run.look_at_stopwatch()  # Many years take as long as many steps.
    return found


def _temporal(value: FeelValue) -> Date | DateTime:
    if isinstance(value, (Date, DateTime)):
        return value
    text = a_text(value)
    return parse_date_time(text) if "T" in text else parse_date(text)


def _moment(value: FeelValue, calendar: WorkCalendar) -> datetime:
    temporal = _temporal(value)
    if isinstance(temporal, Date):
        temporal = DateTime(temporal, Time(0))
    moment = temporal.as_datetime()
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone)
