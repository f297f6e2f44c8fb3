"""Laws that hold for all values, tried with many of them."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import Budget, SyntaxProblem, from_json, parse_expression, to_json
from engine.feel.run import Run
from engine.feel.values.arithmetic import add, subtract
from engine.feel.values.comparison import compare, equal
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.literals import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.feel.values.temporal import DAY, Date, DateTime, Time, Zone
from engine.feel.values.text import literal_text
from tests.engine.feel.asking import CONTEXT, NOW, ask

RUN = Run(Budget(steps=10**9, seconds=None), NOW)
QUICK = settings(max_examples=60, deadline=None)

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
)
zones = st.one_of(st.none(), st.integers(-18 * 3600, 18 * 3600).map(Zone))
dates = st.integers(-700_000_000, 700_000_000).map(Date.of_number)
times = st.builds(Time, st.integers(0, DAY - 1), zones)
moments = st.builds(DateTime, dates, times)
days_and_time = st.integers(-(10**20), 10**20).map(DaysAndTime)
months = st.integers(-(10**6), 10**6).map(YearsAndMonths)
truth = st.sampled_from(["true", "false", "null"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
jsons = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=10,
)
literals = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        numbers,
        texts.filter(lambda text: not set(text) & set("\n\r")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["a", "b c", "金额", "x-y"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@QUICK
@given(literals)
def test_a_value_survives_being_written_and_read(value):
    written = literal_text(value, RUN)

    assert ask(written) == written
    assert parse_expression(written).evaluate({}, CONTEXT).value == value


@QUICK
@given(jsons)
def test_json_survives_going_in_and_out(value):
    assert to_json(from_json(value)) == value


@QUICK
@given(dates, times, moments, days_and_time, months)
def test_temporal_values_survive_being_written_and_read(day, clock, moment, span, age):
    assert parse_date(str(day)) == day
    assert parse_time(str(clock)) == clock
    assert parse_date_time(str(moment)) == moment
    assert parse_duration(str(span)) == span
    assert parse_duration(str(age)) == age


@QUICK
@given(truth, truth, truth)
def test_three_valued_logic_keeps_its_laws(a, b, c):
    def same(left, right):
        assert ask(left) == ask(right)

    same(f"{a} and {b}", f"{b} and {a}")
    same(f"{a} or {b}", f"{b} or {a}")
    same(f"({a} and {b}) and {c}", f"{a} and ({b} and {c})")
    same(f"{a} and ({b} or {c})", f"({a} and {b}) or ({a} and {c})")
    same(f"not({a} and {b})", f"not({a}) or not({b})")
    same(f"not(not({a}))", a)


@QUICK
@given(numbers, numbers)
def test_numbers_are_exact(a, b):
    difference = parse_expression("(a + b) - b = a").evaluate({"a": a, "b": b}, CONTEXT)

    assert difference.value is True
    assert ask("a < b or a = b or a > b", {"a": a, "b": b}) == "true"


@QUICK
@given(moments, days_and_time)
def test_what_is_added_can_be_taken_away(moment, span):
    later = add(moment, span)

    assert subtract(later, span) == moment
    assert subtract(later, moment) == span


@QUICK
@given(
    st.lists(
        st.one_of(dates, moments, numbers, texts, days_and_time), min_size=2, max_size=2
    )
)
def test_order_and_equality_agree(pair):
    left, right = pair
    order = compare(left, right)

    assert compare(right, left) == (None if order is None else -order)
    if type(left) is type(right) and order is not None and not isinstance(left, DateTime):
        assert (order == 0) is equal(left, right, RUN)
    assert equal(left, left, RUN) is True


@QUICK
@given(st.lists(numbers, min_size=1, max_size=20))
def test_a_sorted_list_has_the_same_items_in_order(items):
    value = parse_expression("sort(items)").evaluate({"items": items}, CONTEXT).value

    assert value == sorted(items)


@QUICK
@given(numbers, numbers, numbers)
def test_a_range_is_two_comparisons(x, a, b):
    variables = {"x": x, "low": min(a, b), "high": max(a, b)}

    assert ask("x in [low..high]", variables) == ask("x >= low and x <= high", variables)
    assert ask("x in (low..high)", variables) == ask("x > low and x < high", variables)
    assert ask("x between low and high", variables) == ask("x in [low..high]", variables)


WORDS = (
    *(
        "a",
        "1",
        '"x"',
        "金额",
        "，",
        "+",
        "-",
        "*",
        "/",
        "**",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
    ),
    *(",", ":", ".", "..", "=", "!=", "<", ">=", "and", "or", "not", "in", "between", "?"),
    *("if", "then", "else", "for", "some", "every", "return", "satisfies", "function", "@"),
    *("instance", "of", "null", "true", "date", "count"),
)


def parsed(text):
    try:
        return parse_expression(text)
    except SyntaxProblem as problem:
        return problem


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_text_is_parsed_or_refused_with_a_position(text):
    outcome = parsed(text)

    if isinstance(outcome, SyntaxProblem):
        assert outcome.position is not None
    else:
        outcome.evaluate({"a": Decimal(1), "金额": [1, 2]}, CONTEXT)
