"""Working days and hours in expressions."""

import pytest

from engine.calendar import DEFAULT_CALENDAR
from engine.feel import Context, parse_expression, to_json, working_time_functions
from tests.engine.feel.asking import NOW

CONTEXT = Context(NOW, working_time_functions(DEFAULT_CALENDAR))


def ask(source, **variables):
    return to_json(parse_expression(source).evaluate(variables, CONTEXT).value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('add working days("2026-03-06", 1)', "2026-03-09"),
        ('add working days(date("2026-03-06"), 1)', "2026-03-09"),
        ('add working days("2026-03-06T10:00:00", 1)', "2026-03-09T10:00:00+08:00"),
        ('add working days("2026-02-13T10:00:00+08:00", 1)', "2026-02-14T10:00:00+08:00"),
        ('add working hours("2026-03-02T17:00:00+08:00", 2)', "2026-03-03T10:00:00+08:00"),
        ('add working hours("2026-03-02T09:00:00Z", 0.5)', "2026-03-02T17:30:00+08:00"),
        ('working hours between("2026-03-02T17:00:00", "2026-03-03T10:00:00")', 2),
        ('working hours between("2026-03-03T10:00:00", "2026-03-02T17:00:00")', -2),
        ('is working day("2026-02-14")', True),
        ('is working day(date("2026-02-17"))', False),
        ('next day of month("2026-03-02", 1)', "2026-04-01"),
        ('add working days(from: "2026-03-06", n: 1)', "2026-03-09"),
        ("is working day(today())", True),
    ],
)
def test_it_reckons_by_the_calendar(source, value):
    assert ask(source) == value


@pytest.mark.parametrize(
    "source",
    [
        'add working days("soon", 1)',
        'add working days("2026-03-06", 1.5)',
        'add working days("2026-03-06", 1000000)',
        'next day of month("2026-03-06", 40)',
        'is working day("9999999-01-01")',
        "add working days(1, 1)",
    ],
)
def test_what_does_not_fit_is_null_with_a_reason(source):
    result = parse_expression(source).evaluate({}, CONTEXT)

    assert result.value is None
    assert [warning.kind for warning in result.warnings] == ["wrong-argument"]


def test_a_variable_may_have_the_name_of_no_function():
    assert ask("start + 1", start=1) == 2
