"""The command line says what it did, fails where it should, and speaks Chinese first."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.cli.group import COMMANDS, ELSEWHERE, LazyGroup
from engine.commands.cases.lifecycle import StartCase
from engine.model import SYSTEM
from engine.queries.progress.trace import ActorCalled, CaseTrace
from engine.runtime import Engine
from engine.settings import read_settings
from tests.engine.policy.bundles import BUNDLES, changed, minimal

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return a way to call the program in a home of its own, in English."""
    monkeypatch.setenv("COMPLAINTFLOW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COMPLAINTFLOW_POLICIES", str(BUNDLES))
    monkeypatch.setenv("COMPLAINTFLOW_PASSWORD", "ein-gutes-passwort")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, language: str = "en") -> Result:
        return CliRunner().invoke(main, ["--lang", language, *arguments])

    return run


def zip_of(folder: Path, name: str, before: str, after: str) -> str:
    path = folder / "changed.zip"
    path.write_bytes(changed(name, before, after).pack())
    return str(path)


def test_help_names_every_command_in_the_readers_language(call: Call) -> None:
    result = call("--help", language="zh_CN")

    assert result.exit_code == 0
    assert all(f"  {command} " in result.output for command in COMMANDS)
    assert "按 BPMN 流程图" in result.output


def test_help_imports_neither_tables_nor_policies() -> None:
    program = (
        "import sys; from engine.cli import main; main(['--help'], standalone_mode=False);"
        "assert not {'sqlalchemy', 'engine.policy', 'webapp'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.parametrize("name", sorted({*COMMANDS, *ELSEWHERE}))
def test_each_command_is_listed_with_what_it_says_of_itself(name: str) -> None:
    listed = COMMANDS[name].says if name in COMMANDS else ELSEWHERE[name]
    assert isinstance(main, LazyGroup)

    command = main.get_command(click.Context(main), name)

    assert command is not None
    assert command.help == listed


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_has_help(call: Call, command: str) -> None:
    result = call(command, "--help", language="zh_CN")

    assert result.exit_code == 0, result.output
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.output)


def test_a_clean_policy_passes_the_check(call: Call) -> None:
    result = call("check")

    assert (result.exit_code, result.output) == (0, "minimal: nothing is wrong.\n")


def test_the_language_comes_from_the_environment_else_chinese(
    monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    taiwan = CliRunner().invoke(main, ["check"])
    monkeypatch.setenv("LC_ALL", "C")
    china = CliRunner().invoke(main, ["check"])

    assert taiwan.output == "minimal：沒有問題。\n"
    assert china.output == "minimal：没有问题。\n"


def test_an_error_fails_the_check_with_place_fault_and_remedy(
    call: Call, tmp_path: Path
) -> None:
    bad = zip_of(
        tmp_path, "complaint.bpmn", 'candidateGroups="head"', 'candidateGroups="haed"'
    )

    result = call("check", bad)

    assert result.exit_code == 1
    assert "complaint.bpmn:approve error [role-unknown]" in result.output
    assert "→ Did you mean head?" in result.output


def test_a_warning_fails_only_a_strict_check(call: Call, tmp_path: Path) -> None:
    bad = zip_of(tmp_path, "complaint.bpmn", "=remedy =", "=remdy =")

    assert call("check", bad).exit_code == 0
    assert call("check", "--strict", bad).exit_code == 1


def test_findings_can_be_read_by_a_machine(call: Call, tmp_path: Path) -> None:
    bad = zip_of(tmp_path, "policy.toml", "title =", "titel =")

    result = call("check", "--json", bad)

    found = json.loads(result.output)
    assert {"toml-unknown-key", "toml-missing-key"} == {each["rule"] for each in found}
    assert found[0]["file"] == "policy.toml"


def test_a_dangerous_zip_is_a_finding(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(b"no zip")

    result = call("check", str(path))

    assert result.exit_code == 1
    assert "bundle-no-zip" in result.output


def test_a_policy_that_is_not_there_is_refused(call: Call) -> None:
    result = call("check", "nothing")

    assert result.exit_code == 1
    assert "there is no nothing; known policies: minimal." in result.output


def test_a_folder_that_was_unpacked_can_be_checked(call: Call, tmp_path: Path) -> None:
    for name, content in minimal().files.items():
        path = tmp_path / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    assert call("check", "unpacked").exit_code == 0


def test_scenarios_are_played_and_their_coverage_is_told(call: Call) -> None:
    result = call("scenarios", "--strict")

    assert result.exit_code == 0
    assert "✓ minimal/replaced" in result.output
    assert "3 of 3 scenarios passed; 11 of 11 flows and 3 of 3 rules taken" in result.output


def test_a_scenario_that_differs_fails(call: Call, tmp_path: Path) -> None:
    bad = zip_of(tmp_path, "scenarios/refused.toml", 'remedy = "refuse"', 'remedy = "x"')

    result = call("scenarios", bad)

    assert result.exit_code == 1
    assert "Expected remedy to be x, but it is refuse." in result.output


def test_what_one_scenario_leaves_out_is_listed(call: Call) -> None:
    result = call("scenarios", "--only", "refused", "--json")

    [played] = json.loads(result.output)
    assert ["complaint", "f6"] in played["flows"]["untaken"]
    assert played["clauses"]["unproven"] == ["MC-1", "MC-2", "MC-5"]
    assert call("scenarios", "--only", "refused", "--strict").exit_code == 1
    assert call("scenarios", "--only", "nothing").exit_code == 1


def test_packing_writes_a_zip_that_passes_the_check(call: Call) -> None:
    result = call("pack", "minimal")

    assert result.exit_code == 0
    assert call("check", "minimal.zip").exit_code == 0


def test_clauses_are_listed_with_their_places(call: Call) -> None:
    result = call("clauses")

    assert result.exit_code == 0
    assert "✓ MC-3 (role)" in result.output
    assert "roles.toml#head, complaint.bpmn#approve" in result.output


def test_an_uncited_clause_fails(call: Call, tmp_path: Path) -> None:
    bad = zip_of(tmp_path, "clauses.toml", "[", '["MC-9"]\nsays = "x"\nkind = "flow"\n[')

    assert call("clauses", bad).exit_code == 1


def test_a_policy_is_deployed_once(call: Call) -> None:
    first, second = call("deploy", "minimal"), call("deploy", "minimal")

    assert first.exit_code == 0
    assert second.exit_code == 1
    assert "Expected something new to deploy" in second.output


def test_a_policy_with_errors_is_not_deployed(call: Call, tmp_path: Path) -> None:
    bad = zip_of(tmp_path, "complaint.bpmn", 'formId="approve"', 'formId="aprove"')

    result = call("deploy", bad)

    assert result.exit_code == 1
    assert "form-unknown" in result.output
    assert call("deploy", "minimal").exit_code == 0


def test_people_are_let_in_and_hold_roles(call: Call) -> None:
    assert call("people", "add-unit", "north", "北区", "branch").exit_code == 0
    assert call("people", "add", "mei", "梅", "--right", "admin").exit_code == 0
    assert call("people", "grant", "mei", "head", "--unit", "north").exit_code == 0

    [mei] = json.loads(call("people", "list", "--json").output)

    assert (mei["login"], mei["rights"]) == ("mei", ["admin"])
    assert mei["roles"] == [{"role": "head", "unit": "north"}]
    assert call("people", "revoke", "mei", "head", "--unit", "north").exit_code == 0
    assert call("people", "password", "mei").exit_code == 0
    assert call("people", "add", "mei", "梅").exit_code == 1
    assert json.loads(call("people", "units", "--json").output)[0]["key"] == "north"


def test_demo_people_come_once(call: Call) -> None:
    first, second = call("people", "demo"), call("people", "demo")

    assert first.output == "Added 4 demo people.\n"
    assert second.output == "Added 0 demo people.\n"


def test_a_case_can_be_found_shown_and_ended(call: Call, tmp_path: Path) -> None:
    number = _registered(call, tmp_path)

    [case] = json.loads(call("cases", "list", "--json", "漏水").output)
    shown = json.loads(call("cases", "show", number, "--json").output)

    assert case["number"] == number
    assert [task["element"] for task in shown["tasks"]] == ["investigate"]
    assert shown["variables"]["subject"] == "水泵漏水"
    assert call("cases", "cancel", number, "重复登记").exit_code == 0
    assert (
        json.loads(call("cases", "show", number, "--json").output)["state"] == "cancelled"
    )
    assert call("cases", "show", "X-1").exit_code == 1


def test_an_untouched_journal_verifies(call: Call) -> None:
    call("deploy", "minimal")

    result = call("verify")

    assert (result.exit_code, result.output) == (
        0,
        "The journal is as it was written, and every case waits for what its records"
        " say.\n",
    )


def test_a_diagram_is_laid_out(call: Call, tmp_path: Path) -> None:
    source = BUNDLES / "processes" / "minimal" / "complaint.bpmn"
    shutil.copy(source, tmp_path / "a.bpmn")

    result = call("layout", "a.bpmn", "--output", "b.bpmn")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "b.bpmn").read_bytes() != source.read_bytes()
    assert (tmp_path / "a.bpmn").read_bytes() == source.read_bytes()


def _registered(call: Call, tmp_path: Path) -> str:
    """Register a complaint beside the command line, and return its number."""
    from_home = Engine(read_settings(tmp_path / "home"))
    call("deploy", "minimal")
    call("people", "demo")
    values = {"customerName": "演示", "subject": "水泵漏水", "branch": "north"}
    lin = from_home.ask(ActorCalled("lin"), by=SYSTEM)
    case = from_home.run(StartCase("minimal", "complaint", values), by=lin)
    trace = from_home.ask(CaseTrace(case), by=SYSTEM)
    from_home.close()
    return trace.number


def test_the_rules_are_listed_in_the_readers_language(call: Call) -> None:
    listed = call("--lang", "zh_CN", "rules")

    assert "bpmn-flow-border  顺序流不穿过子流程的边界。" in listed.output


def test_the_written_table_of_rules_is_that_of_the_command(call: Call) -> None:
    written = Path(__file__).parents[3] / "processes" / "RULES.md"

    assert call("rules", "--markdown").output == written.read_text("utf-8")
