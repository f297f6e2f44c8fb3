"""Months as people write them, ``2026-03``, and stretches of whole months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Month = str  #: ``YYYY-MM``; sorts as time goes.

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2199


def is_month(text: str) -> bool:
    """Tell whether *text* is a month of years that anybody keeps a ledger of."""
    found = _MONTH.fullmatch(text)
    return found is not None and FIRST_YEAR <= int(found[1]) <= LAST_YEAR


def month_of(day: date) -> Month:
    """Return the month of *day*."""
    return f"{day.year:04}-{day.month:02}"


def first_day(month: Month) -> date:
    """Return the first day of *month*."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: Month) -> date:
    """Return the last day of *month*."""
    return first_day(moved(month, 1)) - timedelta(days=1)


def moved(month: Month, by: int) -> Month:
    """Return the month *by* months later, or earlier where it is below 0.

    >>> moved("2026-01", -2)
    '2025-11'
    """
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{count // 12:04}-{count % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, the first and the last of them included."""

    first: Month
    last: Month

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def months(self) -> Iterator[Month]:
        """Yield the months in their order; none if the last is before the first."""
        month = self.first
        while month <= self.last:
            yield month
            month = moved(month, 1)

    def days(self) -> Iterator[date]:
        """Yield every day in its order."""
        day, end = first_day(self.first), last_day(self.last)
        while day <= end:
            yield day
            day += timedelta(days=1)
