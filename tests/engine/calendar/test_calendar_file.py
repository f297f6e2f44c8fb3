from datetime import date

import pytest

from engine.calendar import CalendarError, WorkCalendar, read_year_table


def test_it_reads_the_exceptions_of_a_policy():
    calendar = WorkCalendar.from_toml(
        """
        shifts = [["08:00", "24:00"]]
        weekdays = [1, 2, 3, 4, 5, 6]
        [days]
        2026-05-20 = "off"
        2026-05-24 = "work"
        2026-05-21 = [["09:00", "12:00"]]
        """
    )

    assert not calendar.is_working_day(date(2026, 5, 20))
    assert calendar.is_working_day(date(2026, 5, 23))
    assert calendar.is_working_day(date(2026, 5, 24))
    assert [shift.end for shift in calendar.shifts_on(date(2026, 5, 21))] == [720]


def test_a_policy_may_work_on_holidays():
    calendar = WorkCalendar.from_toml('holidays = "none"\nweekdays = [1,2,3,4,5,6,7]')

    assert calendar.is_working_day(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("zone = ", "as TOML"),
        ("zones = 1", "found zones"),
        ('zone = "Asia/Atlantis"', "Asia/Atlantis is none"),
        ("zone = 8", "time zone"),
        ("shifts = []", "list shifts"),
        ("shifts = 8", "list shifts"),
        ('shifts = ["09:00"]', "list shifts"),
        ('shifts = [["09:00", "25:00"]]', "25:00 is none"),
        ("shifts = [[9, 12]]", "9 is none"),
        ('shifts = [["09:00", "12:00"], ["11:00", "13:00"]]', "11:00–13:00 begins"),
        ('shifts = [["22:00", "06:00"], ["05:00", "06:00"]]', "begins before"),
        ('shifts = [["05:00", "06:00"], ["22:00", "05:30"]]', "night shift"),
        (
            'shifts = [["22:00", "06:00"]]\n[days]\n2026-05-20 = [["05:00", "09:00"]]',
            "night",
        ),
        ("weekdays = [0]", "1 (Monday)"),
        ("weekdays = [true]", "1 (Monday)"),
        ('holidays = "DE"', "got DE"),
        ("days = 1", "table of dates"),
        ('[days]\ntomorrow = "off"', "tomorrow is none"),
        ('[days]\n2026-05-20 = "free"', "got free"),
    ],
)
def test_it_says_what_is_wrong_with_a_calendar(text, says):
    with pytest.raises(CalendarError) as caught:
        WorkCalendar.from_toml(text)

    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"{", "but"),
        (b'{"year": 2027}', "source"),
        (b'{"year": 2027, "source": "", "off": {"2027-13-01": ""}, "work": {}}', "date"),
        (
            b'{"year": 2027, "source": "", "off": {"2026-10-01": ""}, "work": {}}',
            "2026-10-01",
        ),
        (
            b'{"year": 2027, "source": "", "off": {"2027-10-01": ""},'
            b' "work": {"2027-10-01": ""}}',
            "both",
        ),
    ],
)
def test_it_says_what_is_wrong_with_a_years_table(source, says):
    with pytest.raises(CalendarError) as caught:
        read_year_table(source)

    assert says in str(caught.value)
