"""The documents name what is there."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from engine.cli import main

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = (
    *READMES,
    "CONTRIBUTING.md",
    "DECISIONS.md",
    "CHANGELOG.md",
    "processes/README.md",
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def commands() -> list[str]:
    return main.list_commands(click.Context(main))


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readmes_and_has_help(command: str) -> None:
    asked = CliRunner().invoke(main, ["--lang", "en", command, "--help"])

    assert asked.exit_code == 0
    assert len(asked.output.splitlines()) > 4
    for name in READMES:
        assert f"`complaintflow {command}" in (ROOT / name).read_text("utf-8"), name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    named = set(re.findall(r"`complaintflow ([a-z]+)", text))

    assert named <= set(commands())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(name: str) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text("utf-8"), re.M))

    assert named <= set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    document = ROOT / name

    links = [a or b for a, b in LINK.findall(document.read_text("utf-8"))]

    local = [link for link in links if not link.startswith("https://")]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_both_readmes_name_every_setting() -> None:
    settings = (ROOT / "engine" / "settings.py").read_text("utf-8")

    named = re.findall(r'value\("([A-Z_]+)"\)', settings)

    assert named
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        assert [each for each in named if f"`COMPLAINTFLOW_{each}`" not in text] == []
