"""policy.toml, roles, clauses and letters are read with all their faults at once."""

from pathlib import Path

import pytest

from engine.model import Finding
from engine.policy.clauses import read_clauses
from engine.policy.letters import read_letter
from engine.policy.roles import read_roles
from engine.policy.settings import read_settings

MINIMAL = Path(__file__).resolve().parents[2] / "bundles" / "processes" / "minimal"
POLICY = (MINIMAL / "policy.toml").read_text("utf-8")


def told(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.element) for finding in findings]


def test_the_small_policy_is_read() -> None:
    settings, findings = read_settings("policy.toml", POLICY)

    assert not findings
    assert settings is not None
    assert settings.key == "minimal"
    assert settings.number.format == "JY-{YYMM}-{0000}"
    assert settings.case_title.reads == {"customerName", "subject"}
    assert settings.starts[0].roles == ("clerk",)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('title = "简易投诉"', 'titel = "简易投诉"', "toml-unknown-key"),
        ('owner = "head"', "", "toml-missing-key"),
        ('key = "minimal"', 'key = "Mini mal"', "policy-key"),
        ("Asia/Shanghai", "Asia/Nowhere", "policy-zone"),
        ("Asia/Shanghai", "../../etc/passwd", "policy-zone"),
        ("JY-{YYMM}-{0000}", "JY-{YYMM}", "policy-number"),
        ("JY-{YYMM}-{0000}", "JY-{YY}-{0000}", "policy-number"),
        ("JY-{YYMM}-{0000}", "JY-{DAY}-{0000}", "policy-number"),
        ('"= branch"', '"branch"', "feel-without-sign"),
        ('"= branch"', '"= branch +"', "feel-syntax"),
        ('by = "staff"', 'by = "staf"', "toml-choice"),
        ('roles = ["clerk"]', "", "toml-missing-key"),
        ('roles = ["clerk"]', 'roles = "clerk"', "toml-kind"),
        ('process = "complaint"', "", "toml-missing-key"),
    ],
)
def test_each_fault_of_a_policy_is_told(before: str, after: str, expected: str) -> None:
    settings, findings = read_settings("policy.toml", POLICY.replace(before, after))

    assert settings is None
    assert expected in [finding.rule for finding in findings]


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    text = POLICY.replace("title =", "titel =", 1).replace('by = "staff"', 'by = "x"')

    _, findings = read_settings("policy.toml", text)

    assert {finding.line for finding in findings} >= {2, 21}


def test_a_role_within_no_kind_of_unit_has_no_unit() -> None:
    _, findings = read_roles("roles.toml", '[head]\ntitle = "主管"\nunit = "= branch"\n')

    assert told(findings) == [("role-unit", "head.unit")]


def test_an_unknown_superior_role_is_told_with_the_likely_one() -> None:
    _, findings = read_roles(
        "roles.toml",
        '[head]\ntitle = "主管"\n[clerk]\ntitle = "x"\nescalates-to = "haed"\n',
    )

    assert told(findings) == [("role-unknown", "clerk.escalates-to")]
    assert str(findings[0].remedy) == "Did you mean head?"


def test_a_clause_says_something_of_a_known_kind() -> None:
    clauses, findings = read_clauses("clauses.toml", '["A-1"]\nkind = "rul"\n')

    assert told(findings) == [("toml-missing-key", "A-1.says"), ("toml-choice", "A-1.kind")]
    assert list(clauses) == ["A-1"]


def test_a_letter_has_a_title_and_a_body() -> None:
    letter, findings = read_letter("letters/x.md", '+++\ntitle = "a"\n+++\nbody {{ b }}\n')

    assert not findings
    assert letter is not None
    assert (letter.id, letter.title, letter.body) == ("x", "a", "body {{ b }}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no head", ("letter-head", None)),
        ("+++\n+++\nx", ("toml-missing-key", "title")),
        ('+++\ntitle = "a"\ntitel = "b"\n+++\nx', ("toml-unknown-key", "titel")),
        ('+++\ntitle = "{{ 1 + }}"\n+++\nx', ("feel-syntax", "title")),
        ('+++\ntitle = "a"\n+++\n{{ if }}', ("feel-syntax", "body")),
    ],
)
def test_a_letter_with_a_fault_is_told(text: str, expected: tuple[str, str | None]) -> None:
    letter, findings = read_letter("letters/x.md", text)

    assert letter is None
    assert told(findings) == [expected]
