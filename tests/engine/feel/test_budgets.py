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


@pytest.mark.parametrize(
    "source",
    ["[1.." * 40, "[1.." * 40 + "1" + "[" * 40, "1 in ((" * 20 + "1", "not(" * 80 + ","],
)
def test_what_is_wrong_is_found_without_trying_all_readings(source):
    begun = time.thread_time()

    with pytest.raises(SyntaxProblem):
        parse_unary_tests(source)

    assert time.thread_time() - begun < 1


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
