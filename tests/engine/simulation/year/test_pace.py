from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine.calendar import WorkCalendar
from engine.simulation.year.pace import Pace

CALENDAR = WorkCalendar.from_toml('zone = "Asia/Shanghai"')
FRIDAY_EVENING = datetime(2026, 3, 6, 11, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def late(pace: Pace, now: datetime, due: datetime, unit: str | None = None) -> int:
    return sum(pace.done_at(now, due, 0.5, unit) > due for _ in range(1000))


def test_as_many_deadlines_are_missed_as_the_policy_says():
    pace = Pace(CALENDAR, 15, Random(1))

    assert late(pace, MONDAY, MONDAY + DAY) == pytest.approx(150, abs=35)


def test_a_deadline_in_the_free_days_is_missed_no_more_often():
    pace = Pace(CALENDAR, 15, Random(1))

    assert late(pace, FRIDAY_EVENING, FRIDAY_EVENING + DAY) == pytest.approx(150, abs=35)


def test_a_unit_that_is_slower_misses_more_of_them():
    pace = Pace(CALENDAR, 15, Random(1), {"west": 40})

    assert late(pace, MONDAY, MONDAY + DAY, "west") == pytest.approx(400, abs=50)
