"""What tasks say of extending deadlines is read and checked; so are its scenarios."""

import pytest

from engine.policy import Bundle, check
from engine.policy.scenario import TaskExtended, parse_scenario
from tests.engine.policy.bundles import changed

DEADLINE = '<zeebe:property name="deadline" value="3 working hours" />'
HEAD = 'name = "x"\nprocess = "p"\nstart = 2026-03-02T09:10:00+08:00\n'
END = '\n[end]\nstate = "closed"\n'


def with_property(name: str, value: str) -> Bundle:
    after = f'{DEADLINE}<zeebe:property name="{name}" value="{value}" />'
    return changed("complaint.bpmn", DEADLINE, after)


def without_deadline(name: str) -> Bundle:
    after = f'<zeebe:property name="{name}" value="clerk" />'
    return changed("complaint.bpmn", DEADLINE, after)


def rules(bundle: Bundle) -> list[str]:
    return [each.rule for each in check(bundle) if each.severity == "error"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("extendable", "clerk", []),
        ("extendable", "clrk", ["role-unknown"]),
        ("extendable", "customer", ["role-unknown"]),
        ("extendable", "clerk, clerk", ["task-extendable"]),
        ("overdue-notify", "clerk", []),
        ("overdue-notify", "clerk, clrk", ["role-unknown"]),
    ],
)
def test_the_roles_of_a_deadline_are_checked(
    name: str, value: str, expected: list[str]
) -> None:
    assert rules(with_property(name, value)) == expected


@pytest.mark.parametrize("name", ["extendable", "overdue-notify"])
def test_a_task_without_a_deadline_cannot_be_late(name: str) -> None:
    assert "task-without-deadline" in rules(without_deadline(name))


def test_a_scenario_may_extend_a_deadline() -> None:
    step = (
        '[[step]]\nextend = "investigate"\nuntil = 2026-03-09T17:30:00+08:00\n'
        'reason = "等待送检"\nby = "li"\ngranted-by = "wang"\n'
        '[[step]]\nextend = "investigate"\ngranted-by = "wang"\ngranted = false\n'
        'remark = "不等"\nrefused = "not-allowed"\n'
    )
    scenario, findings = parse_scenario("scenarios/x.toml", HEAD + step + END)

    assert findings == []
    assert scenario is not None
    asked, decided = scenario.steps[0].deed, scenario.steps[1].deed
    assert isinstance(asked, TaskExtended)
    assert isinstance(decided, TaskExtended)
    assert (asked.element, asked.by, asked.decider) == ("investigate", "li", "wang")
    assert asked.until is not None
    assert asked.granted
    assert decided.until is None
    assert (decided.granted, decided.refused) == (False, "not-allowed")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ('extend = "investigate"\nreason = "x"', "toml-missing-key"),
        ('extend = "investigate"\nuntil = "soon"', "toml-kind"),
        ('extend = "investigate"\ngranted-by = "w"\ngranted = "no"', "toml-kind"),
    ],
)
def test_each_fault_of_a_step_is_told(step: str, expected: str) -> None:
    _, findings = parse_scenario("scenarios/x.toml", f"{HEAD}[[step]]\n{step}\n{END}")

    assert expected in [each.rule for each in findings]
