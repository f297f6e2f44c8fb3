"""Whether an expression can be a condition shows from its text."""

import pytest

from engine.feel import parse_expression
from engine.feel.values.kinds import kind
from tests.engine.feel.asking import CONTEXT


@pytest.mark.parametrize(
    "source",
    [
        "amount > 1000",
        "a and b",
        "not(a)",
        "agreed",
        "case.closed",
        "items[1]",
        "if a then true else b",
        "x in (1, 2)",
        "some x in y satisfies x",
        "get or else(a, false)",
        "a instance of number",
        "own function(1)",
    ],
)
def test_it_can_be_a_condition(source):
    assert parse_expression(source).can_be("boolean")


@pytest.mark.parametrize(
    "source",
    [
        "amount + 1000",
        '"yes"',
        "null",
        "1",
        "-a",
        "[true]",
        "{a: true}",
        "count(items)",
        'if a then "yes" else "no"',
        "for x in y return true",
        "today()",
        '@"2026-03-02"',
        "function() true",
        "[1..2]",
    ],
)
def test_it_cannot_be_a_condition(source):
    assert not parse_expression(source).can_be("boolean")


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ('today() + duration("P1D")', "date"),
        ("string(1)", "string"),
        ("years and months duration(a, b)", "years and months duration"),
    ],
)
def test_other_kinds_are_told_too(source, kinds):
    assert parse_expression(source).can_be(kinds)


def test_functions_give_the_kinds_that_are_foretold():
    sources = (
        'upper case("a")',
        "count([1])",
        'split("a", "b")',
        'date("2026-03-02")',
        'last day of month(@"2026-03-02")',
        "round half up(1.5, 0)",
        'context put({a: 1}, "b", 2)',
        'range("[1..2]")',
        "odd(1)",
        "mode([1])",
    )

    for source in sources:
        expression = parse_expression(source)
        assert expression.can_be(kind(expression.evaluate({}, CONTEXT).value)), source
        assert not expression.can_be("function")
