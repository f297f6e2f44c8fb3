"""Scenarios ask for more time, decide on it, and prove that it is not everybody's."""

import pytest

from engine.policy.bundle import Bundle
from engine.simulation import Outcome, cast_beside, read_scenario, run_scenario
from tests.engine.commands.deadlines.small_policy import extendable
from tests.engine.policy.bundles import BUNDLES, minimal

REFUSED = minimal().text("scenarios/refused.toml")
WHEN = "until = 2026-03-04T12:00:00+08:00\n"
ASKED = f'[[step]]\nextend = "investigate"\n{WHEN}reason = "等待送检"\n'
DUE = '[[step]]\nwaits = "investigate"\ndue = 2026-03-04T12:00:00+08:00\n'


def play(bundle: Bundle, steps: str) -> Outcome:
    first, begin, rest = REFUSED.partition("[[step]]")
    scenario = read_scenario("scenarios/a.toml", first + steps + begin + rest)
    return run_scenario(bundle, scenario, cast_beside(BUNDLES))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return extendable(minimal())


def test_what_is_granted_is_when_it_is_due(bundle: Bundle) -> None:
    outcome = play(bundle, f'{ASKED}by = "lin"\ngranted-by = "qian"\n{DUE}')

    assert outcome.passed, outcome.differences


def test_who_asks_is_the_first_who_may_unless_named(bundle: Bundle) -> None:
    assert play(bundle, f'{ASKED}granted-by = "qian"\n{DUE}').passed


def test_what_is_only_asked_for_changes_nothing(bundle: Bundle) -> None:
    outcome = play(bundle, ASKED + DUE)

    assert any("due at" in str(each) for each in outcome.differences)


def test_what_is_refused_changes_nothing(bundle: Bundle) -> None:
    said = 'granted-by = "qian"\ngranted = false\nremark = "不等"\n'

    assert play(bundle, ASKED + said).passed
    assert not play(bundle, ASKED + said + DUE).passed


def test_it_proves_who_must_not_decide(bundle: Bundle) -> None:
    wrong = '[[step]]\nextend = "investigate"\ngranted-by = "zhao"\n'
    right = '[[step]]\nextend = "investigate"\ngranted-by = "qian"\n'

    outcome = play(bundle, f'{ASKED}{wrong}refused = "not-allowed"\n{right}{DUE}')

    assert outcome.passed, outcome.differences
    assert not play(bundle, ASKED + wrong).passed


def test_it_proves_what_a_request_must_say(bundle: Bundle) -> None:
    silent = f'[[step]]\nextend = "investigate"\n{WHEN}refused = {{ field = "reason" }}\n'

    assert play(bundle, silent).passed
    assert not play(bundle, ASKED + 'refused = "not-allowed"\n').passed


def test_where_nothing_is_extendable_it_is_refused() -> None:
    assert play(minimal(), ASKED + 'refused = "invalid-state"\n').passed


def test_it_must_be_asked_for_first(bundle: Bundle) -> None:
    step = '[[step]]\nextend = "investigate"\ngranted-by = "qian"\n'

    assert play(bundle, step + 'refused = "not-found"\n').passed
