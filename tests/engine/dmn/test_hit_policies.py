"""Which rules give the result, by each hit policy."""

from decimal import Decimal

import pytest

from tests.engine.dmn.models import decide, decision, dmn, table

RULES = [
    ("< 10", '"low"', "1"),
    ("< 20", '"middle"', "2"),
    ("< 5", '"tiny"', "3"),
]


def ask(policy, amount, rules=RULES, aggregation="", outputs=("size", "points")):
    width = 1 + len(outputs)
    logic = table(
        ["amount"], outputs, [rule[:width] for rule in rules], policy, aggregation
    )
    return decide(dmn(decision("d", logic)), "d", amount=amount)


def test_a_single_rule_gives_its_conclusions():
    assert ask("UNIQUE", 15).value == {"size": "middle", "points": 2}


def test_a_single_column_gives_its_value():
    assert ask("UNIQUE", 15, outputs=("size",)).value == "middle"


def test_two_rules_are_too_many_for_unique():
    outcome = ask("UNIQUE", 7)

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == ["not-unique"]
    assert "1, 2" in str(outcome.warnings[0].sentence)
    assert [rule.index for rule in outcome.tables[0].rules] == [1, 2]


def test_the_first_rule_counts():
    assert ask("FIRST", 3, outputs=("size",)).value == "low"


def test_any_rule_counts_if_all_agree():
    agreeing = [("< 10", '"a"'), ("< 20", '"a"')]

    assert ask("ANY", 5, agreeing, outputs=("size",)).value == "a"
    assert ask("ANY", 5, outputs=("size",)).value is None


def test_rules_are_collected_in_their_order():
    assert ask("RULE ORDER", 3, outputs=("size",)).value == ["low", "middle", "tiny"]
    assert ask("COLLECT", 3, outputs=("size",)).value == ["low", "middle", "tiny"]


ORDERED = ('size|"tiny", "middle", "low"',)


def test_priority_goes_by_the_output_values():
    outcome = ask("PRIORITY", 3, outputs=ORDERED)

    assert outcome.value == "tiny"
    assert [rule.index for rule in outcome.tables[0].rules] == [3, 2, 1]


def test_output_order_lists_by_the_output_values():
    assert ask("OUTPUT ORDER", 3, outputs=ORDERED).value == ["tiny", "middle", "low"]


@pytest.mark.parametrize(
    ("aggregation", "value"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)]
)
def test_collected_values_are_aggregated(aggregation, value):
    rules = [(rule[0], rule[2]) for rule in RULES]

    assert ask("COLLECT", 3, rules, aggregation, ("points",)).value == value


def test_texts_cannot_be_summed():
    either = [("-", 'if amount > 1 then "much" else 1')]

    outcome = ask("COLLECT", 3, either, "SUM", ("size",))

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == ["not-aggregable"]


@pytest.mark.parametrize(
    ("policy", "aggregation", "value"),
    [
        ("UNIQUE", "", None),
        ("FIRST", "", None),
        ("COLLECT", "", []),
        ("RULE ORDER", "", []),
        ("COLLECT", "COUNT", 0),
        ("COLLECT", "SUM", None),
    ],
)
def test_without_a_hit_there_is_nothing(policy, aggregation, value):
    rules = [(rule[0], rule[2]) for rule in RULES]

    outcome = ask(policy, 99, rules, aggregation, ("points",))

    assert outcome.value == value
    assert outcome.tables[0].rules == ()


def test_a_default_stands_in_where_no_rule_hits():
    assert ask("UNIQUE", 99, outputs=('size="huge"',)).value == "huge"
    assert ask("COLLECT", 99, outputs=('size="huge"',)).value == ["huge"]


def test_outputs_are_exact_numbers():
    assert ask("FIRST", 1, [("-", "0.1 + 0.2")], outputs=("x",)).value == Decimal("0.3")
