"""Scenarios notice what they guard; what they do not guard is told."""

import pytest

from engine.model import EngineError
from engine.policy import Bundle
from engine.simulation import cast_beside
from engine.simulation.mutation import Verdict, judge_all, mutations
from tests.engine.policy.bundles import BUNDLES, minimal, with_file

CAST = cast_beside(BUNDLES)


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return list(judge_all(minimal(), CAST, mutations(minimal())))


def of(verdicts: list[Verdict], element: str, what: str) -> Verdict:
    (found,) = [
        each
        for each in verdicts
        if (each.mutation.element, str(each.mutation.what)) == (element, what)
    ]
    return found


def test_each_mutation_has_one_verdict(verdicts: list[Verdict]) -> None:
    assert [each.mutation.number for each in verdicts] == list(
        range(1, len(mutations(minimal())) + 1)
    )


def test_a_deadline_that_a_scenario_names_is_guarded(verdicts: list[Verdict]) -> None:
    verdict = of(verdicts, "investigate", "deadline: 3 working hours → 4 working hours")

    assert verdict.noticed_by == "replaced"
    assert not verdict.unguarded


def test_a_reminder_that_no_scenario_names_is_not(verdicts: list[Verdict]) -> None:
    verdict = of(verdicts, "investigate", "warn: 2 working hours → 3 working hours")

    assert verdict.unguarded


def test_a_condition_turned_round_is_noticed(verdicts: list[Verdict]) -> None:
    turned = [each for each in verdicts if str(each.mutation.what).endswith(")")]

    assert turned
    assert not any(each.unguarded for each in turned if each.mutation.kind == "condition")


def test_what_cannot_be_deployed_needs_no_guard() -> None:
    (first, *_) = mutations(minimal())
    broken = Bundle("minimal", {**minimal().files, first.file: b"<broken"})
    mutation = type(first)(
        first.kind, first.file, first.element, first.what, broken.files[first.file]
    )

    (verdict,) = judge_all(minimal(), CAST, [mutation])

    assert verdict.refused
    assert not verdict.unguarded


def test_a_policy_whose_scenarios_fail_is_not_judged() -> None:
    wrong = minimal().text("scenarios/refused.toml").replace('"closed"', '"cancelled"')
    bundle = with_file("scenarios/refused.toml", wrong.encode())

    with pytest.raises(EngineError, match="Expected every scenario to pass"):
        list(judge_all(bundle, CAST, mutations(bundle)[:1]))


def test_several_processors_come_to_the_same_verdicts(verdicts: list[Verdict]) -> None:
    chosen = mutations(minimal())[:6]

    assert list(judge_all(minimal(), CAST, chosen, processors=2)) == verdicts[:6]
