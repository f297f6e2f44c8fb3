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
    parse_template,
    parse_unary_tests,
    render_template,
    to_json,
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


def test_a_search_is_begun_again_while_the_processor_was_elsewhere():
    begun = time.monotonic()
    elsewhere = Budget(seconds=0.05, stopwatch=lambda: 0.0)
    slow = parse_expression(f'matches("{"a" * 40}!", "^(a|aa)+$")')

    with pytest.raises(BudgetExceeded) as refusal:
        slow.evaluate({}, Context(NOW, {}, elsewhere))

    assert refusal.value.budget == "seconds"
    assert time.monotonic() - begun > 0.2  # The wall's 0.05 seconds are not the measure.


def test_memory_is_counted_in_all_that_is_made():
    small = Context(NOW, budget=Budget(memory=10_000))
    expression = parse_expression("for i in 1..n return {a: i}")

    assert len(expression.evaluate({"n": 10}, small).value) == 10
    with pytest.raises(BudgetExceeded) as refusal:
        expression.evaluate({"n": 100}, small)
    assert refusal.value.budget == "memory"


def test_a_whole_template_has_one_budget():
    few = Context(NOW, budget=Budget(steps=100))
    part = "{{ count(for i in 1..20 return i) }}"

    assert render_template(part, {}, few) == "20"
    with pytest.raises(BudgetExceeded):
        render_template(part * 9, {}, few)


def test_a_template_of_very_many_expressions_is_refused():
    text = "".join(f"{{{{a{number}}}}}" for number in range(20_000))

    with pytest.raises(BudgetExceeded) as refusal:
        parse_template(text)

    assert refusal.value.budget == "size"


@pytest.mark.parametrize("item", ["[partial[-1], partial[-1]]", "{a: partial[-1], b: 1}"])
def test_what_leaves_is_small_however_it_is_made(item):
    value = parse_expression(f"(for i in 1..60 return {item})[-1]")

    with pytest.raises(BudgetExceeded):
        to_json([value.evaluate({}, CONTEXT).value] * 9000)


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
