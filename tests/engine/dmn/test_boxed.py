"""Boxed expressions."""

import pytest

from tests.engine.dmn.models import decide, decision, dmn, literal


def boxed(tag, *parts, attributes=""):
    return f"<{tag}{' ' if attributes else ''}{attributes}>{''.join(parts)}</{tag}>"


def entry(name, value):
    variable = f'<variable name="{name}"/>' if name else ""
    return boxed("contextEntry", variable, value)


FUNCTION = boxed(
    "functionDefinition", '<formalParameter name="x" typeRef="number"/>', literal("x + 1")
)


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        (
            boxed("context", entry("a", literal("1")), entry("b", literal("a + 1"))),
            {"a": 1, "b": 2},
        ),
        (boxed("context", entry("a", literal("1")), entry("", literal("a + 1"))), 2),
        (boxed("list", literal("1"), literal("2")), [1, 2]),
        (
            boxed(
                "relation",
                '<column name="a"/><column name="b"/>',
                boxed("row", literal("1"), literal("2")),
                boxed("row", literal("3"), literal("4")),
            ),
            [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
        ),
        (
            boxed(
                "conditional",
                boxed("if", literal("n > 1")),
                boxed("then", literal('"many"')),
                boxed("else", literal('"few"')),
            ),
            "many",
        ),
        (
            boxed("conditional", boxed("if", literal('"x"')), boxed("then", literal("1"))),
            None,
        ),
        (
            boxed("filter", boxed("in", literal("rows")), boxed("match", literal("a > 1"))),
            [{"a": 2}],
        ),
        (
            boxed("filter", boxed("in", literal("null")), boxed("match", literal("a > 1"))),
            None,
        ),
        (
            boxed(
                "for",
                boxed("in", literal("[1..3]")),
                boxed("return", literal("i * count(partial)")),
                attributes='iteratorVariable="i"',
            ),
            [0, 2, 6],
        ),
        (
            boxed(
                "every",
                boxed("in", literal("rows")),
                boxed("satisfies", literal("r.a > 0")),
                attributes='iteratorVariable="r"',
            ),
            True,
        ),
        (
            boxed(
                "some",
                boxed("in", literal("rows")),
                boxed("satisfies", literal("r.a")),
                attributes='iteratorVariable="r"',
            ),
            None,
        ),
        (
            boxed("context", entry("f", FUNCTION), entry("", literal("f(2)"))),
            3,
        ),
        (
            boxed(
                "context",
                entry("f", FUNCTION),
                entry(
                    "",
                    boxed(
                        "invocation",
                        literal("f"),
                        boxed("binding", '<parameter name="x"/>', literal("n")),
                    ),
                ),
            ),
            6,
        ),
    ],
)
def test_it_gives(logic, value):
    outcome = decide(dmn(decision("d", logic)), "d", n=5, rows=[{"a": 1}, {"a": 2}])

    assert outcome.value == value


def test_a_call_of_nothing_is_explained():
    logic = boxed("invocation", literal("missing"))

    outcome = decide(dmn(decision("d", logic)), "d")

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == [
        "unknown-name",
        "not-a-function",
    ]
