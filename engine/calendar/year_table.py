"""Reads which days of one year the State Council's notice makes free or working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from engine.calendar.errors import CalendarError

FOLDER = Path(__file__).resolve().parent / "holidays"


@dataclass(frozen=True, slots=True)
class YearTable:
    """The free days and the make-up working days of one published year."""

    year: int
    source: str  #: The notice that says so, as people cite it.
    off: Mapping[date, str]  #: Day and the name of its holiday, weekends among them.
    work: Mapping[date, str]  #: Weekend days worked, with the holiday they make up for.


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    year: int
    source: str
    off: dict[date, str]
    work: dict[date, str]


def read_year_table(source: bytes) -> YearTable:
    """Return the table in *source*: JSON with year, source, off and work.

    Raises:
        CalendarError: If it is no such table, or names a day of another year or twice.
    """
    try:
        stored = msgspec.json.decode(source, type=_Stored)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CalendarError(
            "Expected a year's holidays with year, source, off and work, but {reason}.",
            reason=str(error),
        ) from error
    for day in (*stored.off, *stored.work):
        if day.year != stored.year:
            raise CalendarError(
                "Expected only days of {year}, but {day} is another year's.",
                year=stored.year,
                day=day.isoformat(),
            )
    both = sorted(stored.off.keys() & stored.work.keys())
    if both:
        raise CalendarError(
            "Expected {day} to be free or worked, but it is listed as both.",
            day=both[0].isoformat(),
        )
    return YearTable(stored.year, stored.source, stored.off, stored.work)


@cache
def shipped_tables() -> Mapping[int, YearTable]:
    """Return the tables that come with the program, by year."""
    tables = (read_year_table(path.read_bytes()) for path in FOLDER.glob("*.json"))
    return {table.year: table for table in tables}
