from collections import Counter
from datetime import UTC, datetime
from random import Random

from engine.calendar import WorkCalendar
from engine.simulation.year.arrivals import arrivals

CALENDAR = WorkCalendar.from_toml('zone = "Asia/Shanghai"')
BEGIN = datetime(2025, 2, 28, 16, tzinfo=UTC)
END = datetime(2026, 2, 28, 15, tzinfo=UTC)


def came(seed: int) -> list[datetime]:
    return list(arrivals(CALENDAR, BEGIN, END, 40, Random(seed)))


def test_they_come_in_order_and_in_time():
    moments = came(1)

    assert moments == sorted(moments)
    assert moments[0] >= BEGIN
    assert moments[-1] <= END


def test_one_month_is_far_worse_than_the_others_and_the_last_are_better():
    months = Counter(f"{each.astimezone(CALENDAR.zone):%Y-%m}" for each in came(1))

    counts = [count for _, count in sorted(months.items())]
    usual = sorted(counts)[len(counts) // 2]
    assert max(counts) > 1.8 * usual
    assert sum(counts[-3:]) < sum(counts[:3])


def test_most_come_on_working_days():
    days = Counter(
        CALENDAR.is_working_day(each.astimezone(CALENDAR.zone).date()) for each in came(1)
    )

    assert days[True] > 5 * days[False] > 0


def test_the_same_seed_brings_the_same():
    assert came(1) == came(1) != came(2)
