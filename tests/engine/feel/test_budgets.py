"""Whatever is written, an evaluation ends soon: with a value or with a refusal."""

import time
from threading import Thread

import pytest

from engine.feel import (
    Budget,
    BudgetExceeded,
    Context,
    FeelError,
    SyntaxProblem,
    from_json,
    parse_expression,
    parse_unary_tests,
)
from tests.engine.feel.asking import CONTEXT, NOW

#: Few steps and much time, so that a slow machine gives the same refusals.
AMPLE = Context(NOW, budget=Budget(steps=200_000, seconds=60))
DOUBLING = "(for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]"
REFUSED = {
    "a huge loop": ("count(for i in 1..1000000000 return i)", "steps"),
    "a range beyond counting": ("for i in 1..10**29 return i", "steps"),
    "a nested loop": ("count(for i in 1..100000, j in 1..100000 return 1)", "steps"),
    "a long search": ("some x in 1..1000000000 satisfies x < 0", "steps"),
    "all days": ('for d in @"0001-01-01"..@"999999999-12-31" return d', "steps"),
    "a slow pattern": (f'matches("{"a" * 40}!", "^(a|aa)+$")', "seconds"),
    "a slow replacement": (f'replace("{"a" * 40}!", "^(a|aa)+$", "x")', "seconds"),
    "a doubling text": (
        'for i in 1..60 return if i = 1 then "xxxxxxxx" else partial[-1] + partial[-1]',
        "size",
    ),
    "a doubling list": (
        "for i in 1..60 return if i = 1 then [1]"
        " else concatenate(partial[-1], partial[-1])",
        "steps",
    ),
    "a text of shared lists": (f"string({DOUBLING})", "steps"),
    "the equality of shared lists": (f"{DOUBLING} = {DOUBLING}", "steps"),
    "a flat list of shared lists": (f"flatten({DOUBLING})", "steps"),
    "a text of many texts": (
        '{t: (for i in 1..14 return if i = 1 then upper case("0123456789")'
        " else partial[-1] + partial[-1])[-1], s: string(for i in 1..9000 return t)}.s",
        "steps",
    ),
    "a replacement that multiplies": (
        '{t: (for i in 1..15 return if i = 1 then "0123456789"'
        ' else partial[-1] + partial[-1])[-1], r: replace(t, ".", t)}.r',
        "size",
    ),
    "a range to the largest number": ("count(for i in 1..9e6144 return i)", "steps"),
    "members of shared lists": (f"{DOUBLING}.a", "steps"),
    "endless recursion": ("{f: function(n) f(n + 1), r: f(0)}.r", "depth"),
    "duplicates of many": ("duplicate values(for i in 1..20000 return {a: i})", "steps"),
    "distinct among many": ("distinct values(for i in 1..20000 return [i])", "steps"),
    "deep brackets": ("(" * 3000 + "1" + ")" * 3000, "size"),
    "deep lists": ("[" * 3000 + "]" * 3000, "size"),
    "deep types": ("1 instance of " + "list<" * 3000 + "Any" + ">" * 3000, "size"),
    "many signs": ("-" * 5000 + "1", "size"),
    "many conditions": ("if false then 1 else " * 400 + "2", "size"),
    "a long path": ("a" + ".b" * 4000, "size"),
    "a long sum": ("+".join(["1"] * 3000), "size"),
    "a long text": ('"' + "x" * 30000 + '"', "size"),
}
HARMLESS = {
    "the type of shared lists": f"{DOUBLING} instance of list<list<list<list<Any>>>>",
    "many different numbers": "count(distinct values(for i in 1..100000 return i))",
    "a large power": "10 ** 999999999",
    "a tower of powers": "9.99 ** 999999 ** 9",
    "the text of a large number": "string length(string(1e6000))",
    "a large exponent": "exp(14000)",
    "many decimals": "decimal(1/3, 6000)",
    "a date beyond the calendar": '@"999999999-12-31" + @"P999999999Y"',
    "a duration beyond all": '@"P999999999Y" * 1e6000',
    "a large pattern": 'matches("a", "(((a{1,1000}){1,1000}){1,1000})")',
    "a zone that is a path": '@"2020-01-01T00:00:00@../../etc/passwd"',
    "the class of a text": '"a".__class__.__mro__',
    "a long chain": " and ".join(["true"] * 2000),
    "a long choice": " or ".join(["false"] * 2000),
    "a sort that contradicts itself": "sort([1, 2, 3], function(a, b) true)",
}


@pytest.mark.parametrize(("source", "budget"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_by_name(source, budget):
    begun = time.thread_time()

    with pytest.raises(BudgetExceeded) as refusal:
        parse_expression(source).evaluate({}, AMPLE)

    assert refusal.value.budget == budget
    assert time.thread_time() - begun < 5


@pytest.mark.parametrize(
    "source",
    ["[1.." * 40, "[1.." * 40 + "1" + "[" * 40, "1 in ((" * 20 + "1", "not(" * 80 + ","],
)
def test_what_is_wrong_is_found_without_trying_all_readings(source):
    begun = time.thread_time()

    with pytest.raises(SyntaxProblem):
        parse_unary_tests(source)

    assert time.thread_time() - begun < 1


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_it_gives_a_value(source):
    begun = time.thread_time()

    parse_expression(source).evaluate({}, CONTEXT)

    assert time.thread_time() - begun < 2


def test_the_clock_of_the_budget_stops_it():
    ticks = iter(range(1000))
    budget = Budget(seconds=3, stopwatch=lambda: next(ticks))

    with pytest.raises(BudgetExceeded) as refusal:
        parse_expression("for i in 1..100000 return i").evaluate(
            {}, Context(NOW, {}, budget)
        )

    assert refusal.value.budget == "seconds"


def test_a_small_budget_is_kept_to():
    expression = parse_expression("for i in 1..n return i")
    small = Context(NOW, budget=Budget(steps=30))

    assert len(expression.evaluate({"n": 10}, small).value) == 10
    with pytest.raises(BudgetExceeded):
        expression.evaluate({"n": 20}, small)


def test_values_that_are_too_deep_are_refused():
    value = []
    for _ in range(500):
        value = [value]

    with pytest.raises(BudgetExceeded):
        from_json(value)


def test_threads_share_an_expression():
    expression = parse_expression(
        "count(for i in 1..n return if i > 5 then missing else i)"
    )
    results = []

    def work(number):
        for _ in range(50):
            result = expression.evaluate({"n": number}, CONTEXT)
            results.append(result.value == number and len(result.warnings) == (number > 5))

    threads = [Thread(target=work, args=(number,)) for number in (3, 6, 9, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 200
    assert all(results)


def test_every_refusal_is_an_error_of_feel():
    assert issubclass(BudgetExceeded, FeelError)
