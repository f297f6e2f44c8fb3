"""People of a scenario sign by themselves, and a scenario can try without."""

from engine.policy.bundle import Bundle
from engine.simulation import Outcome, cast_beside, read_scenario, run_scenario
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.engine.policy.bundles import BUNDLES, minimal

REFUSED = minimal().text("scenarios/refused.toml")
STEP = 'values = { fault = "misuse", withinWarranty = false, findings = "空转烧毁" }\n'
WITHOUT = f'[[step]]\nwaits = "investigate"\nby = "lin"\n{STEP}signed = false\n'


def play(bundle: Bundle, text: str) -> Outcome:
    scenario = read_scenario("scenarios/a.toml", text)
    return run_scenario(bundle, scenario, cast_beside(BUNDLES))


def with_step(step: str) -> str:
    first, begin, rest = REFUSED.partition("[[step]]")
    return first + step + begin + rest


def test_people_of_a_scenario_sign() -> None:
    assert play(with_signature(minimal()), REFUSED).passed


def test_a_scenario_proves_that_nothing_goes_without_a_signature() -> None:
    step = with_step(WITHOUT + 'refused = "not-allowed"\n')

    assert play(with_signature(minimal()), step).passed
    assert not play(minimal(), step).passed


def test_a_step_without_its_signature_fails() -> None:
    outcome = play(with_signature(minimal()), with_step(WITHOUT))

    assert any("password" in str(each) for each in outcome.differences)
