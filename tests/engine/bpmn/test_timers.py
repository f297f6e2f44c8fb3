"""Times as diagrams say them: dates, durations, cycles and cron."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn import TimerError
from engine.bpmn.elements import TimerKind
from engine.bpmn.timers import Due, next_due, read_due

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 31, 9, 30, tzinfo=SHANGHAI)


def due(kind: TimerKind, text: object, zone: ZoneInfo = SHANGHAI) -> str:
    return read_due(kind, text, NOW, zone).moment.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT10M", "2026-01-31T09:40:00+08:00"),
        ("P1DT2H", "2026-02-01T11:30:00+08:00"),
        ("P1M", "2026-02-28T09:30:00+08:00"),
        ("P1Y1M", "2027-02-28T09:30:00+08:00"),
        ("P2W", "2026-02-14T09:30:00+08:00"),
        ("pt1h", "2026-01-31T10:30:00+08:00"),
        ("2026-02-01T00:00:00Z", "2026-02-01T08:00:00+08:00"),
    ],
)
def test_durations_count_from_now(text: str, expected: str) -> None:
    assert due("duration", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T09:00:00+08:00", "2026-03-02T09:00:00+08:00"),
        ("2026-03-02T01:00:00Z", "2026-03-02T09:00:00+08:00"),
        ("2026-03-02T09:00", "2026-03-02T09:00:00+08:00"),
        ("2026-03-02", "2026-03-02T00:00:00+08:00"),
        ("2026-03-02T09:00:00@Europe/Berlin", "2026-03-02T16:00:00+08:00"),
    ],
)
def test_dates_without_an_offset_are_in_the_zone(text: str, expected: str) -> None:
    assert due("date", text) == expected


def test_days_keep_the_time_of_day_when_the_clocks_change() -> None:
    start = datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN)

    day = read_due("duration", "P1D", start, BERLIN).moment
    hours = read_due("duration", "PT24H", start, BERLIN).moment

    assert day.isoformat() == "2026-03-29T09:00:00+02:00"
    assert hours.isoformat() in (
        "2026-03-29T10:00:00+02:00",
        "2026-03-29T09:00:00+02:00",  # ISO libraries hold both for one day.
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "PT1H"),
        ("date", "soon"),
        ("date", "2026-13-01"),
        ("date", None),
        ("date", 17),
        ("duration", "-PT1H"),
        ("duration", "P"),
        ("duration", "PX"),
        ("duration", "P9999Y"),
        ("duration", "1 hour"),
        ("cycle", ""),
        ("cycle", "R0/PT1H"),
        ("cycle", "R3/soon"),
        ("cycle", "every day"),
        ("cycle", "61 * * * *"),
        ("cycle", "R/-PT1H"),
        ("cycle", "R/PT0S"),
    ],
)
def test_what_says_no_time_is_refused(kind: TimerKind, text: object) -> None:
    with pytest.raises(TimerError):
        read_due(kind, text, NOW, SHANGHAI)


def moments(text: str, count: int) -> list[str]:
    found: list[str] = []
    due: Due | None = read_due("cycle", text, NOW, SHANGHAI)
    while due is not None and len(found) < count:
        found.append(due.moment.isoformat())
        due = next_due(due, SHANGHAI)
    return found


def test_a_cycle_comes_as_often_as_it_says() -> None:
    assert moments("R2/P1D", 9) == [
        "2026-02-01T09:30:00+08:00",
        "2026-02-02T09:30:00+08:00",
    ]
    assert len(moments("R/PT1M", 50)) == 50


def test_a_cycle_of_months_comes_back_to_its_day() -> None:
    assert moments("R/P1M", 3) == [
        "2026-02-28T09:30:00+08:00",
        "2026-03-31T09:30:00+08:00",
        "2026-04-30T09:30:00+08:00",
    ]
    assert moments("R/2024-02-29T08:00:00+08:00/P1Y", 5)[1:] == [
        "2025-02-28T08:00:00+08:00",
        "2026-02-28T08:00:00+08:00",
        "2027-02-28T08:00:00+08:00",
        "2028-02-29T08:00:00+08:00",
    ]


def test_a_cycle_may_say_when_it_begins() -> None:
    assert moments("R3/2026-03-01T08:00:00+08:00/P1M", 9) == [
        "2026-03-01T08:00:00+08:00",
        "2026-04-01T08:00:00+08:00",
        "2026-05-01T08:00:00+08:00",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 9 * * MON-FRI", ["2026-02-02T09:00:00+08:00", "2026-02-03T09:00:00+08:00"]),
        ("0 0 9 1 * ?", ["2026-02-01T09:00:00+08:00", "2026-03-01T09:00:00+08:00"]),
        ("30 8 L * *", ["2026-02-28T08:30:00+08:00", "2026-03-31T08:30:00+08:00"]),
        ("@daily", ["2026-02-01T00:00:00+08:00", "2026-02-02T00:00:00+08:00"]),
    ],
)
def test_cron_is_in_the_zone_of_the_deployment(text: str, expected: list[str]) -> None:
    assert moments(text, 2) == expected
