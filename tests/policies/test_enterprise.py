"""What the handbook of enterprises promises beyond what holds for every policy."""

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
from engine.model import Json
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
DIAGRAMS = sorted((ROOT / "processes" / "enterprise").glob("*.bpmn"))
TEMPLATE = ROOT / "processes" / ".camunda" / "element-templates" / "enterprise.json"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
#: What whoever was asked first answers for, from the first step to the last.
OWN_STEPS = ("confirm-problem", "offer-solution", "follow-up")


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "enterprise"))


def user_tasks() -> Iterator[ElementInfo]:
    for process in policy().definitions.processes.values():
        for element in process.elements.values():
            if element.kind == "userTask":
                yield element


def task(task_id: str) -> ElementInfo:
    (found,) = [each for each in user_tasks() if each.id == task_id]
    return found


def decide(decision: str, **facts: Json) -> Json:
    return policy().decisions.evaluate(decision, facts, Context(now=NOON)).value


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_a_diagram_is_fit_to_hang_on_a_wall(file: Path) -> None:
    judged = judge(file.read_bytes())
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert judged.crossings == 0
    assert not judged.problems
    assert process is not None
    assert sum(1 for each in process if each.find("{*}incoming") is not None) < MOST_SHAPES


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_applying_a_template_anew_would_take_nothing_away(file: Path) -> None:
    (template,) = json.loads(TEMPLATE.read_text("utf-8"))
    bound = {
        name
        for each in template["properties"]
        for name in (each["binding"].get("property"), each["binding"].get("name"))
    }

    for each in parse_xml(file.read_bytes()).iter(f"{BPMN}userTask"):
        assert each.get(f"{ZEEBE}modelerTemplate") == template["id"]
        assert not set(_written(each)) - bound, each.get("id")


def _written(element: etree._Element) -> Iterator[str]:
    for extension in element.iterfind("{*}extensionElements/*"):
        if extension.tag == f"{ZEEBE}ioMapping":
            continue
        for each in extension:
            yield str(each.get("name"))
        yield from map(str, extension.attrib)


def test_the_template_offers_every_form_of_the_policy() -> None:
    (template,) = json.loads(TEMPLATE.read_text("utf-8"))
    (form,) = [each for each in template["properties"] if each.get("id") == "form"]

    assert {choice["value"] for choice in form["choices"]} == set(policy().forms)


def test_every_task_says_who_with_what_why_and_until_when() -> None:
    for each in user_tasks():
        assert each.assignment.groups, each.id
        assert each.form_id, each.id
        assert each.clauses, each.id
        assert each.schedule.due or each.properties.get("deadline"), each.id


@pytest.mark.parametrize("task_id", OWN_STEPS)
def test_who_was_asked_first_does_every_step_towards_the_customer(task_id: str) -> None:
    assignee = task(task_id).assignment.assignee

    assert assignee is not None
    assert assignee.source == "=firstContact"


@pytest.mark.parametrize("task_id", OWN_STEPS)
def test_who_speaks_with_the_customer_has_set_phrases(task_id: str) -> None:
    assert task(task_id).properties.get("guides")


@pytest.mark.parametrize(
    ("kept", "late", "expected"),
    [(19, 1, "met"), (18, 1, "missed"), (95, 5, "met"), (94, 6, "missed"), (0, 0, "met")],
)
def test_95_in_100_have_to_be_registered_in_time(
    kept: int, late: int, expected: str
) -> None:
    indicators: Json = {"registeredInTime": kept, "registeredLate": late, "answers": 0}

    assert decide("appraisal", indicators=indicators) == expected


def test_greater_likelihood_or_impact_never_means_less_risk() -> None:
    levels = ("low", "medium", "high")

    table = [
        [
            levels.index(_text(decide("risk", likelihood=likelihood, impact=impact)))
            for likelihood in ("unlikely", "possible", "likely")
        ]
        for impact in ("slight", "notable", "severe")
    ]

    assert all(row == sorted(row) for row in table)
    assert all(list(column) == sorted(column) for column in zip(*table, strict=True))


def _text(risk: Json) -> str:
    assert isinstance(risk, dict)
    return str(risk["level"])


def test_other_series_leave_no_gaps_among_complaints() -> None:
    settings = policy().settings

    series = {start.process: settings.series(start)[0] for start in settings.starts}

    assert series.pop("complaint") == series.pop("online-complaint") == "enterprise"
    assert all(each.startswith("enterprise/") for each in series.values())
