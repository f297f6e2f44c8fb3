"""Scenarios play what customers do: they complain, answer, and judge afterwards."""

import pytest

from engine.policy import Bundle, check
from engine.policy.parts import read_parts
from engine.simulation.cast import cast_beside
from engine.simulation.scenario import read_scenario
from engine.simulation.stage import Stage
from tests.open_desk import OPEN_BUNDLES


@pytest.fixture(scope="module")
def stage():
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    with Stage(bundle, cast_beside(OPEN_BUNDLES)) as stage:
        yield stage


ASKED = Bundle.from_folders(OPEN_BUNDLES, "open-desk").text("scenarios/asked.toml")


def scenario_of(name: str):
    return read_parts(Bundle.from_folders(OPEN_BUNDLES, "open-desk")).scenarios[name]


def test_the_check_finds_nothing_in_a_policy_open_to_the_public():
    found = check(Bundle.from_folders(OPEN_BUNDLES, "open-desk"))

    assert not [(each.rule, each.file, each.element, str(each.what)) for each in found]


@pytest.mark.parametrize("name", ["asked", "by-staff", "clear"])
def test_the_scenarios_of_the_public_go_as_written(stage, name):
    outcome = stage.play(scenario_of(name))

    assert not list(map(str, outcome.differences))


@pytest.mark.parametrize(("asked", "field"), [("reply", "receipt"), ("score", "words")])
def test_a_field_that_customers_may_leave_out_is_told(stage, asked, field):
    wrong = ASKED.replace(f'without = ["{asked}"]', f'without = ["{field}"]')

    outcome = stage.play(read_scenario("scenarios/a.toml", wrong))

    (told,) = map(str, outcome.differences)
    assert told.endswith(f"Expected to be refused without {field}, but it is not.")


def test_a_letter_to_the_customer_goes_to_the_address_they_gave(stage):
    wrong = ASKED.replace('email = "customer@', 'email = "nobody@')

    outcome = stage.play(read_scenario("scenarios/a.toml", wrong))

    (told,) = map(str, outcome.differences)
    assert told.startswith("Expected complaint-received to go to nobody@example.com")
