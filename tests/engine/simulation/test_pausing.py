"""A scenario can be gone on with from between any two of its steps."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from engine.policy import load
from engine.policy.parts import read_parts
from engine.simulation import Stage, cast_beside
from engine.simulation.pausing import Pages
from tests.engine.policy.bundles import BUNDLES, changed, minimal

REPLACED = read_parts(minimal()).scenarios["replaced"]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage(minimal(), cast_beside(BUNDLES)) as ready:
        yield ready


def test_there_is_a_pause_before_each_step(stage: Stage) -> None:
    pauses = stage.rehearse(REPLACED)

    assert [each.standing.steps for each in pauses] == list(range(len(REPLACED.steps)))
    assert all(one.flows <= next_.flows for one, next_ in pairwise(pauses))
    assert pauses[-1].rules == {("remedy", "rule-quality")}


def test_from_each_pause_on_it_goes_as_from_the_beginning(stage: Stage) -> None:
    pauses, whole = stage.rehearse(REPLACED), stage.play(REPLACED)

    for pause in reversed(pauses):
        assert stage.resume(REPLACED, pause) == whole


def test_another_policy_can_take_the_place_of_the_deployed_one(stage: Stage) -> None:
    later = load(changed("complaint.bpmn", '"3 working hours"', '"4 working hours"'))
    original = stage.policy

    stage.replace(later)
    outcome = stage.play(REPLACED)
    stage.replace(original)

    assert [str(each).split(",")[0] for each in outcome.differences] == [
        "Step 1: Expected 调查投诉 to be due at 2026-03-02T13:40+08:00"
    ]
    assert stage.play(REPLACED).passed


def test_pages_that_are_alike_are_kept_once() -> None:
    pages = Pages()

    first, second = pages.of(b"a" * 4096 + b"b"), pages.of(b"c" * 4096 + b"b")

    assert b"".join(first) == b"a" * 4096 + b"b"
    assert first[1] is second[1]
