"""Every shipped policy is clean, goes as its scenarios say, and is wholly taken by them."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from engine.language import say
from engine.policy import Bundle, check
from engine.policy.citations import citations_in
from engine.policy.parts import read_parts
from engine.policy.scenario import Scenario
from engine.simulation import Outcome, Stage, cast_beside, cover
from tests.policies.shipped import EACH, POLICIES, ROOT, bundle_of


@cache
def scenarios_of(key: str) -> Mapping[str, Scenario]:
    return read_parts(bundle_of(key)).scenarios


CASES = [
    pytest.param(key, name, id=f"{key}/{name}", marks=pytest.mark.xdist_group(key))
    for key in POLICIES
    for name in scenarios_of(key)
]


class Theatre:
    """Plays each scenario once, on a stage for each policy."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
        self.outcomes: dict[tuple[str, str], Outcome] = {}

    def stage(self, key: str) -> Stage:
        if key not in self.stages:
            self.stages[key] = Stage(bundle_of(key), cast_beside(ROOT))
        return self.stages[key]

    def outcome(self, key: str, name: str) -> Outcome:
        if (key, name) not in self.outcomes:
            outcome = self.stage(key).play(scenarios_of(key)[name])
            self.outcomes[key, name] = outcome
        return self.outcomes[key, name]

    def all(self, key: str) -> list[Outcome]:
        return [self.outcome(key, name) for name in scenarios_of(key)]


@pytest.fixture(scope="module")
def theatre() -> Iterator[Theatre]:
    opened = Theatre()
    yield opened
    for stage in opened.stages.values():
        stage.close()


@pytest.mark.parametrize("key", EACH)
def test_every_policy_is_clean(key: str) -> None:
    findings = check(bundle_of(key))

    assert not [f"{f.file} {f.element}: {say(f.what, 'en')}" for f in findings]


@pytest.mark.parametrize("key", EACH)
def test_every_policy_is_the_same_packed_and_unpacked(key: str) -> None:
    bundle = bundle_of(key)

    assert Bundle.from_zip(bundle.pack()).digest == bundle.digest


@pytest.mark.parametrize(("key", "name"), CASES)
def test_every_scenario_holds(theatre: Theatre, key: str, name: str) -> None:
    outcome = theatre.outcome(key, name)

    assert not [say(difference, "en") for difference in outcome.differences]


@pytest.mark.parametrize("key", EACH)
def test_every_flow_and_rule_is_taken(theatre: Theatre, key: str) -> None:
    coverage = cover(theatre.stage(key).policy, theatre.all(key))

    assert not coverage.flows_untaken
    assert not coverage.rules_untaken


@pytest.mark.parametrize("key", EACH)
def test_every_clause_is_carried(key: str) -> None:
    parts = read_parts(bundle_of(key))

    assert parts.clauses
    assert not parts.clauses.keys() - citations_in(parts).keys()


@pytest.mark.parametrize("key", EACH)
def test_every_clause_that_is_behaviour_is_proven(theatre: Theatre, key: str) -> None:
    coverage = cover(theatre.stage(key).policy, theatre.all(key))

    assert not coverage.clauses_unproven
