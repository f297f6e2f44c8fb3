from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine.policy import Bundle
from engine.policy.parts import read_parts
from engine.simulation.year.entering import Entering, Face, later
from engine.simulation.year.scripts import repertoire
from tests.engine.simulation.year.conftest import FEW, KEY

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


def test_what_is_promised_lies_ahead_of_the_moment_it_is_promised_at(parts):
    begun = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    given = {"seen": "2026-03-02T08:30:00+08:00", "promised": "2026-03-02T10:10:00+08:00"}

    entered = Entering(parts, 1).ahead(
        given, 10, FACE, begun, begun + timedelta(days=10, hours=5)
    )

    assert entered == {
        "seen": "2026-03-12T08:30:00+08:00",
        "promised": "2026-03-12T15:10+08:00",
    }
