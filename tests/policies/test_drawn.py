"""Every shipped diagram is fit to be shown, and is made from its policy's templates."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.diagram import judge
from engine.markup import parse_xml
from tests.policies.shipped import POLICIES, ROOT, Shipped, task_template, templates

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MOST_SHAPES = 30
#: What is made from a template: what a person does, what is sent, what a table decides.
FROM_TEMPLATES = (f"{BPMN}userTask", f"{BPMN}sendTask", f"{BPMN}businessRuleTask")
#: Steps of which no clause says until when: a guest is not left alone.
UNTIMED = {"hotel": {"stay-with-guest"}}


def files(ending: str) -> list[Path]:
    return [
        file for key in POLICIES for file in sorted((ROOT / "processes" / key).glob(ending))
    ]


def name_of(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@pytest.mark.parametrize("file", files("*.bpmn"), ids=name_of)
def test_a_diagram_is_fit_to_hang_on_a_wall(file: Path) -> None:
    judged = judge(file.read_bytes())
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert judged.crossings == 0
    assert not judged.problems
    assert process is not None
    assert sum(1 for each in process if each.find("{*}incoming") is not None) < MOST_SHAPES


@pytest.mark.parametrize("file", [*files("*.bpmn"), *files("*.dmn")], ids=name_of)
def test_no_id_is_used_twice_in_a_file(file: Path) -> None:
    ids = Counter(each.get("id") for each in parse_xml(file.read_bytes()).iter())

    assert not [id_ for id_, count in ids.items() if id_ and count > 1]


@pytest.mark.parametrize("file", files("*.bpmn"), ids=name_of)
def test_applying_a_template_anew_would_take_nothing_away(file: Path) -> None:
    for task in parse_xml(file.read_bytes()).iter(*FROM_TEMPLATES):
        template = templates()[task.get(f"{ZEEBE}modelerTemplate", "")]

        assert not set(_written(task)) - _bound(template), task.get("id")


def _bound(template: Mapping[str, Any]) -> set[str]:
    """Return what the template's properties are bound to, as `_written` says it."""
    bindings = [each["binding"] for each in template["properties"]]
    return {
        f"{each['type']} "
        f"{each.get('property') or each.get('name') or each.get('key', '')}".strip()
        for each in bindings
    }


def _written(task: etree._Element) -> Iterator[str]:
    """Yield what a task says of itself, but for values that it reads and gives."""
    for extension in task.iterfind("{*}extensionElements/*"):
        kind = f"zeebe:{etree.QName(extension).localname}"
        if kind == "zeebe:ioMapping":
            continue
        if kind == "zeebe:properties":
            yield from (f"zeebe:property {each.get('name')}" for each in extension)
        elif kind == "zeebe:taskHeaders":
            yield from (f"zeebe:taskHeader {each.get('key')}" for each in extension)
        elif extension.attrib:
            yield from (f"{kind} {name}" for name in map(str, extension.attrib))
        else:
            yield kind


@pytest.mark.parametrize("key", POLICIES)
def test_the_template_offers_every_form_of_the_policy(key: str) -> None:
    (form,) = [
        each
        for each in task_template(key)["properties"]
        if each["binding"]["type"] == "zeebe:formDefinition"
    ]

    assert {choice["value"] for choice in form["choices"]} == set(Shipped(key).policy.forms)


@pytest.mark.parametrize("key", POLICIES)
def test_every_task_of_a_person_says_who_with_what_and_why(key: str) -> None:
    for task in Shipped(key).user_tasks():
        assert task.assignment.groups, task.id
        assert task.form_id, task.id
        assert task.clauses, task.id


@pytest.mark.parametrize("key", sorted(set(POLICIES) - {"product-quality"}))
def test_every_task_of_a_person_says_until_when(key: str) -> None:
    untimed = {
        task.id
        for task in Shipped(key).user_tasks()
        if not (task.schedule.due or task.properties.get("deadline"))
    }

    assert untimed == UNTIMED.get(key, set())


@pytest.mark.parametrize("key", POLICIES)
def test_cases_begun_by_the_schedule_leave_no_gaps_among_complaints(key: str) -> None:
    settings = Shipped(key).policy.settings
    series = {start: settings.series(start)[0] for start in settings.starts}

    assert key in series.values()
    for start, name in series.items():
        assert start.by != "schedule" or name == f"{key}/{start.process}"
