"""Values come from JSON and go back to it."""

from decimal import Decimal

import pytest

from engine.feel import FeelError, from_json, parse_expression, to_json
from tests.engine.feel.asking import CONTEXT, NOW


def value_of(source):
    return to_json(parse_expression(source).evaluate({}, CONTEXT).value)


@pytest.mark.parametrize(
    ("source", "json"),
    [
        ("1", 1),
        ("1.50", Decimal("1.50")),
        ("3 / 3", 1),
        ('@"2026-03-02"', "2026-03-02"),
        ('@"2026-03-02T09:30:00+08:00"', "2026-03-02T09:30:00+08:00"),
        ('@"2026-03-02T09:30:00@Asia/Shanghai"', "2026-03-02T09:30:00+08:00"),
        ('@"2026-03-02T09:30:00"', "2026-03-02T09:30:00"),
        ('@"09:30:00.5"', "09:30:00.5"),
        ('@"P1Y2M"', "P1Y2M"),
        ('@"-PT90M"', "-PT1H30M"),
        ("now()", NOW.isoformat()),
        ("{a: [1, null, true]}", {"a": [1, None, True]}),
    ],
)
def test_it_leaves_as_json(source, json):
    given = value_of(source)

    assert given == json
    assert type(given) is type(json)


@pytest.mark.parametrize("source", ["function() 1", "now", "[1..2]", "{a: [(> 1)]}"])
def test_what_cannot_be_kept_is_refused(source):
    with pytest.raises(FeelError):
        value_of(source)


def test_a_number_too_long_for_readers_stays_decimal():
    assert value_of("10 ** 30") == Decimal(10) ** 30
    assert isinstance(value_of("10 ** 30"), Decimal)


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity"), object(), {1, 2}])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(FeelError):
        from_json(value)


def test_numbers_are_decimal():
    assert from_json(0.1) + from_json(Decimal("0.2")) == Decimal("0.3")
    assert from_json(True) is True
