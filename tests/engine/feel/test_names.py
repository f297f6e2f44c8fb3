"""Names of variables, and which of them an expression reads."""

import pytest

from engine.feel import parse_expression
from tests.engine.feel.asking import CONTEXT, ask


@pytest.mark.parametrize(
    ("source", "variables", "value"),
    [
        ("客户 年龄 + 1", {"客户 年龄": 20}, "21"),
        ("投诉.客户 年龄", {"投诉": {"客户 年龄": 20}}, "20"),
        ("a-b", {"a-b": 1, "a": 5, "b": 3}, "1"),
        ("a - b", {"a": 5, "b": 3}, "2"),
        ("order of items", {"order of items": 1}, "1"),
        ("date + 1", {"date": 1}, "2"),
        ("count(count)", {"count": [1, 2]}, "null"),
        ("sum", {"sum": 3}, "3"),
        ("金额２", {"金额２": 1}, "1"),
        ("_id1", {"_id1": 1}, "1"),
    ],
)
def test_names_may_have_blanks_and_signs(source, variables, value):
    assert ask(source, variables) == value


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("amount > 1000", {("amount",)}),
        (
            "case.number + customer.address.city",
            {("case", "number"), ("customer", "address", "city")},
        ),
        ("items[price > limit].name", {("items", "name")}),
        ("for x in rows return x.a + b", {("rows",), ("b",)}),
        ("some x in rows, y in x satisfies y = z", {("rows",), ("z",)}),
        ("{a: b, c: a}.c", {("b",)}),
        ("function(a) a + b", {("b",)}),
        ("upper case(name)", {("name",)}),
        ("substring(string: name, start position: 1)", {("name",)}),
        ("now() > deadline", {("deadline",)}),
        ("(if a then b else c).d", {("a",), ("b",), ("c",)}),
        ("x in (a, > b)", {("x",), ("a",), ("b",)}),
        ("work out(1)", {("work out",)}),
    ],
)
def test_it_tells_what_an_expression_reads(source, paths):
    assert parse_expression(source).read_paths == paths


def test_in_a_filter_a_name_may_be_a_member():
    expression = parse_expression("items[price > limit]")

    assert expression.reads == {"items"}
    assert expression.doubtful == {"price", "limit"}


def test_a_variable_is_seen_in_a_filter():
    variables = {"items": [{"price": 3}, {"price": 1}], "limit": 2}

    assert ask("items[price > limit]", variables) == "[{price: 3}]"


def test_only_what_is_named_is_converted():
    class Untouchable(dict):
        def __getitem__(self, name):
            assert name == "a"
            return 1

    result = parse_expression("a + 1").evaluate(Untouchable(a=1, b=2), CONTEXT)

    assert result.value == 2


def test_a_text_is_parsed_once():
    assert parse_expression("a + 1") is parse_expression("a + 1")
    assert parse_expression("a + 1") is not parse_expression("a + 1", ["a + 1"])
