from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import DEFAULT_CALENDAR, remaining
from engine.language import say

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "due", "says"),
    [
        (at(2, 16, 30), at(2, 17, 30), "剩 1 个工作时"),
        (at(2, 11), at(2, 15), "剩 2.5 个工作时"),
        (at(2, 17), at(3, 9, 45), "剩 1.7 个工作时"),
        (at(2, 17, 40), at(2, 18), "剩 20 分钟"),
        (at(2, 9), at(4, 10), "剩 2 个工作日"),
        (at(2, 19), at(2, 23), "剩 4 小时（非工作时间）"),
        (at(2, 19), at(2, 19, 30), "即将到期"),
        (at(2, 18), at(2, 16), "逾期 2 小时"),
        (at(3, 9, 30), at(2, 17), "逾期 1.5 小时"),
        (at(2, 10, 5), at(2, 10), "逾期 5 分钟"),
        (at(2, 20), at(2, 18), "刚刚逾期"),
        (at(2, 10), at(2, 10), "刚刚逾期"),
        (at(5, 9), at(2, 9), "逾期 3 个工作日"),
    ],
)
def test_it_says_what_is_left_in_working_time(now, due, says):
    assert say(remaining(due, now, DEFAULT_CALENDAR), "zh_CN") == says


def test_one_is_not_said_as_many():
    assert str(remaining(at(2, 10), at(2, 11), DEFAULT_CALENDAR)) == "1 hour overdue"
    assert str(remaining(at(2, 10), at(2, 12), DEFAULT_CALENDAR)) == "2 hours overdue"
