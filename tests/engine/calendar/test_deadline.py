from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import DEFAULT_CALENDAR, CalendarError, parse_deadline
from engine.language import say

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 2, 13, 17, tzinfo=ZONE)  # The Saturday after it is worked.


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("3 working hours", datetime(2026, 2, 14, 11, tzinfo=ZONE)),
        ("1 working hour", datetime(2026, 2, 13, 18, tzinfo=ZONE)),
        ("3 个工作时", datetime(2026, 2, 14, 11, tzinfo=ZONE)),
        ("3个工作小时", datetime(2026, 2, 14, 11, tzinfo=ZONE)),
        ("0.5 working hours", datetime(2026, 2, 13, 17, 30, tzinfo=ZONE)),
        ("2 working days", datetime(2026, 2, 24, 17, tzinfo=ZONE)),
        ("1 个工作日", datetime(2026, 2, 14, 17, tzinfo=ZONE)),
        ("24 hours", datetime(2026, 2, 14, 17, tzinfo=ZONE)),
        ("24 小时", datetime(2026, 2, 14, 17, tzinfo=ZONE)),
        ("3 天", datetime(2026, 2, 16, 17, tzinfo=ZONE)),
        ("2 Days", datetime(2026, 2, 15, 17, tzinfo=ZONE)),
        ("1 week", datetime(2026, 2, 20, 17, tzinfo=ZONE)),
        ("30 minutes", datetime(2026, 2, 13, 17, 30, tzinfo=ZONE)),
        (" 90 分钟 ", datetime(2026, 2, 13, 18, 30, tzinfo=ZONE)),
    ],
)
def test_it_reads_what_people_write(text, end):
    assert parse_deadline(text).after(FRIDAY, DEFAULT_CALENDAR) == end


@pytest.mark.parametrize(
    "text",
    ["", "soon", "3", "working hours", "-1 hours", "1.5 working days", "3 hourss", "9s"],
)
def test_it_refuses_what_is_no_deadline(text):
    with pytest.raises(CalendarError):
        parse_deadline(text)


def test_it_is_said_in_chinese():
    assert say(parse_deadline("3 working hours").said(), "zh_CN") == "3 个工作时"
    assert say(parse_deadline("1 working day").said(), "zh_TW") == "1 個工作天"
    assert say(parse_deadline("1 工作日").said(), "en") == "1 working day"
