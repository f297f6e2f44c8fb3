"""What a policy and its tasks say of routing is read and checked; so are its scenarios."""

import pytest

from engine.policy import Bundle, check
from engine.policy.scenario import TaskRouted, parse_scenario
from engine.policy.settings import read_settings
from tests.engine.policy.bundles import changed, minimal

POLICY = minimal().text("policy.toml")
EYES = '<zeebe:property name="fourEyes" value="investigate" />'
HEAD = 'name = "x"\nprocess = "p"\nstart = 2026-03-02T09:10:00+08:00\n'
END = '\n[end]\nstate = "closed"\n'


def with_property(name: str, value: str) -> Bundle:
    after = f'{EYES}<zeebe:property name="{name}" value="{value}" />'
    return changed("complaint.bpmn", EYES, after)


def rules(bundle: Bundle) -> list[str]:
    return [each.rule for each in check(bundle) if each.severity == "error"]


def test_everything_is_allowed_unless_the_policy_says_otherwise() -> None:
    settings, _ = read_settings("policy.toml", POLICY)
    section = '[routing]\nallow = ["copy"]\nacross-units = true\nclauses = ["MC-3"]\n'
    narrow, findings = read_settings("policy.toml", POLICY + section)

    assert settings is not None
    assert len(settings.routing.allow) == 6
    assert not settings.routing.across_units
    assert not findings
    assert narrow is not None
    assert narrow.routing.allow == {"copy"}
    assert narrow.routing.across_units
    assert narrow.routing.clauses == ("MC-3",)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ('allow = ["retrun"]', "routing-verb"),
        ('allow = "return"', "toml-kind"),
        ('alow = ["return"]', "toml-unknown-key"),
        ('across-units = "yes"', "toml-kind"),
    ],
)
def test_each_fault_of_the_section_is_told(section: str, expected: str) -> None:
    _, findings = read_settings("policy.toml", f"{POLICY}[routing]\n{section}\n")

    assert expected in [each.rule for each in findings]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("routing", "hand-on, copy", []),
        ("routing", "none", []),
        ("routing", "hand-no", ["routing-verb"]),
        ("return-to", "investigate", []),
        ("return-to", "decide", ["return-to"]),
        ("return-to", "investigat", ["return-to"]),
    ],
)
def test_the_properties_of_a_task_are_checked(
    name: str, value: str, expected: list[str]
) -> None:
    assert rules(with_property(name, value)) == expected


def test_a_task_allows_nothing_that_its_policy_does_not() -> None:
    files = dict(with_property("routing", "hand-on, copy").files)
    files["policy.toml"] += b'[routing]\nallow = ["copy"]\n'

    assert rules(Bundle("minimal", files)) == ["routing-verb"]


def test_the_clauses_of_the_section_are_citations() -> None:
    section = '[routing]\nclauses = ["MC-99"]\n'

    assert rules(changed("policy.toml", "[number]", f"{section}[number]")) == [
        "clause-unknown"
    ]


def test_every_way_of_routing_is_read_from_a_scenario() -> None:
    scenario, findings = parse_scenario(
        "scenarios/a.toml",
        HEAD
        + '[[step]]\nreturn = "a"\nto = "b"\nby = "lin"\nreason = "缺照片"\n'
        + '[[step]]\nwithdraw = "b"\n[[step]]\nhand-on = "a"\nto = "qian"\n'
        + '[[step]]\nask-opinion = "a"\nof = "qian"\nquestion = "可否？"\nhold = true\n'
        + '[[step]]\nopinion = "可以"\nby = "qian"\n[[step]]\ncopy = "a"\nto = "lin"\n'
        + '[[step]]\nurge = "a"\nrefused = "not-allowed"\n'
        + END,
    )

    assert not findings
    assert scenario is not None
    deeds = [step.deed for step in scenario.steps if isinstance(step.deed, TaskRouted)]
    assert [each.verb for each in deeds] == [
        "return",
        "withdraw",
        "hand-on",
        "ask-opinion",
        "opinion",
        "copy",
        "urge",
    ]
    assert deeds[0] == TaskRouted("return", "a", "b", "lin", "缺照片", False, None, ())
    assert deeds[3].holds
    assert deeds[6].refused == "not-allowed"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ('return = "approve"', "toml-missing-key"),
        ('return = "approve"\nto = "investigat"', "scenario-unknown"),
        ('urge = "aprove"', "scenario-unknown"),
        ('hand-on = "approve"', "toml-missing-key"),
        ('opinion = "可以"', "toml-missing-key"),
        ('urge = "approve"\nhold = true', "toml-unknown-key"),
    ],
)
def test_a_wrong_step_of_routing_is_told(step: str, expected: str) -> None:
    bundle = changed("scenarios/refused.toml", "[[step]]", f"[[step]]\n{step}\n[[step]]")

    assert expected in rules(bundle)
