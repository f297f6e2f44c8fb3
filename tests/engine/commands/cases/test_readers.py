"""Roles that a policy names as readers see every case of it, and nothing more."""

from collections.abc import Callable

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import Actor, CaseId, Membership, NotAllowed, TaskId
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.search.cases import Cases
from engine.runtime import Engine
from tests.engine.commands.conftest import changed

NEW = 'readers = ["head"]\n'


@pytest.fixture
def far(engine: Engine, who: Callable[[str], Actor]) -> Actor:
    """The head of another unit, whom nothing of the north is offered to."""
    return Actor("far", "演示·远", memberships=frozenset({Membership("head", "south")}))


def test_readers_see_a_case_that_is_none_of_their_business_otherwise(
    deployed: Engine,
    minimal: Bundle,
    who: Callable[[str], Actor],
    investigate: TaskId,
    case_id: CaseId,
    far: Actor,
) -> None:
    with pytest.raises(NotAllowed):
        deployed.ask(CaseFile(case_id), by=far)

    reading = changed(minimal, "policy.toml", "[case]\n", f"[case]\n{NEW}")
    deployed.run(DeployBundle(reading), by=who("root"))

    assert deployed.ask(CaseFile(case_id), by=far).head.id == case_id
    listed = deployed.ask(Cases(), by=far).page.rows
    assert [each.id for each in listed] == [case_id]
    with pytest.raises(NotAllowed):
        deployed.run(ClaimTask(investigate), by=far)


def test_they_are_no_readers_once_the_policy_no_longer_says_so(
    deployed: Engine,
    minimal: Bundle,
    who: Callable[[str], Actor],
    case_id: CaseId,
    far: Actor,
) -> None:
    reading = changed(minimal, "policy.toml", "[case]\n", f"[case]\n{NEW}")
    deployed.run(DeployBundle(reading), by=who("root"))

    deployed.run(DeployBundle(minimal), by=who("root"))

    with pytest.raises(NotAllowed):
        deployed.ask(CaseFile(case_id), by=far)
    assert not deployed.ask(Cases(), by=far).page.rows
