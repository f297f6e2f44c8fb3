"""Gaps, overlaps and dead rules are found with concrete cases."""

import pytest

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from engine.language import say
from tests.engine.dmn.models import decision, dmn, input_data, literal, requires, table


def findings(logic, *more):
    model = DecisionModel.parse({"x.dmn": dmn(*more, decision("d", logic))})
    return analyse(model)


def gaps(column, *cells, policy="UNIQUE"):
    found = findings(table([column], ["x"], [(cell, "1") for cell in cells], policy))
    return [
        str(one.what).removeprefix("No rule fits ")
        for one in found
        if one.rule == "dmn-gap"
    ]


@pytest.mark.parametrize(
    ("column", "cells", "gap"),
    [
        ("n", ("< 10", "> 10"), "n: 10, for example n: 10."),
        ("n", ("<= 10", "> 20"), "n: (10..20], for example n: 11."),
        ("n", ("<= 1", "> 1.5"), "n: (1..1.5], for example n: 1.25."),
        ("n", ("[0..10)", ">= 10"), "n: < 0, for example n: -1."),
        ("n|[0..100]", ("[0..10)", "[10..90]"), "n: (90..100], for example n: 91."),
        ("b", ("true",), "b: false, for example b: false."),
        ("b:boolean", ("true",), "b: false, for example b: false."),
        ('t|"a", "b", "c"', ('"a"', '"b"'), 't: "c", for example t: "c".'),
        (
            "d:date",
            ('< date("2026-01-01")', '> date("2026-01-01")'),
            "d: 2026-01-01, for example d: 2026-01-01.",
        ),
        ("d:date", ('<= @"2026-01-01"', '> @"2026-01-31"'), "d: (2026-01-01..2026-01-31]"),
        ("p", ('< @"PT1H"', '> @"PT1H"'), "p: PT1H, for example p: PT1H."),
        ("n", ("not(5)",), "n: 5, for example n: 5."),
        ("n", ("< 5, > 10",), "n: [5..10], for example n: 5."),
        ("n", ("1", "2", "[3..5]"), "n: < 1, (1..2), (2..3), > 5, for example n: 0."),
    ],
)
def test_a_gap_is_found(column, cells, gap):
    found = gaps(column, *cells)

    assert len(found) == 1
    assert found[0].startswith(gap)


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
        ('>= @"2026-01-01"', '< @"2026-02-01"', "2026-01-01"),
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

    assert [(one.rule, one.rules) for one in found] == [("dmn-unreachable", (3,))]


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

    assert {one.rule for one in found} == {"dmn-gap", "dmn-overlap"}
    assert len(found) == 20


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


def test_a_finding_is_said_in_chinese():
    found = findings(table(["金额"], ["x"], [("< 10", "1"), ("> 10", "1")]))

    assert say(found[0].what, "zh_CN") == "没有规则适用于“金额: 10”，例如“金额: 10”。"
    assert say(found[0].remedy, "zh_CN").startswith("请为这些情况增加一条规则")
