"""Letters and form texts with expressions in them."""

import pytest

from engine.feel import SyntaxProblem, parse_template, render_template
from tests.engine.feel.asking import CONTEXT


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("您好，{{ name }}：", "您好，李明："),
        ("{{ amount * 2 }} 元", "25 元"),
        ("{{ missing }}。", "。"),
        ("{{ tags }}", "冰箱、噪音"),
        ('{{ "}}" }}{{ {a: {b: 1}}.a.b }}', "}}1"),
        ('{{ if amount > 10 then "高" else "低" }}', "高"),
        ("没有表达式 { } }}", "没有表达式 { } }}"),
        ("", ""),
        ('{{ date("2026-03-02") }}', "2026-03-02"),
    ],
)
def test_values_take_the_place_of_expressions(text, written):
    variables = {"name": "李明", "amount": 12.5, "tags": ["冰箱", None, "噪音"]}

    assert render_template(text, variables, CONTEXT) == written


def test_it_tells_what_it_reads():
    template = parse_template("{{ name }}（{{ case.number }}）")

    assert template.reads == {"name", "case"}
    assert len(template.expressions) == 2


def test_it_explains_what_is_missing():
    text, warnings = parse_template("{{ missing + 1 }}").render({}, CONTEXT)

    assert text == ""
    assert [warning.kind for warning in warnings] == ["unknown-name", "wrong-operands"]


@pytest.mark.parametrize(
    ("text", "position"),
    [("第一行\n{{ 1 + }}", (2, 1)), ("好 {{ 1", (1, 5)), ("{{ }}", (1, 1))],
)
def test_a_wrong_expression_is_found_in_the_text(text, position):
    with pytest.raises(SyntaxProblem) as caught:
        parse_template(text)

    assert caught.value.position == position
