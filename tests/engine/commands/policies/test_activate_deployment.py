import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.model import DeploymentId, InvalidState, NotAllowed, NotFound
from engine.store.models import Case, Policy
from tests.engine.commands.conftest import ENTERED, changed
from tests.engine.commands.knowing import rows

FIRST, SECOND = DeploymentId(1), DeploymentId(2)


@pytest.fixture
def twice(deployed, who, minimal):
    """Two deployments of the small policy, the second one active."""
    newer = changed(minimal, "policy.toml", "简易投诉", "新版投诉")
    deployed.run(DeployBundle(newer), by=who("root"))
    return deployed


def test_going_back_is_one_command(twice, who):
    twice.run(ActivateDeployment(FIRST), by=who("root"))

    [policy] = rows(twice, Policy)
    assert (policy.active_deployment_id, policy.title) == (FIRST, "简易投诉")


def test_open_cases_stay_on_theirs(twice, who):
    twice.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    twice.run(ActivateDeployment(FIRST), by=who("root"))
    twice.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    assert [case.deployment_id for case in rows(twice, Case)] == [SECOND, FIRST]


def test_it_needs_the_right_to_deploy(twice, who):
    with pytest.raises(NotAllowed):
        twice.run(ActivateDeployment(FIRST), by=who("lin"))


def test_it_refuses_what_is_active_already(twice, who):
    with pytest.raises(InvalidState, match="but 2 is"):
        twice.run(ActivateDeployment(SECOND), by=who("root"))


def test_it_refuses_an_unknown_deployment(twice, who):
    with pytest.raises(NotFound):
        twice.run(ActivateDeployment(DeploymentId(99)), by=who("root"))
