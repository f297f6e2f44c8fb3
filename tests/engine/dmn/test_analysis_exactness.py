"""The analysis finds just what trying a table everywhere finds."""

from decimal import Decimal

import pytest

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from engine.feel import parse_expression
from tests.engine.dmn import brute_force
from tests.engine.dmn.models import CONTEXT
from tests.engine.dmn.random_tables import random_table

SEEDED = 120  #: Tables of the part that always runs.


def differences(seed):
    """Return what the analysis of a random table tells otherwise than trying it."""
    table = random_table(seed)
    trials = brute_force.trials(table)
    model = DecisionModel.parse({"x.dmn": table.source()})
    found = analyse(model, most=10_000)
    assert not [one for one in found if one.rule in ("dmn-more", "dmn-too-large")]
    return [
        f"{kind}: {told} instead of {true}"
        for kind, told, true in (
            gap_points(table, found, trials),
            false_gaps(table, found),
            pairs(table, found, trials),
            false_overlaps(table, found),
            dead("dmn-unreachable", found, brute_force.unreachable(table, trials)),
            masked(table, found, trials),
        )
        if told != true
    ]


def gap_points(table, found, trials):
    true = [] if table.policy == "COLLECT" else brute_force.gaps(trials)
    regions = [one.region for one in found if one.rule == "dmn-gap"]
    told = [
        trial.point
        for trial in trials
        if trial.counts
        and any(
            all(
                brute_force.passes(table, asked, trial.point, tests)
                for asked, tests in region.items()
            )
            for region in regions
        )
    ]
    return "gaps", told, true


def false_gaps(table, found):
    """Try each gap at its example with the engine itself: nothing may hit."""
    model = DecisionModel.parse({"x.dmn": table.source()})
    examples = [one.example for one in found if one.rule == "dmn-gap"]
    wrong = [
        example
        for example in examples
        if brute_force.hits(model, point_of(table, example), flag=True)
    ]
    return "examples of gaps", wrong, []


def false_overlaps(table, found):
    """Try each overlap at its example: both rules must hit."""
    model = DecisionModel.parse({"x.dmn": table.source("RULE ORDER")})
    wrong = [
        one
        for one in found
        if one.rule == "dmn-overlap"
        and not brute_force.hits(model, point_of(table, one.example), flag=False)
        >= set(one.rules)
    ]
    return "examples of overlaps", wrong, []


def point_of(table, example):
    """Return variables that answer what is asked as *example* says."""
    point = {}
    for name, kind in table.kinds.items():
        asked = {text: told for text, told in example.items() if name in text}
        point[name] = next(
            value
            for value in (*tried_and_told(asked.get(name)), *kind.tried, None)
            if all(
                brute_force.passes(table, text, {name: value}, told)
                for text, told in asked.items()
            )
        )
    return point


def tried_and_told(text):
    """Give the value that *text* writes, as JSON; there may be none."""
    if text is not None:
        value = parse_expression(text).evaluate({}, CONTEXT).value
        yield value if isinstance(value, (bool, Decimal, type(None))) else str(value)


def pairs(table, found, trials):
    true = brute_force.overlaps(trials)
    if table.policy == "ANY":
        true = {
            pair
            for pair in true
            if table.rules[pair[0] - 1][-1] != table.rules[pair[1] - 1][-1]
        }
    elif table.policy != "UNIQUE":
        true = set()
    return "overlaps", {one.rules for one in found if one.rule == "dmn-overlap"}, true


def dead(rule, found, true):
    return rule, {one.rules[0] for one in found if one.rule == rule}, true


def masked(table, found, trials):
    decides = table.policy in ("FIRST", "PRIORITY")
    return dead(
        "dmn-masked", found, brute_force.masked(table, trials) if decides else set()
    )


@pytest.mark.parametrize("first", range(0, SEEDED, 10))
def test_analysis_and_trial_agree(first):
    seeds = range(first, first + 10)

    differing = {seed: told for seed in seeds if (told := differences(seed))}

    assert differing == {}


@pytest.mark.slow
def test_analysis_and_trial_agree_on_five_thousand_tables():
    differing = {seed: told for seed in range(1000, 6000) if (told := differences(seed))}

    assert differing == {}
