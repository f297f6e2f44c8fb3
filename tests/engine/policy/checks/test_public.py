"""What the public sees is checked: section, letters, survey, forms, tasks, scenarios."""

import json

import pytest

from engine.model import Finding
from engine.policy import Bundle, check
from engine.policy.settings import read_settings
from tests.engine.policy.bundles import minimal

PUBLIC = """
[public]
intro = "请说明情况。"
acknowledge = "answer"
email = "= customerEmail"
survey = "approve"
survey-days = 14
survey-letter = "late"
clauses = ["MC-1"]

[[start]]
process = "complaint"
by = "public"
title = "我要投诉"
"""


def with_public(section: str = PUBLIC, **files: bytes) -> Bundle:
    """Return the small policy open to the public, with other *files* in it."""
    known = dict(minimal().files)
    policy = known["policy.toml"].decode() + section
    return Bundle("minimal", {**known, "policy.toml": policy.encode(), **files})


def rules(bundle: Bundle) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(bundle)}


def test_the_section_is_read() -> None:
    text = with_public().text("policy.toml")

    settings, findings = read_settings("policy.toml", text)

    assert not findings
    assert settings is not None
    assert settings.public is not None
    assert settings.public.survey_days == 14
    assert settings.public.acknowledge == "answer"
    assert settings.starts[-1].by == "public"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("survey-days = 14", "survey-days = 0", "toml-range"),
        ("survey-days = 14", 'survey-days = "14"', "toml-kind"),
        ("survey-days = 14", "survey-days = true", "toml-kind"),
        ('survey = "approve"', "", "toml-missing-key"),
        ('email = "= customerEmail"', "", "toml-missing-key"),
        ('title = "我要投诉"', "", "toml-missing-key"),
        ("intro =", "introduction =", "toml-unknown-key"),
        ('acknowledge = "answer"', 'acknowledge = "anser"', "letter-unknown"),
        ('survey = "approve"', 'survey = "aprove"', "form-unknown"),
        ('clauses = ["MC-1"]', 'clauses = ["MC-0"]', "clause-unknown"),
    ],
)
def test_each_fault_of_the_section_is_told(before: str, after: str, expected: str) -> None:
    found = rules(with_public(PUBLIC.replace(before, after)))

    assert expected in found


def test_a_public_start_asks_for_the_section() -> None:
    start = PUBLIC[PUBLIC.index("[[start]]") :]

    found = rules(with_public(start))

    assert found["public-missing"].element == "start[2].by"


def test_a_form_for_the_public_reads_nothing_about_people_inside() -> None:
    form = json.loads(minimal().files["forms/register.form"])
    form["components"].append(
        {"type": "text", "id": "who", "text": "= directory.people[1].name"}
    )

    found = rules(with_public(**{"forms/register.form": json.dumps(form).encode()}))

    assert found["public-directory"].file == "forms/register.form"


def test_a_letter_with_the_link_is_wanted() -> None:
    found = check(with_public())

    files = [each.file for each in found if each.rule == "letter-link"]
    assert files == ["letters/answer.md", "letters/late.md"]
    assert all(each.severity == "warning" for each in found if each.rule == "letter-link")


def test_no_role_is_called_customer() -> None:
    roles = minimal().files["roles.toml"] + '\n[customer]\ntitle = "客户"\n'.encode()

    found = rules(with_public(**{"roles.toml": roles}))

    assert found["role-reserved"].severity == "error"


def test_a_task_for_the_customer_asks_for_the_section() -> None:
    diagram = minimal().files["complaint.bpmn"]
    groups = b'candidateGroups="customer, '
    changed = diagram.replace(b'candidateGroups="', groups, 1)
    files = {**minimal().files, "complaint.bpmn": changed}

    without = rules(Bundle("minimal", files))
    with_section = rules(with_public(**{"complaint.bpmn": changed}))

    assert "public-missing" in without
    assert not {"public-missing", "role-unknown"} & with_section.keys()


@pytest.mark.parametrize(("told", "is_wrong"), [("已受理", False), ("长" * 201, True)])
def test_what_the_customer_is_told_is_short(told: str, is_wrong: bool) -> None:
    diagram = minimal().files["complaint.bpmn"].decode()
    before = "<zeebe:properties>"
    changed = diagram.replace(
        before, f'{before}<zeebe:property name="public" value="{told}" />', 1
    )

    found = rules(with_public(**{"complaint.bpmn": changed.encode()}))

    assert ("public-text" in found) is is_wrong
    assert "property-unknown" not in found


SCENARIO = """
name = "客户自己投诉"
start = 2026-03-02T09:00:00+08:00
process = "complaint"
by = "public"

[[step]]
waits = "investigate"
group = "customer"
by = "customer"
values = {}

[[step]]
survey = { score = 4 }

[end]
state = "open"
"""


def test_a_scenario_of_a_customer_is_read_and_checked() -> None:
    scenario = {"scenarios/public.toml": SCENARIO.encode()}
    closed = Bundle("minimal", {**minimal().files, **scenario})

    told = [each for each in check(with_public(**scenario)) if "public.toml" in each.file]
    untold = {each.rule for each in check(closed) if "public.toml" in each.file}

    assert not told
    assert untold == {"scenario-unknown", "scenario-survey"}
