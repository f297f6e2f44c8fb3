"""``complaintflow verify`` names a signature that was changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from engine.cli import main
from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import read_settings
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.people import actor, settle


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minimal: Bundle) -> Engine:
    """An installation in which one step was signed."""
    monkeypatch.setenv("COMPLAINTFLOW_HOME", str(tmp_path))
    engine = Engine(read_settings(tmp_path))
    engine.migrate()
    settle(engine)
    engine.run(DeployBundle(with_signature(minimal)), by=SYSTEM)
    engine.run(StartCase("minimal", "complaint", ENTERED), by=actor(engine, "lin"))
    task_id, proof = waiting(engine, "investigate"), Proof("", holds=True)
    engine.run(CompleteTask(task_id, FOUND, proof), by=actor(engine, "lin"))
    return engine


def verify(*more: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", "en", "verify", *more])
    return result.exit_code, result.output


def test_an_untouched_signature_verifies(home: Engine) -> None:
    home.close()

    assert verify()[0] == 0


def test_a_changed_signature_is_named(home: Engine) -> None:
    with home.database.connections.begin() as connection:
        connection.execute(text("UPDATE signature SET name = '赵主管'"))
    home.close()

    code, said = verify("--json")

    assert code == 1
    [fault] = json.loads(said)
    assert fault["stream"] == "case:1"
    assert fault["what"].startswith("Signature 1 of case ")
    assert fault["what"].endswith("was changed.")
