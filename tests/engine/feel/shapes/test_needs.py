"""What an expression needs, and under which conditions."""

import pytest

from engine.feel import parse_expression
from engine.feel.shapes.demands import agree, alternatives
from engine.feel.shapes.needs import needs_of


def needs(source):
    """Return the names that are needed wherever the demands on them may hold."""
    found = needs_of(parse_expression(source).tree)
    return {
        need.name
        for need in found
        if agree(need.when)
        and not any(
            each.subject == need.name and each.value is None and each.operator == "!="
            for each in need.when
        )
    }


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("amount > 5", {"amount"}),
        ("agreed", {"agreed"}),
        ("not(agreed)", {"agreed"}),
        ("amount + tax > 5", {"amount", "tax"}),
        ("date(deadline)", {"deadline"}),
        ("customer.age >= 18", {"customer"}),
        ("amount between low and 10", {"amount", "low"}),
        ("some x in items satisfies x > 1", {"items"}),
        ("amount in [1..5]", {"amount"}),
        ('level = "high"', set()),
        ("amount = null", set()),
        ("amount != null and amount > 5", set()),
        ("amount = null or amount > 5", set()),
        ("is defined(amount) and amount > 5", set()),
        ("if amount = null then false else amount > 5", set()),
        ("if agreed then amount > 5 else false", {"amount"}),
        ("get or else(amount, 0) > 5", set()),
        ("{a: amount}", set()),
        ("[amount]", set()),
        ('level in ("a", "b")', set()),
    ],
)
def test_names_that_must_not_be_null_are_told(source, names):
    assert needs(source) == names


def test_a_need_knows_when_it_counts():
    (need,) = [
        need
        for need in needs_of(parse_expression('kind = "a" and amount > 5').tree)
        if need.name == "amount"
    ]

    assert [(each.subject, each.operator, each.value) for each in need.when] == [
        ("kind", "=", "a")
    ]


@pytest.mark.parametrize(
    ("source", "ways", "contrary"),
    [
        ("a > 1", 1, 1),
        ("a > 1 and b = 2", 1, 2),
        ("a > 1 or b = 2", 2, 1),
        ("not(a > 1 and b = 2)", 2, 1),
        ("count(items) > 0", 1, 1),
        ("a", 1, 1),
        ("true", 1, 1),
        (" and ".join(f"(a{n} or b{n})" for n in range(9)), 1, 9),
    ],
)
def test_conditions_have_ways_to_hold_and_not_to(source, ways, contrary):
    node = parse_expression(source).tree

    assert len(alternatives(node, truth=True)) == ways
    assert len(alternatives(node, truth=False)) == contrary


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ('a = "x"', 'a = "y"', False),
        ('a = "x"', 'a != "y"', True),
        ("a > 5", "a < 3", False),
        ("count(l) > 0", "not(count(l) > 0)", False),
        ("count(l) > 0", "not(count(m) > 0)", True),
        ("a", "not(a)", False),
        ("a = true", "not(a)", False),
        ("true", "not(true)", False),
    ],
)
def test_demands_agree_unless_they_exclude_each_other(one, other, possible):
    ways = [
        alternatives(parse_expression(each).tree, truth=True)[0] for each in (one, other)
    ]

    assert agree((*ways[0], *ways[1])) is possible
