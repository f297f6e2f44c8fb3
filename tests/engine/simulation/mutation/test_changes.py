"""Small changes leave a text readable and make it mean something else."""

import pytest

from engine.feel import parse_expression
from engine.simulation.mutation.changes import bumped, expression_changes, longer


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("3 working hours", "4 working hours"),
        ("1 个工作日", "2 个工作日"),
        ("PT24H", "PT25H"),
        ("P1M", "P2M"),
        ("R/PT2H", "R/PT3H"),
        ("0 0 9 5 * *", "0 0 9 6 * *"),
        ("0 0 9 * * 1", "0 0 9 * * 2"),
        ("someday", None),
    ],
)
def test_a_time_limit_is_changed_by_one(text: str, after: str | None) -> None:
    assert longer(text) == after


def test_a_number_keeps_its_decimals() -> None:
    assert [bumped("9"), bumped("0.50")] == ["10", "1.50"]


def test_each_comparison_connective_and_number_is_changed_once() -> None:
    source = 'amount > 5000 and grade <= 2 or name = "a < 1 and 2"'

    assert list(expression_changes(source)) == [
        'amount >= 5000 and grade <= 2 or name = "a < 1 and 2"',
        'amount > 5001 and grade <= 2 or name = "a < 1 and 2"',
        'amount > 5000 or grade <= 2 or name = "a < 1 and 2"',
        'amount > 5000 and grade < 2 or name = "a < 1 and 2"',
        'amount > 5000 and grade <= 3 or name = "a < 1 and 2"',
        'amount > 5000 and grade <= 2 and name = "a < 1 and 2"',
    ]


def test_a_duration_in_quotes_is_a_time_limit() -> None:
    changed = list(expression_changes('add working days(now(), 7) + duration("P2D")'))

    assert changed == [
        'add working days(now(), 8) + duration("P2D")',
        'add working days(now(), 7) + duration("P3D")',
    ]


def test_names_that_end_in_figures_stay() -> None:
    assert list(expression_changes("step1 = step2")) == []


def test_what_is_changed_can_still_be_read() -> None:
    for source in expression_changes('if a >= 1.5 or b < 2 then "x" else "y"'):
        parse_expression(source)
