"""What the service-desk policy promises beyond what holds for every policy."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from engine.diagram import judge
from engine.feel import Context
from engine.markup import parse_xml
from engine.model import Json
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "processes" / "service-desk"
DIAGRAMS = sorted(HOME.glob("*.bpmn"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "service-desk"))


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_a_diagram_is_fit_to_hang_on_a_wall(file: Path) -> None:
    judged = judge(file.read_bytes())
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert judged.crossings == 0
    assert not judged.problems
    assert process is not None
    assert (
        sum(1 for child in process if child.find("{*}incoming") is not None) < MOST_SHAPES
    )


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_applying_a_template_anew_would_take_nothing_away(file: Path) -> None:
    (template,) = json.loads((TEMPLATES / "service-desk.json").read_text("utf-8"))
    bound = {
        name
        for each in template["properties"]
        for name in (each["binding"].get("property"), each["binding"].get("name"))
    }

    for task in parse_xml(file.read_bytes()).iter(f"{BPMN}userTask"):
        assert task.get(f"{ZEEBE}modelerTemplate") == template["id"]
        assert not set(_written(task)) - bound, task.get("id")


def _written(task: etree._Element) -> Iterator[str]:
    for extension in task.iterfind("{*}extensionElements/*"):
        for each in extension:
            yield str(each.get("name"))
        yield from map(str, extension.attrib)


def test_the_template_offers_every_form_of_the_policy() -> None:
    (template,) = json.loads((TEMPLATES / "service-desk.json").read_text("utf-8"))
    (form,) = (each for each in template["properties"] if each.get("id") == "form")

    assert {choice["value"] for choice in form["choices"]} == set(policy().forms)


def test_every_task_of_a_person_says_who_with_what_why_and_until_when() -> None:
    for process in policy().definitions.processes.values():
        for task in process.elements.values():
            if task.kind == "userTask":
                assert task.assignment.groups, task.id
                assert task.form_id, task.id
                assert task.clauses, task.id
                assert task.schedule.due or task.properties.get("deadline"), task.id


SLIGHT = {
    "ground": "promise",
    "harm": "slight",
    "timesRaised": 1,
    "fromKeyAccount": False,
    "easilyMended": None,
    "severity": None,
    "weekOver": None,
    "verified": None,
}


def severity(**facts: Json) -> Json:
    context = Context(now=NOON)
    return policy().decisions.evaluate("severity", {**SLIGHT, **facts}, context).value


@pytest.mark.parametrize("verified", [None, "valid"])
def test_an_important_complaint_that_was_open_for_a_week_is_major(
    verified: str | None,
) -> None:
    important = severity()

    again = severity(severity=important, weekOver=True, verified=verified)

    assert important == {"level": "important", "basis": "SD-5.2"}
    assert again == {"level": "major", "basis": "SD-5.3.3"}


def test_a_complaint_that_was_not_substantiated_never_becomes_major_by_time() -> None:
    again = severity(severity=severity(), weekOver=True, verified="not-valid")

    assert again == {"level": "important", "basis": "SD-5.2"}


def test_what_became_major_by_time_stays_major() -> None:
    major = {"level": "major", "basis": "SD-5.3.3"}

    assert severity(severity=major, weekOver=True, verified="not-valid") == major


def test_statistics_do_not_use_up_the_numbers_of_complaints() -> None:
    settings = policy().settings

    assert {start.process: settings.series(start)[0] for start in settings.starts} == {
        "complaint": "service-desk",
        "monthly-statistics": "service-desk/monthly-statistics",
    }


@pytest.mark.parametrize(
    "task",
    ["take-on", "solve-today", "solve-minor", "solve-important", "solve-major"],
)
def test_whoever_handles_a_complaint_is_told_by_when(task: str) -> None:
    (element,) = (
        process.elements[task]
        for process in policy().definitions.processes.values()
        if task in process.elements
    )

    assert element.schedule.due or element.properties.get("deadline")
    assert element.properties.get("warn")
