"""What the language itself does: precedence, scopes, loops, functions, types."""

import pytest

from tests.engine.feel.asking import ask


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3 ** 2", "19"),
        ("2 ** 3 ** 2", "64"),
        ("10 - 2 - 3", "5"),
        ("1 + 1 = 2 and 3 > 2 or false", "true"),
        ("not(true) or true", "true"),
        ("-3 + 5", "2"),
        ("1 + /* two */ 2 // three", "3"),
        ("1 between 0 and 2 and true", "true"),
        ("5 in (1, [4..6])", "true"),
        ("5 in [1, 5]", "true"),
        ("[1, 2] in [[1, 2]]", "true"),
        ("5 in (< 3, not(true))", "null"),
    ],
)
def test_operators_bind_as_the_standard_says(source, value):
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("for x in [1, 2], y in [10, 20] return x + y", "[11, 21, 12, 22]"),
        ("for x in 1..3, y in x..3 return y", "[1, 2, 3, 2, 3, 3]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in (1..4) return i", "[2, 3]"),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6, 24, 120]"),
        ('for d in @"2026-02-28"..@"2026-03-01" return d.day', "[28, 1]"),
        ("for i in 1.5..3 return i", "null"),
        ("every x in [1, null] satisfies x > 0", "null"),
        ("every x in [0, null] satisfies x > 0", "false"),
        ("some x in [1, null] satisfies x > 0", "true"),
        ("some x in [0, null] satisfies x > 0", "null"),
        ("some x in 5 satisfies x = 5", "true"),
    ],
)
def test_loops_go_through_lists_and_ranges(source, value):
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{double: function(n) n * 2, four: double(2)}.four", "4"),
        ("{f: function(n) if n = 0 then 0 else n + f(n - 1), r: f(10)}.r", "55"),
        ("(function(a: number, b) a + b)(1, 2)", "3"),
        ('(function(a: number) a)("x")', "null"),
        ("(function(a: number) a)([1])", "1"),
        ("(function(a: list<number>) a)(1)", "[1]"),
        ("{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r", "2"),
        ("(function(a) a)(1, 2)", "null"),
        ('(function() external {java: {class: "x"}})()', "null"),
        ("1(2)", "null"),
    ],
)
def test_functions_keep_the_scope_they_were_made_in(source, value):
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("[{a: 1}, {a: 2}][a = 2].a", "[2]"),
        ("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, 2, 3][1 + 1]", "2"),
        ("[][item > 1]", "[]"),
        ("[][1]", "null"),
        ("null[1]", "null"),
        ("5[1]", "5"),
        ("[1, 2][true]", "[1, 2]"),
        ('[1, 2]["x"]', "null"),
        ("[[{a: 1}], [{a: 2}]].a", "[[1], [2]]"),
        ("[{a: 1}, {b: 2}].a", "[1, null]"),
    ],
)
def test_filters_pick_items(source, value):
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 instance of number", "true"),
        ("null instance of number", "false"),
        ("null instance of Null", "true"),
        ("[1, 2] instance of list<number>", "true"),
        ('[1, "a"] instance of list<number>', "false"),
        ("{a: 1} instance of context<a: number>", "true"),
        ("{a: 1} instance of context<b: number>", "false"),
        ("[1..2] instance of range<number>", "true"),
        ("(function(a: number) a) instance of function<number> -> Any", "true"),
        ("(function(a) a) instance of function<number> -> Any", "false"),
        ("now instance of function", "true"),
        ('@"PT1H" instance of days and time duration', "true"),
        ('@"2026-01-01" instance of date and time', "false"),
        ("1 instance of Complaint", "null"),
        ("1 instance of Any", "true"),
    ],
)
def test_types_are_told_apart(source, value):
    assert ask(source) == value
