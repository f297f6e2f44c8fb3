"""What the product-quality policy promises beyond what holds for every policy."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from engine.bpmn import ElementInfo
from engine.diagram import judge
from engine.forms import FormContext
from engine.markup import parse_xml
from engine.model import Json
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "processes" / "product-quality"
DIAGRAMS = sorted(HOME.glob("*.bpmn"))
TABLES = sorted(HOME.glob("*.dmn"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DIRECTORY = {
    "units": [
        {"key": "east", "name": "华东区", "kind": "region", "parent": None},
        {"key": "south", "name": "华南区", "kind": "region", "parent": None},
        {"key": "shanghai", "name": "上海营业所", "kind": "branch", "parent": "east"},
        {"key": "canton", "name": "广州营业所", "kind": "branch", "parent": "south"},
    ],
    "people": [
        {
            "login": "lin",
            "name": "林",
            "roles": [{"role": "branch-clerk", "unit": "shanghai"}],
        },
        {
            "login": "zhao",
            "name": "赵",
            "roles": [{"role": "regional-manager", "unit": "east"}],
        },
        {
            "login": "wu",
            "name": "吴",
            "roles": [{"role": "marketing-director", "unit": None}],
        },
    ],
}
REGISTRAR = {"login": "lin", "name": "林", "unit": "shanghai", "parent": "east"}
REGISTERED: dict[str, Json] = {
    "customerName": "演示·客户",
    "customerPhone": "13800000000",
    "region": "east",
    "branch": "shanghai",
    "channel": "phone",
    "receivedAt": "2026-03-02T09:00:00+08:00",
    "concern": "business-policy",
    "urgency": "normal",
    "subject": "返利未兑现",
    "details": "二月的返利至今没有到账。",
    "trueReason": "到账时间没有说清。",
    "policyConcerned": "二月促销",
    "readBack": True,
    "readBackTo": "演示·客户",
    "readBackAt": "2026-03-02T09:05:00+08:00",
}


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "product-quality"))


def context(**variables: Json) -> FormContext:
    known = {"directory": DIRECTORY, "registrar": REGISTRAR, **variables}
    return FormContext(known, NOON)


def faults(form: str, values: dict[str, Json]) -> set[str]:
    return set(policy().forms[form].validate(values, context()))


def user_tasks() -> Iterator[ElementInfo]:
    for process in policy().definitions.processes.values():
        for element in process.elements.values():
            if element.kind == "userTask":
                yield element


def template(id_: str) -> dict[str, Json]:
    found = [
        each
        for file in TEMPLATES.glob("*.json")
        for each in json.loads(file.read_text("utf-8"))
        if each["id"] == id_
    ]
    (only,) = found
    return dict(only)


def bindings(id_: str) -> dict[str, Json]:
    """Return the template's properties by what they are bound to."""
    bound = {}
    for each in template(id_)["properties"]:
        binding = each["binding"]
        name = binding.get("property") or binding.get("name") or binding.get("key", "")
        bound[f"{binding['type']} {name}".strip()] = each
    return bound


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_no_flows_cross(file: Path) -> None:
    assert judge(file.read_bytes()).crossings == 0


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_a_diagram_can_be_taken_in_at_a_glance(file: Path) -> None:
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert process is not None
    assert (
        sum(1 for child in process if child.find("{*}incoming") is not None) < MOST_SHAPES
    )


@pytest.mark.parametrize("file", [*DIAGRAMS, *TABLES], ids=lambda file: file.name)
def test_no_id_is_used_twice_in_a_file(file: Path) -> None:
    ids = Counter(each.get("id") for each in parse_xml(file.read_bytes()).iter())

    assert not [id_ for id_, count in ids.items() if id_ and count > 1]


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_tasks_are_made_from_templates(file: Path) -> None:
    root = parse_xml(file.read_bytes())
    kinds = ("userTask", "sendTask", "businessRuleTask")
    tasks = [task for kind in kinds for task in root.iter(BPMN + kind)]

    assert not [task.get("id") for task in tasks if not task.get(f"{ZEEBE}modelerTemplate")]


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_applying_a_template_anew_would_take_nothing_away(file: Path) -> None:
    root = parse_xml(file.read_bytes())

    for task in root.iter(f"{BPMN}userTask", f"{BPMN}sendTask"):
        bound = bindings(task.get(f"{ZEEBE}modelerTemplate", ""))

        assert not set(_written(task)) - set(bound), task.get("id")


def _written(task: etree._Element) -> Iterator[str]:
    for extension in task.iterfind("{*}extensionElements/*"):
        kind = f"zeebe:{etree.QName(extension).localname}"
        if kind == "zeebe:properties":
            yield from (f"zeebe:property {each.get('name')}" for each in extension)
        elif kind == "zeebe:taskHeaders":
            yield from (f"zeebe:taskHeader {each.get('key')}" for each in extension)
        elif extension.attrib:
            yield from (f"{kind} {name}" for name in map(str, extension.attrib))
        else:
            yield kind


def test_the_template_offers_every_role_and_form_of_the_policy() -> None:
    bound = bindings("complaintflow.product-quality.task")
    roles = bound["zeebe:assignmentDefinition candidateGroups"]["choices"]
    forms = bound["zeebe:formDefinition formId"]["choices"]

    assert [role["value"] for role in roles] == list(policy().roles)
    assert {form["value"] for form in forms} == set(policy().forms)


def test_every_task_of_a_person_says_who_with_what_and_why() -> None:
    for task in user_tasks():
        assert task.assignment.groups, task.id
        assert task.form_id, task.id
        assert task.clauses, task.id


def test_a_complaint_is_not_registered_without_reading_it_back() -> None:
    assert not faults("register-complaint", REGISTERED)
    assert faults("register-complaint", REGISTERED | {"readBack": False}) == {"readBack"}
    assert faults("register-complaint", REGISTERED | {"readBackTo": ""}) == {"readBackTo"}
    assert faults("register-complaint", REGISTERED | {"readBackAt": None}) == {"readBackAt"}


def test_the_branch_must_lie_in_the_region_of_the_customer() -> None:
    elsewhere = REGISTERED | {"branch": "canton"}

    assert faults("register-complaint", elsewhere) == {"branch"}


def test_a_quality_complaint_needs_what_the_clause_names() -> None:
    found = faults("register-complaint", REGISTERED | {"concern": "product-quality"})

    dates = {"orderedOn", "shippedOn", "deliveredOn"}
    assert found >= {"productModel", "batchNumber", "faultDetails", *dates}
    assert "customerAddress" in found  # Where the regional manager goes to.


def test_a_complaint_about_staff_names_the_person_and_keeps_that_one_away() -> None:
    values = REGISTERED | {"concern": "staff-attitude"}

    assert faults("register-complaint", values) >= {"personComplainedOf"}
    assert policy().settings.excluded is not None


def test_the_post_of_the_person_complained_of_is_looked_up_not_asked() -> None:
    form = policy().forms["register-complaint"]
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "zhao"}

    assert form.submission(about, context())["complainedRole"] == "regional-manager"
    about["personComplainedOf"] = "wu"
    assert form.submission(about, context())["complainedRole"] == "other"


def test_nobody_registers_a_complaint_about_oneself() -> None:
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "lin"}

    assert faults("register-complaint", about) == {"personComplainedOf"}


def test_a_person_who_is_in_no_list_is_described() -> None:
    about = REGISTERED | {"concern": "staff-attitude", "personComplainedOf": "-"}

    assert faults("register-complaint", about) == {"complainedName"}
    assert not faults("register-complaint", about | {"complainedName": "安装师傅"})


def test_region_and_branch_are_those_of_who_registers() -> None:
    form = policy().forms["register-complaint"]
    entered = {k: v for k, v in REGISTERED.items() if k not in ("region", "branch")}

    found = form.submission(entered, context())

    assert (found["region"], found["branch"]) == ("east", "shanghai")


def test_a_manager_who_registers_presets_the_region_alone() -> None:
    form = policy().forms["register-complaint"]
    manager = {"login": "zhao", "name": "赵", "unit": "east", "parent": None}

    found = form.submission({}, context(registrar=manager))

    assert (found["region"], found["branch"]) == ("east", None)


def test_the_superior_is_chosen_among_those_who_lead_but_the_person() -> None:
    review = {"conductReview": "情况属实。", "visitedOn": "2026-03-02"}
    form = policy().forms["conduct-review"]
    about = context(personComplainedOf="zhao")

    wrong = {
        login: set(form.validate(review | {"superior": login}, about))
        for login in ("lin", "zhao", "wu")
    }

    assert wrong == {"lin": {"superior"}, "zhao": {"superior"}, "wu": set()}


def test_the_visit_is_due_within_three_working_hours_and_reminded_of_at_two() -> None:
    visit = policy().definitions.process("on-site-sampling").elements["go-on-site"]

    assert visit.properties["deadline"] == "3 working hours"
    assert visit.properties["warn"] == "2 working hours"
    assert visit.lane == "区域经理"


def test_a_time_agreed_with_the_customer_replaces_the_deadline() -> None:
    visit = (
        policy().definitions.process("on-site-sampling").elements["go-on-site-as-agreed"]
    )

    assert visit.schedule.due is not None
    assert visit.schedule.due.source == "=agreedVisitAt"
    assert not {"deadline", "warn"} & visit.properties.keys()


def test_a_returned_approval_needs_a_reason() -> None:
    assert "submissionReason" in faults(
        "approve-submission", {"submissionDecision": "return"}
    )
