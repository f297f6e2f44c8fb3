"""What the policy of a retail chain promises beyond what holds for every policy."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from engine.bpmn import ElementInfo
from engine.diagram import judge
from engine.markup import parse_xml
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
DIAGRAMS = sorted((ROOT / "processes" / "retail").glob("*.bpmn"))
TEMPLATE = ROOT / "processes" / ".camunda" / "element-templates" / "retail.json"
MOST_SHAPES = 30
#: What the customer is told or asked, and what is done for the customer.
BEYOND_APPROVAL = {"tell-customer", "answer-solution", "negotiate", "explain-other-ways"}


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "retail"))


def user_tasks() -> Iterator[ElementInfo]:
    for process in policy().definitions.processes.values():
        for element in process.elements.values():
            if element.kind == "userTask":
                yield element


def task(task_id: str) -> ElementInfo:
    (found,) = [each for each in user_tasks() if each.id == task_id]
    return found


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_a_diagram_is_fit_to_hang_on_a_wall(file: Path) -> None:
    report = judge(file.read_bytes())
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert not report.problems
    assert report.crossings == 0
    assert process is not None
    assert sum(1 for each in process if each.find("{*}incoming") is not None) < MOST_SHAPES


def test_every_task_of_a_person_says_who_with_what_and_why() -> None:
    for each in user_tasks():
        assert each.assignment.groups, each.id
        assert each.form_id, each.id
        assert each.clauses, each.id


def test_the_template_offers_every_form_of_the_policy() -> None:
    (template,) = json.loads(TEMPLATE.read_text("utf-8"))
    (forms,) = [each for each in template["properties"] if each.get("id") == "form"]

    assert {choice["value"] for choice in forms["choices"]} == set(policy().forms)


def test_nobody_approves_what_one_proposed() -> None:
    assert task("approve-solution").properties["fourEyes"] == "draft-solution"


def test_a_customer_hears_of_a_solution_only_after_the_authority_was_asked() -> None:
    """The only way from a draft to the customer leads through the table of authority."""
    flows = policy().definitions.process("settlement").flows.values()
    leading: dict[str, set[str]] = {}
    for flow in flows:
        leading.setdefault(flow.source, set()).add(flow.target)

    reached, ahead = set[str](), ["draft-solution"]
    while ahead:
        here = ahead.pop()
        if here not in reached | {"decide-authority"}:
            reached.add(here)
            ahead += leading.get(here, ())

    assert not reached & BEYOND_APPROVAL


def test_one_person_speaks_for_the_firm() -> None:
    speaking = task("control-information")

    assert speaking.assignment.assignee is not None
    assert speaking.assignment.assignee.source == "=spokesperson"


def test_shops_work_on_every_day() -> None:
    calendar = policy().calendar

    assert calendar.day_length().total_seconds() == 12 * 3600
    assert calendar.weekdays == frozenset(range(1, 8))
    assert not calendar.keeps_holidays
