"""``complaintflow mutate`` lists what nobody guards, and fails on too much of it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from tests.engine.policy.bundles import BUNDLES


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPLAINTFLOW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COMPLAINTFLOW_POLICIES", str(BUNDLES))


def mutate(*arguments: str) -> Result:
    chosen = ["--lang", "en", "mutate", "minimal", "--processors", "1"]
    return CliRunner().invoke(main, [*chosen, *arguments])


@pytest.mark.usefixtures("home")
def test_unguarded_changes_are_listed_and_counted() -> None:
    result = mutate("--kind", "deadline")

    assert result.exit_code == 1
    warn = "unguarded: deadline, complaint.bpmn investigate: warn: 2 working hours → 3"
    assert warn in result.output
    assert "minimal: " in result.output
    assert "changes unnoticed" in result.output


@pytest.mark.usefixtures("home")
def test_as_many_as_allowed_may_go_unnoticed() -> None:
    assert mutate("--kind", "deadline", "--most", "100").exit_code == 0


@pytest.mark.usefixtures("home")
def test_a_machine_reads_every_change() -> None:
    result = mutate("--kind", "safeguard", "--json")

    [policy] = json.loads(result.stdout)
    assert policy["policy"] == "minimal"
    assert {change["kind"] for change in policy["changes"]} == {"safeguard"}
    assert policy["counted"] == len(policy["changes"])


@pytest.mark.usefixtures("home")
def test_an_unknown_kind_of_change_is_refused() -> None:
    assert mutate("--kind", "colour").exit_code == 2
