"""The tests in the cells of decision tables."""

import pytest

from engine.feel import parse_unary_tests
from tests.engine.feel.asking import CONTEXT


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", None, True),
        ("< 5", 4, True),
        ("< 5, > 10", 7, False),
        ("< 5, > 10", 11, True),
        ("[5..10)", 10, False),
        ("]5..10[", 7, True),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "c", True),
        ('not("a", "b")', "a", False),
        ("not(< 5)", None, None),
        ("null", None, True),
        ("not(null)", 3, True),
        ("5", "5", None),
        ("? > 5 and ? < limit", 7, True),
        ('contains(?, "质量")', "产品质量", True),
        ("limit", 10, True),
        ("< limit", 10, False),
        ("[1, 2, 3]", 2, True),
        ('list contains(?, "a")', ["a", "b"], True),
        ("not(true)", False, True),
        ("true", True, True),
        ('date("2026-03-02")', "2026-03-02", None),
    ],
)
def test_a_value_passes_or_not(tests, value, passes):
    result = parse_unary_tests(tests).evaluate(value, {"limit": 10}, CONTEXT)

    assert result.value is passes


def test_what_cannot_be_compared_is_explained():
    result = parse_unary_tests("< 5").evaluate("a", {}, CONTEXT)

    assert [warning.kind for warning in result.warnings] == ["not-comparable"]


def test_they_tell_what_they_read():
    assert parse_unary_tests("< limit, ? = other.value").read_paths == {
        ("limit",),
        ("other", "value"),
    }
