"""What tests of what people do by hand start from: the fixtures of commands."""

from collections.abc import Sequence

import pytest

from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.runtime import Engine
from engine.store.agreeing import find_disagreements
from engine.store.models import Notice
from engine.store.verifying import verify
from tests.engine.commands.knowing import rows


def faults(engine: Engine) -> list[str]:
    """Return what `verify` tells of the journal and of the cases."""
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [
            str(each.sentence) for each in (*verify(reading), *find_disagreements(reading))
        ]


def told(engine: Engine, login: str) -> Sequence[str]:
    """Return what was told to somebody of what was done by hand."""
    notices = rows(engine, Notice, Notice.login == login, Notice.kind == "routed")
    return [str(each.sentence) for each in notices]


def forbid(engine: Engine, minimal: Bundle, who, section: str) -> None:
    """Deploy the small policy with another [routing], for cases to come."""
    files = dict(minimal.files)
    files["policy.toml"] = files["policy.toml"] + f"\n[routing]\n{section}\n".encode()
    engine.run(DeployBundle(Bundle("minimal", files)), by=who("root"))


@pytest.fixture
def second_clerk(deployed, who):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    return who("wu")
