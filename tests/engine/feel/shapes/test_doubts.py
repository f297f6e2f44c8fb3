"""What can never be true is found; what might be true is left alone."""

from decimal import Decimal

import pytest

from engine.feel import parse_expression, parse_unary_tests
from engine.feel.shapes import (
    BOOLEAN,
    NUMBER,
    TEXT,
    Known,
    Shape,
    context_of,
    doubts_of,
    doubts_of_tests,
    list_of,
    shape_of,
    shape_of_value,
    union,
)

LEVEL = union(map(shape_of_value, ["low", "high"]))
KNOWN = Known(
    {
        "level": LEVEL.or_null,
        "levels": list_of(LEVEL).or_null,
        "amount": NUMBER.or_null,
        "note": TEXT.or_null,
        "agreed": BOOLEAN.or_null,
        "items": list_of(context_of({"price": NUMBER, "kind": LEVEL})),
        "customer": context_of({"level": LEVEL, "age": NUMBER}),
    }
)


def doubts(source, known=KNOWN):
    expression = parse_expression(source, tuple(known.names))
    return [doubt.rule for doubt in doubts_of(expression.tree, known)]


@pytest.mark.parametrize(
    "source",
    [
        'amount = "5"',
        'agreed = "true"',
        "note > 5",
        "agreed > false",
        "items > 1",
        'level = "hihg"',
        'level != "hihg"',
        '"hihg" = level',
        'customer.level = "middle"',
        'level in ("low", "hihg")',
        'level in ["hihg"]',
        'amount in (1, "2")',
        'amount in ["a".."b"]',
        'list contains(levels, "hihg")',
        'some item in items satisfies item.kind = "hihg"',
        'items[kind = "hihg"]',
        'for x in items return x.price = "free"',
        "amount > null",
        "amount between 10 and 5",
        'amount between "a" and "b"',
        "amount in [10..5]",
        "amount in (5..5)",
        "amount > 5 and amount < 3",
        "amount > 5 and amount <= 5",
        'level = "low" and level = "high"',
        'level = "low" and level != "low"',
        "amount = 5 and agreed and amount > 9",
        "amount = null and amount > 9",
        "amount between 1 and 5 and amount > 7",
        "customer.age < 18 and customer.age >= 18",
        'if level = "hihg" then 1 else 2',
        '{a: level = "hihg"}.a',
        '(function(level) level = "hihg")("hihg") or level = "hihg"',
        'count(items) = "2"',
        'note + "x" = 5',
    ],
)
def test_what_never_holds_is_found(source):
    assert doubts(source) == ["comparison-never"]


@pytest.mark.parametrize(
    "source",
    [
        "amount and agreed",
        "agreed and note",
        'if amount then "a" else "b"',
        "not(amount)",
        "some x in items satisfies x.price",
        "agreed or null",
        "agreed or count(items)",
    ],
)
def test_what_is_no_question_is_found(source):
    assert doubts(source) == ["condition-no-question"]


@pytest.mark.parametrize(
    "source",
    [
        "amount = 5",
        "amount = other",
        'other = 5 and other = "5" or amount = null',
        "note = null",
        'level = "high"',
        'level in ("low", "high", null)',
        "level = note",
        "agreed",
        "agreed = true and not(agreed = false)",
        "amount > 5 and amount < 9",
        "amount >= 5 and amount <= 5",
        "amount > 5 or amount < 3",
        'level != "low" and level != "high"',
        'note > "a"',
        "amount between 5 and 10",
        "amount in [5..10]",
        "amount in (5..10)",
        "amount in (< 5, > 10)",
        "items[price > 5]",
        "items[1].price = 5",
        'count(items[kind = "low"]) > 1',
        'list contains(levels, "low")',
        "every x in items satisfies x.price > 5",
        "amount instance of number",
        'string(amount) = "5"',
        'get or else(note, "-") = "-"',
        'date(note) > date("2026-03-02")',
        "today() > date(note)",
        '(function(level) level = "hihg")(note)',
        "{level: 5, r: level = 5}.r",
        "for level in [1, 2] return level = 1",
        "max(amount, 5) = 5",
        'sort(levels)[1] = "low"',
        "if amount = null then true else amount > 5",
        'own(amount) = "x"',
        'duration("P1D") > duration("PT1H")',
    ],
)
def test_what_may_hold_is_left_alone(source):
    assert doubts(source) == []


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('"low"', 0),
        ('"low", "hihg"', 1),
        ('not("hihg")', 1),
        ("5", 1),
        ("-", 0),
        ("[10..5]", 1),
        ('!= "hihg"', 1),
        ("null", 0),
        ("other", 0),
        ('? = "hihg"', 0),
    ],
)
def test_cells_of_tables_are_judged_by_what_the_column_holds(cell, found):
    tests = parse_unary_tests(cell).tree

    assert len(list(doubts_of_tests(tests, LEVEL.or_null, "level"))) == found


def test_a_doubt_knows_the_values_that_there_are():
    (doubt,) = doubts_of(parse_expression('level = "hihg"').tree, KNOWN)

    assert str(doubt.what) == 'level is never "hihg".'
    assert (doubt.word, doubt.known) == ("hihg", ("high", "low"))


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("amount + 1", {"number", "null"}),
        ('note + "x"', {"string", "null"}),
        ("if agreed then 1 else note", {"number", "string", "null"}),
        ("items[1].price", {"number", "null"}),
        ("items.price", {"list"}),
        ("get or else(amount, 0)", {"number"}),
        ("for i in items return i.price", {"list", "null"}),
        ("{a: amount}.a", {"number", "null"}),
        ("-5", {"number"}),
        ('@"2026-03-02"', {"date"}),
        ("min(1, amount)", {"number", "null"}),
    ],
)
def test_kinds_are_inferred(source, kinds):
    assert shape_of(parse_expression(source).tree, KNOWN).kinds == kinds


@pytest.mark.parametrize(
    "source", ["other", "other.part", "own(1)", "items[other]", "amount[1]"]
)
def test_what_is_not_known_may_be_anything(source):
    assert shape_of(parse_expression(source).tree, KNOWN).kinds is None


def test_dates_become_texts_when_they_are_stored():
    shape = context_of({"day": Shape(frozenset(("date",)))}).stored

    assert shape.member("day").only("string")


def test_shapes_of_many_values_forget_them():
    many = union(shape_of_value(Decimal(number)) for number in range(500))

    assert many.kinds == {"number"}
    assert many.values is None
