"""Completing a signed task takes the password; the interface cannot vouch for itself."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.store.models import Signature
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.people import PASSWORD, actor


@pytest.fixture
def place(deployed, minimal):
    deployed.run(DeployBundle(with_signature(minimal)), by=actor(deployed, "root"))
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=actor(deployed, "lin"))
    return f"/tasks/{waiting(deployed, 'investigate')}/complete"


def test_with_the_password_it_is_signed(engine, caller, place):
    answer = caller("lin").post(place, {"values": FOUND, "password": PASSWORD})

    assert answer.status_code == 200
    assert [signature.login for signature in rows(engine, Signature)] == ["lin"]


@pytest.mark.parametrize(
    ("more", "status"), [({}, 403), ({"password": "other"}, 403), ({"holds": True}, 422)]
)
def test_without_it_nothing_is_signed(engine, caller, place, more, status):
    answer = caller("lin").post(place, {"values": FOUND} | more)

    assert answer.status_code == status
    assert rows(engine, Signature) == []
