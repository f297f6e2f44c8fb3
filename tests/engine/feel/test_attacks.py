"""Whatever is written, an evaluation ends soon and small: with a value or a refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.calendar import DEFAULT_CALENDAR
from engine.feel import (
    Budget,
    BudgetExceeded,
    Context,
    SyntaxProblem,
    parse_expression,
    to_json,
    working_time_functions,
)
from engine.feel.run import Run
from engine.feel.values.text import literal_text
from tests.engine.feel.asking import NOW
from tests.engine.feel.attacks import ATTACKS
from tests.engine.feel.attacks.pieces import NO_FEEL

ROOT = Path(__file__).resolve().parents[3]
FUNCTIONS = working_time_functions(DEFAULT_CALENDAR)
REFUSALS = {"steps", "depth", "seconds", "size", "memory"}
SECONDS, MEGABYTES = 2, 100


@pytest.mark.parametrize(("source", "expected"), ATTACKS.values(), ids=ATTACKS)
def test_it_is_refused_by_the_name_of_the_budget_or_has_a_value(source, expected):
    # Few steps and much time, so that a slow machine gives the same refusals.
    seconds = 0.2 if expected == "seconds" else 60
    context = Context(NOW, FUNCTIONS, Budget(steps=200_000, seconds=seconds))

    try:
        value = parse_expression(source, tuple(FUNCTIONS)).evaluate({}, context).value
        if not expected.startswith("= "):
            to_json(value)
        found = "= " + literal_text(value, Run(Budget(), NOW))
    except BudgetExceeded as refusal:
        found = refusal.budget
    except SyntaxProblem:
        found = NO_FEEL

    assert found == expected


def test_there_are_many_attacks():
    assert len(ATTACKS) > 230
    assert {expected for _, expected in ATTACKS.values()} >= REFUSALS


@pytest.mark.slow
def test_none_takes_longer_or_more_than_it_may():
    command = [sys.executable, "-m", "tests.engine.feel.attacks.under_limits"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=600, check=True)

    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line[0] for line in told] == list(ATTACKS)
    for name, found, seconds, megabytes in told:
        assert found in REFUSALS | {"value", NO_FEEL}, name
        assert seconds < SECONDS, name
        assert megabytes < MEGABYTES, name
