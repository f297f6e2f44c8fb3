"""Those scenarios are asked that can notice a change, and those that look at it first."""

import pytest

from engine.policy import Bundle, load
from engine.policy.parts import read_parts
from engine.simulation import Stage, cast_beside
from engine.simulation.mutation import mutations
from engine.simulation.mutation.touching import Passages
from tests.engine.policy.bundles import BUNDLES, minimal

REPLACED = read_parts(minimal()).scenarios["replaced"]


@pytest.fixture(scope="module")
def passages() -> Passages:
    scenarios = read_parts(minimal()).scenarios
    with Stage(minimal(), cast_beside(BUNDLES)) as stage:
        outcomes = [stage.play(each) for each in scenarios.values()]
    return Passages(load(minimal()), scenarios, outcomes)


def asked(passages: Passages, kind: str, element: str, what: str = "") -> list[str]:
    mutation = next(
        each
        for each in mutations(minimal())
        if (each.kind, each.element) == (kind, element) and what in str(each.what)
    )
    return [scenario.id for scenario in passages.by(mutation)]


def test_who_names_the_deadline_of_a_task_is_asked_before_shorter_ones(
    passages: Passages,
) -> None:
    order = asked(passages, "deadline", "investigate")

    assert order[0] == "replaced"
    assert set(order) == {"replaced", "refused", "within-warranty"}


def test_who_is_refused_at_a_form_is_asked_about_its_fields_alone(
    passages: Passages,
) -> None:
    assert asked(passages, "required field", "findings") == ["refused"]
    assert asked(passages, "required field", "agreed") == []


def test_who_hits_a_rule_is_asked_before_others_of_its_table(passages: Passages) -> None:
    order = asked(passages, "table cell", "rule-quality")

    assert order[0] == "replaced"
    assert len(order) == 3


def test_a_change_is_felt_where_the_case_comes_by(passages: Passages) -> None:
    cell, limit = (
        next(each for each in mutations(minimal()) if each.element == element)
        for element in ("rule-quality", "investigate")
    )

    with Stage(minimal(), cast_beside(BUNDLES)) as stage:
        pauses = stage.rehearse(REPLACED)

    pause = passages.unfelt(cell, REPLACED, pauses)
    assert pause is not None
    assert not pause.rules
    assert pauses[pause.standing.steps + 1].rules
    assert passages.unfelt(limit, REPLACED, pauses) is None


@pytest.mark.slow
def test_going_on_from_a_pause_comes_to_what_playing_all_does(passages: Passages) -> None:
    original, files = load(minimal()), minimal().files

    with Stage(minimal(), cast_beside(BUNDLES)) as stage:
        for mutation in mutations(minimal()):
            changed = {**files, mutation.file: mutation.content}
            for scenario in passages.by(mutation):
                stage.replace(original)
                pauses = stage.rehearse(scenario)
                pause = passages.unfelt(mutation, scenario, pauses)
                stage.replace(load(Bundle("minimal", changed)))
                if pause is not None:
                    whole = stage.play(scenario)
                    assert stage.resume(scenario, pause).passed == whole.passed
