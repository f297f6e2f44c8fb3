"""Processes that a timer starts."""

from datetime import datetime, timedelta

import pytest

from engine.bpmn import Definitions, Surroundings, TimerError, next_start
from engine.calendar import DEFAULT_CALENDAR
from engine.dmn import DecisionModel
from engine.model import NotFound
from tests.engine.bpmn.models import cycle, date, diagram, end, flows, process, start
from tests.engine.bpmn.stage import MONDAY

AROUND = Surroundings(MONDAY, DEFAULT_CALENDAR, {})


def scheduled(timer: str) -> Definitions:
    model = diagram(process("p", start("start", timer), end(), flows("start", "end")))
    return Definitions.parse({"p.bpmn": model}, DecisionModel.parse({}))


def due(timer: str, previous: datetime | None = None, fired: int = 0) -> datetime | None:
    definitions = scheduled(timer)
    return next_start(definitions, "p", "start", AROUND, previous=previous, fired=fired)


def test_a_monthly_start_is_on_the_first() -> None:
    first = due(cycle("0 0 9 1 * *"))
    assert first is not None
    assert first.isoformat() == "2026-04-01T09:00:00+08:00"

    second = due(cycle("0 0 9 1 * *"), first, 1)
    assert second is not None
    assert second.isoformat() == "2026-05-01T09:00:00+08:00"


def test_a_start_comes_as_often_as_it_says() -> None:
    first = due(cycle("R2/PT1H"))
    assert first == MONDAY + timedelta(hours=1)

    assert due(cycle("R2/PT1H"), first, 1) == MONDAY + timedelta(hours=2)
    assert due(cycle("R2/PT1H"), MONDAY + timedelta(hours=2), 2) is None


def test_a_start_by_months_comes_back_to_its_day() -> None:
    text = cycle("R/2026-01-31T09:00:00+08:00/P1M")
    february = datetime.fromisoformat("2026-02-28T09:00:00+08:00")

    march = due(text, february, 2)

    assert march is not None
    assert march.isoformat() == "2026-03-31T09:00:00+08:00"
    assert due(cycle("R/P1M"), february, 2) == datetime.fromisoformat(
        "2026-03-28T09:00:00+08:00"
    )


def test_a_date_comes_once() -> None:
    text = "= next day of month(now(), 5)"
    first = due(date(text))
    assert first is not None
    assert first.date().isoformat() == "2026-03-05"

    assert due(date(text), first, 1) is None


def test_a_start_without_a_time_says_so() -> None:
    with pytest.raises(TimerError):
        due(date("= null"))


def test_only_timer_starts_are_due() -> None:
    with pytest.raises(NotFound):
        next_start(scheduled(date("= now()")), "p", "end", AROUND)
