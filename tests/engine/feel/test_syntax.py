"""What is no FEEL is refused with the place and what was expected there."""

import pytest

from engine.feel import SyntaxProblem, parse_expression, parse_unary_tests
from engine.language import say


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("1 +", (1, 4)),
        ("", (1, 1)),
        ("(1", (1, 3)),
        ("[1, 2", (1, 6)),
        ("{a 1}", (1, 5)),
        ("if a then b", (1, 12)),
        ("for x return 1", (1, 7)),
        ("1 2", (1, 3)),
        ("a = = b", (1, 5)),
        ('"open', (1, 1)),
        ("a\nand\nor", (3, 1)),
        ("x instance of", (1, 14)),
        ("then", (1, 1)),
        ("f(a: 1, 2)", (1, 9)),
        ("#", (1, 1)),
    ],
)
def test_a_problem_has_its_position(source, position):
    with pytest.raises(SyntaxProblem) as caught:
        parse_expression(source)

    assert caught.value.position == position


@pytest.mark.parametrize(
    ("source", "found", "instead"),
    [
        ("金额＞1000", "＞", ">"),
        ("类型 = “质量”", "“", '"'),
        ("count（a）", "（", "("),
        ("[1，2]", "，", ","),
    ],
)
def test_full_width_signs_are_pointed_out(source, found, instead):
    with pytest.raises(SyntaxProblem) as caught:
        parse_expression(source)

    said = say(caught.value.sentence, "zh_CN")
    assert f"全角字符“{found}”" in said
    assert f"半角的“{instead}”" in said


@pytest.mark.parametrize("source", ["", "< ", "1, ", "not(", "> 1 and"])
def test_tests_that_are_none_are_refused(source):
    with pytest.raises(SyntaxProblem):
        parse_unary_tests(source)


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r'"\u8d28\u91cf"', "质量"),
        (r'"a\nb\t\"\\"', 'a\nb\t"\\'),
        (r'"\U01F40E"', "🐎"),
        (r'"\ud83d\udc0e"', "🐎"),
        (r'"\q"', r"\q"),
    ],
)
def test_texts_may_have_escapes(escaped, text):
    assert parse_expression(escaped).tree.value == text
