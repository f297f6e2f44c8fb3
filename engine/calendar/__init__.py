"""Working days and hours, with the public holidays and their make-up working weekends.

Pure reckoning: the present moment is always an argument. Timers, jobs and what happens
when a deadline passes are elsewhere.
"""

from engine.calendar.deadline import Deadline, parse_deadline
from engine.calendar.errors import CalendarError
from engine.calendar.remaining import remaining
from engine.calendar.work_calendar import WorkCalendar
from engine.calendar.year_table import YearTable, read_year_table, shipped_tables

#: An office in China: Monday to Friday, 09:00-12:00 and 13:30-18:00.
DEFAULT_CALENDAR = WorkCalendar.from_toml("")

__all__ = [
    "DEFAULT_CALENDAR",
    "CalendarError",
    "Deadline",
    "WorkCalendar",
    "YearTable",
    "parse_deadline",
    "read_year_table",
    "remaining",
    "shipped_tables",
]
