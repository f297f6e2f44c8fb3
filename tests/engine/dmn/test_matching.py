"""A rule hits just where each of its conditions holds, however often cells are alike."""

import pytest

from engine.dmn import DecisionModel
from tests.engine.dmn import brute_force
from tests.engine.dmn.models import decide, decision, dmn, table
from tests.engine.dmn.random_tables import OPAQUE, random_table


@pytest.mark.parametrize("seed", [seed for seed in range(40) if seed % 4])
def test_a_rule_hits_where_each_cell_passes(seed):
    random = random_table(seed)
    random.rules = [
        tuple(one.replace(OPAQUE, "-") for one in rule) for rule in random.rules
    ]
    columns = random.columns

    for trial in brute_force.trials(random):
        wanted = {
            index
            for index, rule in enumerate(random.rules, start=1)
            if brute_force.is_allowed(random, trial.point)
            and all(
                cell == "-" or brute_force.passes(random, column.text, trial.point, cell)
                for column, cell in zip(columns, rule, strict=False)
            )
        }
        assert trial.surely == wanted


def test_equal_cells_of_different_columns_are_not_one():
    model = dmn(decision("d", table(["a", "b"], ["x"], [("> 1", "> 1", "1")])))

    assert decide(model, "d", a=5, b=0).value is None
    assert decide(model, "d", a=5, b=5).value == 1


def test_a_cell_of_many_rules_warns_once():
    rules = [("> 1", str(at)) for at in range(100)]
    model = DecisionModel.parse({"x.dmn": dmn(decision("d", table(["a"], ["x"], rules)))})

    outcome = decide(model, "d", a="text")

    assert [warning.kind for warning in outcome.warnings] == ["not-comparable"]
