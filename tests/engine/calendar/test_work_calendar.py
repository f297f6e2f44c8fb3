from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import DEFAULT_CALENDAR, CalendarError, WorkCalendar, YearTable

ZONE = ZoneInfo("Asia/Shanghai")
NIGHTS = WorkCalendar.from_toml('shifts = [["08:00", "12:00"], ["22:00", "06:00"]]')
CALENDARS = [DEFAULT_CALENDAR, NIGHTS]

moments = st.datetimes(
    datetime(2024, 12, 20),  # noqa: DTZ001
    datetime(2027, 1, 20),  # noqa: DTZ001
    timezones=st.just(ZONE),
)
calendars = st.sampled_from(CALENDARS)
amounts = st.integers(1, 400).map(lambda quarters: Decimal(quarters) / 4)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(2025, 1, 24, 16), 4, at(2025, 1, 26, 11)),  # A Sunday worked for the festival.
        (at(2026, 2, 13, 17), 3, at(2026, 2, 14, 11)),
        (at(2026, 3, 2, 11), 3, at(2026, 3, 2, 15, 30)),  # Over the lunch break.
        (at(2026, 3, 2, 11), 1, at(2026, 3, 2, 12)),  # Ends with the shift, not the next.
        (at(2026, 3, 2, 20), 1, at(2026, 3, 3, 10)),
        (at(2026, 3, 2, 12, 30), 0, at(2026, 3, 2, 13, 30)),
        (at(2026, 3, 3, 9), -1, at(2026, 3, 2, 17)),
    ],
)
def test_working_hours_skip_breaks_nights_and_holidays(start, hours, end):
    assert DEFAULT_CALENDAR.add_working_hours(start, hours) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (at(2025, 1, 24, 10), 3, at(2025, 2, 5, 10)),
        (at(2026, 3, 2, 20), 1, at(2026, 3, 3, 18)),
        (at(2026, 3, 2, 7), 1, at(2026, 3, 3, 9)),
        (at(2026, 3, 2, 12, 30), 1, at(2026, 3, 3, 13, 30)),
        (at(2026, 3, 1, 10), 1, at(2026, 3, 2, 10)),  # From a Sunday.
        (at(2026, 3, 1, 10), 0, at(2026, 3, 2, 10)),
        (at(2026, 3, 2, 10), -1, at(2026, 2, 28, 10)),  # A Saturday worked.
    ],
)
def test_working_days_keep_the_time_of_day_within_the_hours(start, days, end):
    assert DEFAULT_CALENDAR.add_working_days(start, days) == end


@pytest.mark.parametrize(
    ("start", "day", "end"),
    [
        (at(2026, 3, 2, 10), 5, at(2026, 3, 5, 10)),
        (at(2026, 3, 5, 10), 5, at(2026, 4, 5, 10)),
        (at(2026, 12, 20, 10), 5, at(2027, 1, 5, 10)),
        (at(2026, 1, 31, 10), 31, at(2026, 2, 28, 10)),
    ],
)
def test_the_next_day_of_a_month_is_later_and_no_longer_than_the_month(start, day, end):
    assert DEFAULT_CALENDAR.next_day_of_month(start, day) == end


def test_the_tables_say_as_many_free_days_as_the_notices():
    free = {year: len(table.off) for year, table in DEFAULT_CALENDAR.years.items()}

    assert free == {2024: 28, 2025: 28, 2026: 33}


def test_a_year_without_a_table_is_reckoned_by_weekdays_and_provisional():
    assert DEFAULT_CALENDAR.is_provisional(at(2027, 1, 1))
    assert not DEFAULT_CALENDAR.is_provisional(at(2026, 12, 31, 23))
    assert DEFAULT_CALENDAR.is_working_day(date(2027, 10, 1))


def test_a_table_that_comes_later_is_taken_in():
    table = YearTable(2027, "a notice", off={date(2027, 10, 1): "国庆节"}, work={})

    calendar = DEFAULT_CALENDAR.with_years({2027: table})

    assert not calendar.is_provisional(at(2027, 10, 1))
    assert not calendar.is_working_day(date(2027, 10, 1))
    assert calendar.is_working_day(date(2027, 10, 4))


def test_a_moment_in_another_zone_is_reckoned_in_the_calendars():
    start = datetime(2026, 3, 2, 3, tzinfo=ZoneInfo("UTC"))

    end = DEFAULT_CALENDAR.add_working_hours(start, 2)

    assert end == at(2026, 3, 2, 14, 30)
    assert end.tzinfo is DEFAULT_CALENDAR.zone


def test_clocks_that_are_put_forward_lose_no_working_time():
    berlin = WorkCalendar.from_toml('zone = "Europe/Berlin"\nholidays = "none"')
    friday = datetime(2026, 3, 27, 17, tzinfo=berlin.zone)

    assert berlin.add_working_hours(friday, 2) == datetime(
        2026, 3, 30, 10, tzinfo=berlin.zone
    )


@pytest.mark.parametrize(
    "reckon",
    [
        lambda: DEFAULT_CALENDAR.add_working_hours(datetime(2026, 3, 2, 9), 1),  # noqa: DTZ001
        lambda: DEFAULT_CALENDAR.add_working_hours(at(2026, 3, 2), 10**9),
        lambda: DEFAULT_CALENDAR.add_working_days(at(2026, 3, 2), 10**9),
        lambda: DEFAULT_CALENDAR.add_working_days(at(2026, 3, 2), -(10**9)),
        lambda: DEFAULT_CALENDAR.add_working_hours(at(1, 1, 1), 1),
        lambda: DEFAULT_CALENDAR.next_day_of_month(at(2026, 3, 2), 32),
    ],
)
def test_it_refuses_what_it_cannot_reckon(reckon):
    with pytest.raises(CalendarError):
        reckon()


def worked_minutes(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Count minute by minute, each by the shifts of its day and of the night before."""
    count = 0
    while start < end:
        day, minute = start.date(), start.hour * 60 + start.minute
        own = any(shift.begin <= minute < shift.end for shift in calendar.shifts_on(day))
        before = calendar.shifts_on(day - timedelta(1))
        count += own or any(minute + 1440 < shift.end for shift in before)
        start += timedelta(minutes=1)
    return count


@settings(max_examples=30, deadline=None)
@given(calendars, moments, st.integers(0, 9 * 1440))
def test_it_agrees_with_counting_minute_by_minute(calendar, start, minutes):
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)

    worked = calendar.working_time_between(start, end)

    assert worked == timedelta(minutes=worked_minutes(calendar, start, end))


@given(calendars, moments, amounts)
def test_adding_is_undone_by_measuring(calendar, start, hours):
    end = calendar.add_working_hours(start, hours)

    assert calendar.working_time_between(start, end) == timedelta(hours=float(hours))
    assert calendar.working_time_between(end, start) == -timedelta(hours=float(hours))


@given(calendars, moments, amounts)
def test_going_back_is_undone_by_measuring(calendar, start, hours):
    begin = calendar.add_working_hours(start, -hours)

    assert calendar.working_time_between(begin, start) == timedelta(hours=float(hours))


@given(calendars, moments, moments, st.integers(-40, 40))
def test_a_later_start_never_ends_earlier(calendar, one, other, amount):
    earlier, later = min(one, other), max(one, other)

    assert calendar.add_working_hours(earlier, amount) <= calendar.add_working_hours(
        later, amount
    )


@given(calendars, moments, st.integers(0, 40))
def test_working_days_end_on_a_working_day_within_its_hours(calendar, start, days):
    end = calendar.add_working_days(start, days)

    hours = [shift.on(end.date(), ZONE) for shift in calendar.shifts_on(end.date())]
    night = [shift.on(end.date() - timedelta(1), ZONE) for shift in calendar.shifts]
    assert any(begin <= end <= finish for begin, finish in hours + night)
