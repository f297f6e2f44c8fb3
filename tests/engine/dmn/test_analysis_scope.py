"""What the analysis looks at, what it knows beforehand, and what it says it left out."""

import time

import pytest

from engine.dmn import DecisionModel
from engine.dmn.analysis import Given, analyse
from engine.language import say
from tests.engine.dmn.models import decision, dmn, input_data, literal, requires, table


def findings(logic, *more, given=None, **limits):
    model = DecisionModel.parse({"x.dmn": dmn(*more, decision("d", logic))})
    return analyse(model, given or Given(), **limits)


def told(found):
    return [(one.rule, one.rules) for one in found]


def sentences(found, rule):
    return [str(one.what) for one in found if one.rule == rule]


def test_columns_that_ask_for_the_same_are_looked_at_as_one():
    logic = table(["n", "n"], ["x"], [("> 10", "< 5", "1"), ("> 10", "> 20", "2")])

    found = findings(logic)

    assert told(found) == [("dmn-unreachable", (1,)), ("dmn-gap", ())]
    assert str(found[0].what) == (
        "Rule 1 never hits: n has no value that passes n: > 10; n (2): < 5."
    )
    assert found[1].region == {"n": "<= 20"}


def test_a_column_that_asks_something_of_another_is_looked_at_with_it():
    logic = table(
        ["amount", "amount > 100"],
        ["x"],
        [("< 50", "true", "1"), ("-", "true", "2"), ("<= 100", "false", "3")],
        "FIRST",
    )

    assert told(findings(logic)) == [("dmn-unreachable", (1,))]


def test_a_comparison_never_gives_nothing():
    with_null = table(['kind = "a"'], ["x"], [("true", "1"), ("null", "2"), ("false", "3")])

    assert told(findings(with_null)) == [("dmn-unreachable", (2,))]


def test_members_of_a_variable_are_variables():
    logic = table(
        ["case.amount", "case.amount <= 5", "case.kind"],
        ["x"],
        [("-", "true", "-", "1"), ("> 5", "-", '"a", "b"', "2")],
    )

    assert findings(logic) == []


def test_a_column_that_computes_with_another_is_told_as_not_analysed():
    logic = table(["n", "n * 2"], ["x"], [("> 10", "< 5", "1"), ("<= 10", "-", "2")])

    found = findings(logic)

    assert told(found) == [("dmn-not-analysed", ())]
    assert str(found[0].what) == (
        "The conditions on n * 2 are not analysed: n asks about the same."
    )


def test_conditions_that_are_not_analysed_are_named():
    rules = [("< limit", "1"), ("> now()", "2"), ("contains(?, n)", "3"), ("5", "4")]

    found = findings(table(["n"], ["x"], rules, "FIRST"))

    assert told(found) == [("dmn-not-analysed", (1, 2, 3))]
    assert str(found[0].what).endswith(
        "rule 1, n: < limit; rule 2, n: > now(); rule 3, n: contains(?, n)."
    )


def test_of_many_conditions_that_are_not_analysed_the_first_are_named():
    found = findings(table(["n"], ["x"], [("< limit", "1")] * 40, "FIRST"))

    assert str(found[0].what).endswith("rule 5, n: < limit; 35 more.")


def test_texts_in_order_are_not_analysed():
    found = findings(table(["t"], ["x"], [('< "m"', "1"), ('>= "m"', "2")]))

    assert told(found) == [("dmn-not-analysed", (1, 2))]


def test_lists_are_not_analysed():
    kinds = (
        '<itemDefinition name="tKinds" isCollection="true"><typeRef>string</typeRef>'
        "</itemDefinition>"
    )

    found = findings(table(["k:tKinds"], ["x"], [('"a"', "1"), ("-", "2")]), kinds)

    assert told(found) == [("dmn-not-analysed", (1,))]


@pytest.mark.parametrize(
    "cells",
    [
        ("? < 10 and ? > 2", "? <= 2", "? >= 10"),
        ("not(? in [0..5])", "? between 0 and 5"),
        ("2 * 5", "< 10", "> 10"),
        ("if ? > 5 then false else true", "> 5"),
    ],
)
def test_logic_about_the_value_alone_is_analysed(cells):
    assert findings(table(["n"], ["x"], [(cell, "1") for cell in cells])) == []


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("n:number", '"5"'),
        ("n|[0..10]", "> 10"),
        ('t|"a", "b"', '"c"'),
        ("n", "(5..5)"),
        ("d:dateTime", 'date("2026-01-01")'),
    ],
)
def test_a_rule_that_no_value_reaches_is_found(column, cell):
    found = findings(table([column], ["x"], [("-", "1"), (cell, "2")]))

    assert told(found) == [("dmn-unreachable", (2,))]


def test_a_rule_is_masked_by_several_before_it():
    rules = [("< 10", "true", "1"), ("< 10", "false", "2"), ("[2..5]", "-", "3")]
    rules += [("-", "-", "4")]

    found = findings(table(["n", "b:boolean"], ["x"], rules, "FIRST"))

    assert told(found) == []  # The answer to b may be missing.
    asked = [("-", "null", "0"), *rules]
    assert told(findings(table(["n", "b:boolean"], ["x"], asked, "FIRST"))) == [
        ("dmn-masked", (4,))
    ]


def test_a_rule_is_masked_by_those_whose_conclusion_counts_more():
    rules = [("> 5", '"low"'), ("> 2", '"high"'), ("-", '"middle"')]

    found = findings(table(["n"], ['x|"high", "middle", "low"'], rules, "PRIORITY"))

    assert told(found) == [("dmn-masked", (1,))]
    assert "count more (2)" in str(found[0].what)


def test_rules_whose_rank_is_not_known_mask_nothing():
    rules = [("-", "a"), ("-", '"low"')]

    assert findings(table(["n"], ['x|"high", "low"'], rules, "PRIORITY")) == []


def test_rules_that_agree_only_at_times_are_told():
    rules = [("< 5", "a + 1"), ("< 9", "b"), (">= 9", "1"), ("> 9", "1.0")]

    found = findings(table(["n"], ["x"], rules, "ANY"))

    assert told(found) == [("dmn-may-differ", (1, 2))]


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
def test_a_sum_of_nothing_is_a_gap(aggregation):
    found = findings(table(["n"], ["x"], [("> 5", "1")], "COLLECT", aggregation))

    assert told(found) == [("dmn-gap", ())]
    assert findings(table(["n"], ["x"], [("> 5", "1")], "COLLECT", "COUNT")) == []


def test_a_missing_value_counts_where_a_rule_asks_for_it():
    asked = [("null", "-", "1"), ("> 5", "true", "2"), ("<= 5", "-", "3")]
    found = findings(table(["n", "b:boolean"], ["x"], [*asked, ("> 5", "false", "4")]))
    lacking = findings(table(["n"], ["x"], [("not(null)", "1")]))

    assert found == []
    assert sentences(lacking, "dmn-gap") == ["No rule fits where n is left empty."]


def test_a_missing_value_counts_where_a_form_lets_it():
    optional = Given(optional=frozenset({("n",)}))
    rules = [("<= 5", "-", "1"), ("> 5", "-", "2"), ("-", "true", "3")]

    found = findings(table(["n", "b:boolean"], ["x"], rules, "FIRST"), given=optional)

    assert told(found) == [("dmn-gap-empty", ())]
    assert found[0].example == {"n": "null", "b": "false"}
    assert say(found[0].what, "zh_CN") == "“n”未填写时没有规则适用，例如：“b”为“否”。"
    assert findings(table(["n"], ["x"], [("-", "1")]), given=optional) == []


def test_what_a_form_offers_is_to_be_decided():
    offered = Given(texts={("kind",): {"return": "", "exchange": "", "repair": ""}})

    found = findings(table(["kind"], ["x"], [('"return"', "1")]), given=offered)

    assert sentences(found, "dmn-gap") == [
        'No rule fits where kind is "exchange" or "repair"; for example kind = "exchange".'
    ]


def test_what_a_form_offers_must_be_allowed():
    offered = Given(texts={("kind",): {"return": "", "repair": ""}})

    found = findings(table(['kind|"return"'], ["x"], [("-", "1")]), given=offered)

    assert told(found) == [("dmn-not-allowed", ())]
    assert sentences(found, "dmn-not-allowed") == [
        'kind can be "repair", which the table does not allow.'
    ]


def test_what_a_required_decision_concludes_is_to_be_decided():
    first = table(["n"], ["x"], [("< 5", '"minor"'), (">= 5", '"grave"')], identity="t1")
    logic = table(["severity"], ["x"], [('"minor"', "1")])
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                decision("severity", first), decision("d", logic, requires("severity"))
            )
        }
    )

    found = analyse(model, Given(texts={("severity",): {"other": ""}}))

    assert sentences(found, "dmn-gap") == ['No rule fits where severity is "grave".']


def test_input_data_is_the_variable_that_forms_fill():
    offered = Given(texts={("kind",): {"return": "退货", "repair": ""}})
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                input_data("kind"),
                decision(
                    "d",
                    table(["kind"], ["x"], [('"repair"', "1")]),
                    requires("kind", kind="Input"),
                ),
            )
        }
    )

    found = analyse(model, offered)

    assert [say(one.what, "zh_CN") for one in found] == [
        "没有规则适用于以下情况：“kind”为“return”（退货）。"
    ]


def test_what_forms_say_is_not_taken_for_parameters():
    function = (
        '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>'
        '<formalParameter name="kind"/>'
        + table(["kind"], ["x"], [('"a"', "1")])
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    model = DecisionModel.parse({"x.dmn": dmn(function, input_data("kind"))})

    assert analyse(model, Given(texts={("kind",): {"b": ""}})) == []


def hard(columns, rows):
    """Return a table that asks for combinations which are hard to find."""
    rules = []
    for row in range(rows):
        cells = ["-"] * columns
        for step in (1, 7, 11):
            cells[(row * step + step) % columns] = (
                "true" if (row >> 1) * step & 1 else "false"
            )
        rules.append((*cells, "1"))
    return table([f"c{at}:boolean" for at in range(columns)], ["x"], rules, "FIRST")


def test_a_search_that_takes_too_long_is_ended_and_told():
    found = findings(hard(24, 120), steps=300)

    ended = [one for one in found if one.rule == "dmn-too-large"]
    assert "The search for gaps stopped after 300 steps" in str(ended[0].what)
    assert "these rules were not looked at to the end: " in str(ended[-1].what)
    assert ended[-1].rules[-1] == 120


def test_a_table_with_too_many_conditions_is_told():
    rules = [(f"[{row}..{row + 1})",) * 9 + ("1",) for row in range(1000)]

    found = findings(table([f"c{at}" for at in range(9)], ["x"], rules))

    assert told(found) == [("dmn-too-large", ())]
    assert "9000 conditions" in str(found[0].what)


def test_two_hundred_rules_of_eight_columns_are_analysed_within_two_seconds():
    rules = [
        (*(f"[{row * 5}..{row * 5 + 600})" for _ in range(7)), f"[{row}..{row + 1})", "1")
        for row in range(200)
    ]
    model = DecisionModel.parse(
        {"x.dmn": dmn(decision("d", table([f"c{n}" for n in range(8)], ["x"], rules)))}
    )

    begun = time.process_time()
    found = analyse(model)

    assert time.process_time() - begun < 2
    assert "dmn-gap" in {one.rule for one in found}


def test_a_chain_of_decisions_is_analysed():
    chain = [decision("d0", table(["n"], ["x"], [("-", "1")], identity="t0"))]
    chain += [
        decision(f"d{at}", literal(f"d{at - 1}"), requires(f"d{at - 1}"))
        for at in range(1, 900)
    ]

    assert analyse(DecisionModel.parse({"x.dmn": dmn(*chain)})) == []


def test_cases_are_said_in_chinese_with_readable_values():
    logic = table(
        ["amount:number", "d:date", "w:dayTimeDuration", "kind"],
        ["x"],
        [
            ("<= 5000", "-", "-", "-", "1"),
            ("> 10000", "-", "-", "-", "2"),
            ("-", '< @"2026-03-02"', "-", "-", "3"),
            ("-", "-", '<= @"PT36H"', "-", "4"),
            ("-", "-", "-", '"换货", "维修"', "5"),
        ],
        "FIRST",
    ).replace("<input>", '<input label="金额">', 1)

    found = findings(logic, given=Given(texts={("kind",): {"退货": ""}}))

    assert [say(one.what, "zh_CN") for one in found] == [
        "没有规则适用于以下情况：“金额”大于 5000 且不超过 10000，且“d”不早于 2026-03-02，"
        "且“w”大于 1 天 12 小时，且“kind”为“退货”；例如：“金额”为 5001，“d”为 2026-03-02，"
        "“w”为 1 天 13 小时，“kind”为“退货”。"
    ]
    assert say(found[0].what, "zh_TW").startswith("沒有規則適用於以下情況：「金额」大於")
