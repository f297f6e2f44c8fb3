"""Scenarios play what customers do: they complain, answer, and judge afterwards."""

import pytest

from engine.policy import Bundle, check
from engine.policy.parts import read_parts
from engine.simulation.cast import cast_beside
from engine.simulation.stage import Stage
from tests.open_desk import OPEN_BUNDLES


@pytest.fixture(scope="module")
def stage():
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    with Stage(bundle, cast_beside(OPEN_BUNDLES)) as stage:
        yield stage


def scenario_of(name: str):
    return read_parts(Bundle.from_folders(OPEN_BUNDLES, "open-desk")).scenarios[name]


def test_the_check_finds_nothing_in_a_policy_open_to_the_public():
    found = check(Bundle.from_folders(OPEN_BUNDLES, "open-desk"))

    assert not [(each.rule, each.file, each.element, str(each.what)) for each in found]


@pytest.mark.parametrize("name", ["asked", "by-staff", "clear"])
def test_the_scenarios_of_the_public_go_as_written(stage, name):
    outcome = stage.play(scenario_of(name))

    assert not list(map(str, outcome.differences))
