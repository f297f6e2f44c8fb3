"""Reads a scenario and plays it."""

from pathlib import Path

from engine.model import BundleInvalid
from engine.policy.bundle import Bundle
from engine.policy.scenario import Scenario, parse_scenario
from engine.simulation.cast import Cast
from engine.simulation.outcome import Outcome
from engine.simulation.stage import Stage


def read_scenario(path: Path | str, text: str) -> Scenario:
    """Return the scenario that the file at *path* says.

    Raises:
        BundleInvalid: With everything that is wrong with it.
    """
    scenario, findings = parse_scenario(str(path), text)
    if scenario is None:
        raise BundleInvalid(tuple(findings))
    return scenario


def run_scenario(bundle: Bundle, scenario: Scenario, cast: Cast) -> Outcome:
    """Play *scenario* on *bundle* with the people of *cast*, in a database of its own.

    For several scenarios of one bundle, a `Stage` is set up once.

    Raises:
        BundleInvalid: If the bundle cannot be deployed.
    """
    with Stage(bundle, cast) as stage:
        return stage.play(scenario)
