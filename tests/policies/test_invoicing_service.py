"""What the invoicing-service policy promises beyond what holds for every policy."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from engine.bpmn import ElementInfo
from engine.diagram import judge
from engine.feel import Context
from engine.markup import parse_xml
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "processes" / "invoicing-service"
DIAGRAMS = sorted(HOME.glob("*.bpmn"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "invoicing-service"))


def element(id_: str) -> ElementInfo:
    found = [
        process.elements[id_]
        for process in policy().definitions.processes.values()
        if id_ in process.elements
    ]
    (only,) = found
    return only


def fields() -> set[str]:
    return {
        inner.path[-1]
        for form in policy().forms.values()
        for component in form.components
        for inner in component.walk()
        if inner.path
    }


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
    (template,) = json.loads((TEMPLATES / "invoicing-service.json").read_text("utf-8"))
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
    (template,) = json.loads((TEMPLATES / "invoicing-service.json").read_text("utf-8"))
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


def test_nobody_types_in_how_often_a_unit_was_complained_of() -> None:
    job = element("count-repeats").job

    assert job is not None
    assert job.headers["where"].source == "={counted: true, unit: responsibleUnit}"
    assert not {"generalBefore", "limits", "classification"} & fields()


def test_how_often_is_too_often_stands_in_a_table_alone() -> None:
    unit = {"responsibleUnit": "service-east"}

    outcome = policy().decisions.evaluate("repetition-limits", unit, Context(now=NOON))

    assert outcome.value == {"window": 90, "threshold": 3}


def test_complaints_are_numbered_by_year_month_and_a_count_of_their_own() -> None:
    settings = policy().settings

    assert (settings.number.format, settings.number.period) == ("{YYMM}{00}", "month")
    assert {start.process: settings.series(start)[0] for start in settings.starts} == {
        "complaint": "invoicing-service",
        "hotline-summary": "invoicing-service/hotline-summary",
        "monthly-statistics": "invoicing-service/monthly-statistics",
    }


def test_the_handling_form_is_printed_for_marketing_and_for_the_unit() -> None:
    printed = policy().prints["handling-form"]

    assert len(printed.copies) == 2
    assert printed.keepers == ("marketing-manager", "responsible-unit-head")


def test_what_the_unit_answers_for_is_signed() -> None:
    signed = {
        task.id
        for process in policy().definitions.processes.values()
        for task in process.elements.values()
        if task.properties.get("signed") == "yes"
    }

    assert signed == {"sign-report", "confirm-deduction", "approve-closure"}
