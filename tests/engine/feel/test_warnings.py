"""A null never comes without saying why."""

import pytest

from engine.feel import parse_expression
from engine.language import say
from tests.engine.feel.asking import CONTEXT, warnings_of


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("amount > 1000", ["unknown-name", "not-comparable"]),
        ('1 > "a"', ["not-comparable"]),
        ('1 = "a"', ["not-comparable"]),
        ('1 between "a" and 2', ["not-comparable"]),
        ('1 in (> "a")', ["not-comparable"]),
        ('1 in ["a".."b"]', ["not-comparable"]),
        ('1 + "a"', ["wrong-operands"]),
        ("1 / 0", ["wrong-operands"]),
        ('-"a"', ["wrong-operands"]),
        ("{a: 1}.b", ["no-such-part"]),
        ('"a".length', ["no-such-part"]),
        ("upper case(1)", ["wrong-argument"]),
        ("upper case()", ["wrong-argument"]),
        ("1(2)", ["not-a-function"]),
        ('true and "x"', ["not-boolean"]),
        ('if "x" then 1 else 2', ["not-boolean"]),
        ('[1]["x"]', ["not-boolean"]),
        ("[3..1]", ["wrong-range"]),
        ('@"no date"', ["wrong-literal"]),
        ("for x in null return x", ["not-a-list"]),
        ("{a: 1, a: 2}", ["wrong-context"]),
        ("function() external {}", ["external-function"]),
    ],
)
def test_a_null_is_explained(source, kinds):
    assert warnings_of(source) == kinds


@pytest.mark.parametrize(
    "source",
    [
        "x = null",
        "null != x.y",
        "is defined(x.y)",
        "get or else(x, 1)",
        "[][price > 1]",
        "null",
        "if null then 1 else 2",
    ],
)
def test_asking_for_null_is_no_reason_to_warn(source):
    assert warnings_of(source) == []


def test_a_warning_says_where():
    expression = parse_expression("1 +\n  missing")

    warnings = expression.evaluate({}, CONTEXT).warnings

    assert [warning.position for warning in warnings] == [(2, 3), (1, 3)]
    assert warnings[0].source == "1 +\n  missing"


def test_a_warning_is_said_in_chinese():
    expression = parse_expression('赔偿金额 > "高"')

    warnings = expression.evaluate({"赔偿金额": 5}, CONTEXT).warnings

    assert [say(warning.sentence, "zh_CN") for warning in warnings] == [
        "数字无法与文本比较。"
    ]


def test_a_loop_repeats_no_warning():
    assert warnings_of("for i in 1..1000 return missing") == ["unknown-name"]


def test_there_are_not_endlessly_many_warnings():
    source = " + ".join(f"x{number}" for number in range(80))

    assert len(warnings_of(source)) == 50
