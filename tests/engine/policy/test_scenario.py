"""Scenario files are read with all their faults at once."""

from datetime import datetime
from pathlib import Path

import pytest

from engine.policy.scenario import (
    CaseIsStopped,
    MessageComes,
    Scenario,
    SignalComes,
    SurveyAnswered,
    TaskIsGone,
    TaskWaits,
    parse_scenario,
)

BUNDLES = Path(__file__).resolve().parents[2] / "bundles"
HEAD = 'name = "x"\nprocess = "p"\nstart = 2026-03-02T09:10:00+08:00\n'
END = '\n[end]\nstate = "closed"\n'


def read(steps: str) -> Scenario:
    scenario, findings = parse_scenario("scenarios/a.toml", HEAD + steps + END)
    assert scenario is not None, [str(finding.what) for finding in findings]
    return scenario


def rules(text: str) -> list[str]:
    return [finding.rule for finding in parse_scenario("scenarios/a.toml", text)[1]]


def test_every_kind_of_step_is_read() -> None:
    scenario = read(
        '[[step]]\nwaits = "a"\nvalues = { n = 1 }\n'
        "[[step]]\nat = 2026-03-02T10:00:00+08:00\n"
        '[[step]]\nmessage = "m"\nkey = "= case.number"\n'
        '[[step]]\nsignal = "s"\npayload = { n = 2 }\n'
        '[[step]]\ngone = "a"\n[[step]]\nincident = "b"\n'
    )

    deeds = [step.deed for step in scenario.steps]
    assert deeds == [
        TaskWaits("a", None, None, None, {"n": 1}, None, ()),
        None,
        MessageComes("m", "= case.number", {}),
        SignalComes("s", {"n": 2}),
        TaskIsGone("a"),
        CaseIsStopped("b"),
    ]
    assert scenario.steps[1].at == datetime.fromisoformat("2026-03-02T10:00:00+08:00")


def test_a_refusal_is_a_word_or_the_fields() -> None:
    scenario = read(
        '[[step]]\nwaits = "a"\nvalues = {}\nrefused = "not-allowed"\n'
        '[[step]]\nwaits = "a"\nvalues = {}\nrefused = { field = "photos" }\n'
    )

    first, second = [step.deed for step in scenario.steps]
    assert isinstance(first, TaskWaits)
    assert isinstance(second, TaskWaits)
    assert first.refused == "not-allowed"
    assert second.refused_fields == ("photos",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('[[step]]\nwait = "a"\n', "scenario-step"),
        ('[[step]]\nwaits = "a"\ngone = "b"\n', "scenario-step"),
        ('[[step]]\nwaits = "a"\ngruop = "b"\n', "toml-unknown-key"),
        ('[[step]]\nwaits = "a"\nrefused = { field = "x" }\n', "toml-missing-key"),
        ('[[step]]\nwaits = "a"\nvalues = {}\nrefused = "no"\n', "toml-choice"),
        ('[[step]]\nat = "soon"\n', "toml-kind"),
    ],
)
def test_a_wrong_step_is_told(text: str, rule: str) -> None:
    assert rule in rules(HEAD + text + END)


def test_an_empty_file_misses_what_it_needs() -> None:
    scenario, findings = parse_scenario("scenarios/a.toml", "")

    assert scenario is None
    assert [finding.element for finding in findings] == ["name", "process", "start", "end"]


@pytest.mark.parametrize("path", sorted(BUNDLES.rglob("scenarios/*.toml")))
def test_the_small_policy_is_read_without_findings(path: Path) -> None:
    assert not parse_scenario(path.name, path.read_text("utf-8"))[1]


def test_fields_to_leave_out_are_among_those_filled_in() -> None:
    good = read('[[step]]\nwaits = "a"\nvalues = { n = 1 }\nwithout = ["n"]\n')
    bad = HEAD + '[[step]]\nwaits = "a"\nvalues = { n = 1 }\nwithout = ["m"]\n' + END

    deed = good.steps[0].deed
    assert isinstance(deed, TaskWaits)
    assert deed.without == ("n",)
    assert rules(bad) == ["scenario-without"]


def test_a_notice_is_a_letter_or_a_reminder_of_a_task() -> None:
    wanted = '[end]\nnotices = [{ overdue = "a", to = "b" }, { letter = "c" }]\n'
    both = '[end]\nnotices = [{ overdue = "a", letter = "c" }]\n'

    scenario, _ = parse_scenario("scenarios/a.toml", HEAD + wanted)

    assert scenario is not None
    assert [(each.kind, each.about) for each in scenario.end.notices] == [
        ("overdue", "a"),
        ("letter", "c"),
    ]
    assert rules(HEAD + both) == ["scenario-notice"]


def test_a_letter_may_have_gone_to_an_address_and_a_reminder_may_not() -> None:
    letter = '[end]\nnotices = [{ letter = "a", email = "an@example.com" }]\n'
    reminder = '[end]\nnotices = [{ overdue = "a", email = "an@example.com" }]\n'

    scenario, _ = parse_scenario("scenarios/a.toml", HEAD + letter)

    assert scenario is not None
    assert [each.email for each in scenario.end.notices] == ["an@example.com"]
    assert rules(HEAD + reminder) == ["toml-unknown-key"]


def test_fields_left_out_of_the_survey_are_among_its_values() -> None:
    good = read('[[step]]\nsurvey = { score = "5" }\nwithout = ["score"]\n')
    bad = HEAD + '[[step]]\nsurvey = { score = "5" }\nwithout = ["words"]\n' + END

    deed = good.steps[0].deed
    assert isinstance(deed, SurveyAnswered)
    assert deed.without == ("score",)
    assert rules(bad) == ["scenario-without"]
