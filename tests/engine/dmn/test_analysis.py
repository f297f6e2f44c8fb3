"""Gaps, overlaps and dead rules are found with concrete cases."""

import pytest

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from tests.engine.dmn.models import decision, dmn, input_data, literal, requires, table


def findings(logic, *more):
    model = DecisionModel.parse({"x.dmn": dmn(*more, decision("d", logic))})
    return analyse(model)


def gaps(column, *cells, policy="UNIQUE"):
    found = findings(table([column], ["x"], [(cell, "1") for cell in cells], policy))
    return [
        str(one.what).removeprefix("No rule fits where ")
        for one in found
        if one.rule == "dmn-gap"
    ]


@pytest.mark.parametrize(
    ("column", "cells", "gap"),
    [
        ("n", ("< 10", "> 10"), "n is 10."),
        ("n", ("<= 10", "> 20"), "n is more than 10 and at most 20; for example n = 11."),
        ("n", ("<= 1", "> 1.5"), "n is more than 1 and at most 1.5; for example n = 1.25."),
        ("n", ("[0..10)", ">= 10"), "n is less than 0."),
        (
            "n|[0..100]",
            ("[0..10)", "[10..90]"),
            "n is more than 90 and at most 100; for example n = 91.",
        ),
        ("b", ("true",), "b is “no”."),
        ("b:boolean", ("true",), "b is “no”."),
        ('t|"a", "b", "c"', ('"a"', '"b"'), 't is "c".'),
        (
            "d:date",
            ('< date("2026-01-01")', '> date("2026-01-01")'),
            "d is 2026-01-01.",
        ),
        (
            "d:date",
            ('<= @"2026-01-01"', '> @"2026-01-31"'),
            "d is after 2026-01-01 and not after 2026-01-31; for example d = 2026-01-02.",
        ),
        ("p", ('< @"PT1H"', '> @"PT1H"'), "p is 1 hour."),
        ("n", ("not(5)",), "n is 5."),
        ("n", ("< 5, > 10",), "n is at least 5 and at most 10; for example n = 5."),
        (
            "n",
            ("1", "2", "[3..5]"),
            "n is less than 1, or more than 1 and less than 2, or more than 2 and less"
            " than 3, or more than 5; for example n = 0.",
        ),
    ],
)
def test_a_gap_is_found(column, cells, gap):
    found = gaps(column, *cells)

    assert found == [gap]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("n", ("< 10", ">= 10")),
        ("n", ("< 10", "-")),
        ("n", ("< 10", "not(< 10)")),
        ("b", ("true", "false")),
        ("t", ('"a"', '"b"')),
        ("t", ('"a"', 'not("a")')),
        ('t|"a", "b"', ('"a", "b"',)),
        ("d:date", ('<= @"2026-01-01"', '>= @"2026-01-02"')),
        ("n", ("< limit", ">= 10")),
        ("n", ("? < 3 or ? >= 3",)),
        ("n|[0..10]", ("[0..10]",)),
    ],
)
def test_a_complete_column_has_no_gap(column, cells):
    assert gaps(column, *cells) == []


def test_columns_are_looked_at_together():
    logic = table(
        ['result|"fault", "none"', "warranty:boolean"],
        ["remedy"],
        [('"fault"', "true", "1"), ('"none"', "-", "2")],
    )

    found = findings(logic)

    assert [one.example for one in found] == [{"result": '"fault"', "warranty": "false"}]
    assert found[0].decision_id == "d"


def test_a_declared_type_says_which_values_there_are():
    kinds = (
        '<itemDefinition name="tKind"><typeRef>string</typeRef>'
        '<allowedValues><text>"a", "b", "c"</text></allowedValues></itemDefinition>'
    )
    found = findings(table(["k:tKind"], ["x"], [('"a"', "1"), ('"c"', "1")]), kinds)

    assert [one.example for one in found] == [{"k": '"b"'}]


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_a_list_may_be_empty(policy):
    assert findings(table(["n"], ["x|1"], [("< 5", "1")], policy)) == []


def test_a_default_fills_all_gaps():
    assert findings(table(["n"], ["x=0"], [("< 5", "1")])) == []


@pytest.mark.parametrize(
    ("first", "second", "example"),
    [
        ("<= 10", ">= 10", "10"),
        ("[0..10]", "(5..20)", "6"),
        ("-", "5", "5"),
        ('"a", "b"', '"b", "c"', '"b"'),
        ("true", "not(false)", "true"),
        ('>= @"2026-01-01"', '< @"2026-02-01"', '@"2026-01-01"'),
    ],
)
def test_an_overlap_is_found(first, second, example):
    found = findings(table(["v"], ["x"], [(first, "1"), (second, "2")]))

    overlap = next(one for one in found if one.rule == "dmn-overlap")
    assert (overlap.rules, overlap.example, overlap.element) == (
        (1, 2),
        {"v": example},
        "r2",
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [("< 10", ">= 10"), ('"a"', '"b"'), ("< limit", "< 5"), ("1", '"1"')],
)
def test_what_only_may_overlap_is_not_told(first, second):
    found = findings(table(["v"], ["x"], [(first, "1"), (second, "2")]))

    assert [one for one in found if one.rule == "dmn-overlap"] == []


def test_rules_that_agree_may_overlap_where_any_counts():
    agreeing = table(["n"], ["x"], [("-", "1"), ("5", "1"), ("6", "2")], "ANY")

    assert [one.rules for one in findings(agreeing)] == [(1, 3)]


def test_a_rule_that_never_decides_is_found():
    logic = table(
        ["n"], ["x"], [("< 10", "1"), ("> 5", "2"), ("[6..8]", "3"), ("-", "4")], "FIRST"
    )

    found = findings(logic)

    assert [(one.rule, one.rules) for one in found] == [("dmn-masked", (3,))]
    assert str(found[0].what) == (
        "Rule 3 never decides: rules before it (1) take all its cases."
    )


def test_a_last_rule_for_missing_values_is_no_dead_rule():
    assert (
        findings(table(["b"], ["x"], [("true", "1"), ("false", "2"), ("-", "3")], "FIRST"))
        == []
    )


def test_a_large_table_is_analysed_soon():
    columns = [f"c{number}" for number in range(8)]
    rules = [
        (*(f"[{row + column}..{row + column + 3}]" for column in range(8)), "1")
        for row in range(60)
    ]

    found = findings(table(columns, ["x"], rules))

    assert {one.rule for one in found} == {"dmn-gap", "dmn-overlap", "dmn-more"}
    assert len(found) == 22


def test_tables_of_all_decisions_are_looked_at():
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                input_data("n"),
                decision(
                    "a", table(["n"], ["x"], [("1", "1")]), requires("n", kind="Input")
                ),
                decision(
                    "b",
                    table(["a"], ["x"], [("true", "1")], identity="t2"),
                    requires("a"),
                ),
                decision("c", literal("b"), requires("b")),
            )
        }
    )

    assert [one.decision_id for one in analyse(model)] == ["a", "b"]
