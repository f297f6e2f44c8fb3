from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine.calendar import WorkCalendar
from engine.policy import Bundle
from engine.policy.parts import read_parts
from engine.simulation.year.entering import Entering, Face, later, timely
from engine.simulation.year.scripts import repertoire
from tests.engine.simulation.year.conftest import FEW, KEY

CALENDAR = WorkCalendar.from_toml('zone = "Asia/Shanghai"\nshifts = [["09:00", "18:00"]]')
FACE = Face("演示·江南客户07", "demo07@example.com", "13800000007", {"here": "there"})


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2026-03-02", "2026-03-12"),
        ("2026-03-02T09:00+08:00", "2026-03-12T09:00+08:00"),
        ("2026-03-02T09:00:00+08:00", "2026-03-12T09:00:00+08:00"),
        ("2026-02-30", "2026-02-30"),
        ("three", "three"),
    ],
)
def test_dates_move_and_other_texts_stay(text, moved):
    assert later(text, 10) == moved


def test_places_addresses_and_telephones_are_made_up(parts):
    given = {"unit": "here", "email": "a@b.cn", "phone": ["13912345678"], "note": "x"}

    entered = Entering(parts, 1).plain(given, 0, FACE)

    assert entered == {
        "unit": "there",
        "email": "demo07@example.com",
        "phone": ["13800000007"],
        "note": "x",
    }


def test_what_decides_the_way_stays_and_the_customer_is_another(parts):
    entering, script = Entering(parts, 1), repertoire(parts).scripts[0]
    form = next(form for form in parts.forms.values() if form.keys >= script.given.keys())

    entered = [
        entering.values(script.given, form, 0, FACE, Random(each), better=0.5)
        for each in range(20)
    ]

    assert "wish" in entering.steering
    assert {each["wish"] for each in entered} == {script.given["wish"]}
    assert {each["customerName"] for each in entered} == {"演示·江南客户07"}


def test_a_policy_says_which_ways_and_causes_are_frequent(few):
    head = few.files["policy.toml"].partition(FEW)[0]
    said = b'\n[demo.scenarios]\n"fifteen-days-repair" = 3\n'
    parts = read_parts(Bundle(KEY, {**few.files, "policy.toml": head + said}))

    drawn = Counter(repertoire(parts).draw(Random(each)).id for each in range(20))

    assert parts.settings.demo.scenarios == {"fifteen-days-repair": 3}
    assert drawn == {"fifteen-days-repair": 20}


def test_moments_lie_as_far_from_now_as_they_lay_in_the_scenario():
    begun = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    now = begun + timedelta(days=10, hours=5)
    given = {
        "seen": "2026-03-02T08:30:00+08:00",
        "promised": "2026-03-02T10:10:00+08:00",
        "bought": "2025-07-01T10:00:00+08:00",
    }

    entered = timely(given, begun, now, 10, CALENDAR)

    assert {name: later(value, 10) for name, value in entered.items()} == {
        "seen": "2026-03-12T13:30+08:00",
        "promised": "2026-03-12T15:10+08:00",
        "bought": "2025-07-11T10:00:00+08:00",
    }


def test_nothing_is_promised_for_the_night():
    begun = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    entered = timely(
        {"items": [{"promised": "2026-03-02T12:00+08:00"}]},
        begun,
        begun + timedelta(hours=8),
        0,
        CALENDAR,
    )

    assert entered == {"items": [{"promised": "2026-03-03T09:00+08:00"}]}
