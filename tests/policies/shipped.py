"""The shipped policies as tests look at them, each read once."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn import ElementInfo
from engine.feel import Context
from engine.model import Json
from engine.policy import Bundle, LoadedPolicy, load, policy_keys

ROOT = Path(__file__).resolve().parents[2]
POLICIES = policy_keys(ROOT)
#: Each with all of its tests in one process: its scenarios are played once.
EACH = [pytest.param(key, id=key, marks=pytest.mark.xdist_group(key)) for key in POLICIES]
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"


@cache
def bundle_of(key: str) -> Bundle:
    return Bundle.from_folders(ROOT, key)


@cache
def policy_of(key: str) -> LoadedPolicy:
    return load(bundle_of(key))


@cache
def templates() -> dict[str, dict[str, Any]]:
    """Return the element templates of all policies by their id."""
    return {
        each["id"]: each
        for file in sorted(TEMPLATES.glob("*.json"))
        for each in json.loads(file.read_text("utf-8"))
    }


def task_template(key: str) -> dict[str, Any]:
    """Return the template from which the policy's tasks of people are made."""
    return templates()[f"complaintflow.{key}.task"]


class Shipped:
    """One policy, asked the way its tests ask."""

    def __init__(self, key: str) -> None:
        self.key = key

    @property
    def policy(self) -> LoadedPolicy:
        return policy_of(self.key)

    def elements(self) -> Iterator[ElementInfo]:
        for process in self.policy.definitions.processes.values():
            yield from process.elements.values()

    def element(self, id_: str) -> ElementInfo:
        (found,) = [each for each in self.elements() if each.id == id_]
        return found

    def user_tasks(self) -> list[ElementInfo]:
        return [each for each in self.elements() if each.kind == "userTask"]

    def decide(self, decision: str, **facts: Json) -> Json:
        return self.policy.decisions.evaluate(decision, facts, Context(now=NOON)).value

    def reached(self, process: str, start: str, without: str) -> set[str]:
        """Return what flows lead to from `start` on ways not through `without`."""
        leading: dict[str, set[str]] = {}
        for flow in self.policy.definitions.process(process).flows.values():
            leading.setdefault(flow.source, set()).add(flow.target)

        reached, ahead = set[str](), [start]
        while ahead:
            here = ahead.pop()
            if here not in reached | {without}:
                reached.add(here)
                ahead += leading.get(here, ())
        return reached
