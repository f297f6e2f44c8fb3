"""Asks about dates: which day, month or week they are, and what date it is now."""

from decimal import Decimal

from engine.feel.builtins.arguments import a_date
from engine.feel.builtins.registry import Family
from engine.feel.run import Run
from engine.feel.values.civil import day_number, year_month_day
from engine.feel.values.durations import YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.properties import weekday
from engine.feel.values.temporal import DateTime

FUNCTIONS = Family()
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@FUNCTIONS.function("now", "")
def now(run: Run) -> FeelValue:
    """Return the moment at which the expression is evaluated."""
    return DateTime.of_datetime(run.now)


@FUNCTIONS.function("today", "")
def today(run: Run) -> FeelValue:
    """Return the day on which the expression is evaluated."""
    return DateTime.of_datetime(run.now).date


@FUNCTIONS.function("day of year", "date")
def day_of_year(run: Run, date: FeelValue) -> FeelValue:
    """Return 1 for the first of January."""
    day = a_date(date)
    return Decimal(day.number - day_number(day.year, 1, 1) + 1)


@FUNCTIONS.function("day of week", "date")
def day_of_week(run: Run, date: FeelValue) -> FeelValue:
    """Return the English name of the day."""
    return WEEKDAYS[weekday(a_date(date)) - 1]


@FUNCTIONS.function("month of year", "date")
def month_of_year(run: Run, date: FeelValue) -> FeelValue:
    """Return the English name of the month."""
    return MONTHS[a_date(date).month - 1]


@FUNCTIONS.function("week of year", "date")
def week_of_year(run: Run, date: FeelValue) -> FeelValue:
    """Return the week as ISO 8601 counts it: the first has the year's first Thursday."""
    number = a_date(date).number
    thursday = number - (number + 3) % 7 + 3
    year, _, _ = year_month_day(thursday)
    return Decimal((thursday - day_number(year, 1, 1)) // 7 + 1)


@FUNCTIONS.function("years and months duration", "from, to")
def years_and_months(run: Run, start: FeelValue, end: FeelValue) -> FeelValue:
    """Return the whole months from one date to the other."""
    first, last = a_date(start), a_date(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsAndMonths(months)
