"""Values that no list has, equal rules, and sentences that stay readable."""

import pytest

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from engine.language import say
from tests.engine.dmn.models import decision, dmn, table


def findings(logic, *more):
    return analyse(DecisionModel.parse({"x.dmn": dmn(*more, decision("d", logic))}))


def told(found):
    return [(one.rule, one.rules) for one in found]


def test_a_text_that_the_column_does_not_allow_is_found():
    logic = table(
        ['k|"quality", "misuse"'], ["x"], [('"quailty", "misuse"', "1"), ("-", "2")]
    )

    found = findings(logic.replace("UNIQUE", "FIRST"))

    assert told(found) == [("dmn-not-listed", (1,))]
    assert say(found[0].what, "zh_CN") == (
        "规则 1 判断“k”是否为“quailty”，但该列不允许这样的取值。"
    )


@pytest.mark.parametrize(
    ("output", "conclusion", "rules"),
    [
        ('x|"high", "low"', '"hihg"', [1]),
        ('x|"high", "low"', '"low"', []),
        ('x|"high", "low"', "grade", []),
        ('x|"high", "low"', "", []),
        ("x|[0..5], 9", "7", [1]),
        ("x|[0..5], 9", "9", []),
        ("x", "7", []),
    ],
)
def test_a_conclusion_that_is_not_among_the_output_values_is_found(
    output, conclusion, rules
):
    found = findings(table(["n"], [output], [("-", conclusion)]))

    assert told(found) == [("dmn-not-listed", (rule,)) for rule in rules]


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_rules_that_say_the_same_are_found_where_both_count(policy):
    rules = [("> 5", "1"), ("< 9", "1"), ("not(<= 5)", "2"), ("> 8", "1")]
    rules += [("(5..9), >= 9", "1"), ("< limit", "1"), ("< limit", "1"), ("> limit", "1")]

    found = findings(table(["n"], ["x|1, 2"], rules, policy))

    assert told(found)[1:] == [("dmn-alike", (1, 5)), ("dmn-alike", (6, 7))]


def test_rules_that_say_the_same_may_agree():
    assert findings(table(["n"], ["x"], [("-", "1"), ("-", "1")], "ANY")) == []


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
def test_a_case_of_a_hundred_columns_is_said_in_short(language):
    names = [f"c{number}:boolean" for number in range(100)]

    found = findings(table(names, ["x"], [("true",) * 100 + ("1",)]))

    assert found[0].rule == "dmn-gap"
    assert len(say(found[0].what, language)) < 1000


def test_a_table_of_more_than_a_hundred_columns_is_told():
    names = [f"c{number}:boolean" for number in range(400)]

    found = findings(table(names, ["x"], [("true",) * 400 + ("1",)]))

    assert told(found) == [("dmn-too-large", ())]
    assert "400 input columns" in str(found[0].what)


def test_a_list_of_many_values_is_said_in_short():
    offered = ", ".join(f'"kind {number}"' for number in range(500))

    found = findings(table([f"k|{offered}"], ["x"], [('"kind 7"', "1")]))

    assert say(found[0].what, "zh_CN") == (
        "没有规则适用于以下情况：“k”为“kind 0” 或 “kind 1” 或 “kind 2” 或 “kind 3” 或 "
        "“kind 4” 或 “kind 5”等（另有 493 个）；例如：“k”为“kind 0”。"
    )
