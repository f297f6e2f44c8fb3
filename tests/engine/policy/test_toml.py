"""Hand-written TOML gives all its faults at once, each with its place."""

from datetime import datetime
from decimal import Decimal

from engine.model import Finding
from engine.policy.lines import key_lines
from engine.policy.toml import TomlFile


def told(file: TomlFile) -> list[tuple[str, str | None, int | None]]:
    return [(finding.rule, finding.element, finding.line) for finding in file.findings]


def test_values_come_by_their_kind() -> None:
    file = TomlFile("a.toml", 'name = "x"\nlist = ["a"]\n[sub]\nn = 1.50\nd = 2026-01-02\n')

    assert file.top.text("name") == "x"
    assert file.top.texts("list") == ("a",)
    assert file.top.values("sub") == {"n": Decimal("1.50"), "d": "2026-01-02"}
    assert not file.findings


def test_a_wrong_key_says_which_one_was_meant() -> None:
    file = TomlFile("a.toml", '\ntitel = "x"\n')
    file.top.text("title")

    file.top.close()

    assert told(file) == [("toml-unknown-key", "titel", 2)]
    assert str(file.findings[0].remedy) == "Did you mean title?"


def test_a_wrong_key_unlike_any_says_which_are_known() -> None:
    file = TomlFile("a.toml", "zzz = 1\n")
    file.top.text("title")

    file.top.close()

    assert str(file.findings[0].remedy) == "Known here: title."


def test_a_value_of_the_wrong_kind_is_told_with_what_it_is() -> None:
    file = TomlFile("a.toml", "[[start]]\nroles = 7\nby = 1\nat = 2026-01-01T10:00:00\n")
    [start] = file.top.tables("start")

    start.texts("roles"), start.text("by"), start.moment("at")

    assert told(file) == [
        ("toml-kind", "start[1].roles", 2),
        ("toml-kind", "start[1].by", 3),
        ("toml-kind", "start[1].at", 4),
    ]
    assert str(file.findings[0].what).startswith(
        "Expected a list of texts in brackets, but"
    )


def test_a_missing_key_is_told_at_its_table() -> None:
    file = TomlFile("a.toml", "[case]\n")

    file.top.table("case").required_text("title")

    assert told(file) == [("toml-missing-key", "case.title", 1)]


def test_what_is_no_toml_is_told_once_with_its_line() -> None:
    file = TomlFile("a.toml", "a = 1\nb = = 2\n")

    file.top.required_text("title")
    file.top.close()

    assert told(file) == [("toml-syntax", None, 2)]


def test_a_moment_needs_its_offset() -> None:
    file = TomlFile("a.toml", "start = 2026-03-02T09:10:00+08:00")

    assert file.top.moment("start") == datetime.fromisoformat("2026-03-02T09:10:00+08:00")


def test_lines_are_found_in_arrays_quoted_keys_and_around_long_texts() -> None:
    text = (
        '["PQ-1"]\nsays = """\nkey = 1\n"""\n[[step]]\na = 1\n'
        "[[step]]\n  b.c = 1\n[step.x]\nd=1"
    )

    lines = key_lines(text)

    assert lines["PQ-1", "says"] == 2
    assert lines["step", 0, "a"] == 6
    assert lines["step", 1, "b", "c"] == 8
    assert lines["step", 1, "x", "d"] == 10
    assert ("PQ-1", "key") not in lines


def test_a_choice_is_one_of_the_words() -> None:
    file = TomlFile("a.toml", 'by = "staf"')

    by = file.top.choice("by", ("staff", "public"), "public")

    assert by == "public"
    assert _remedy(file.findings) == "Did you mean staff?"


def _remedy(findings: list[Finding]) -> str:
    return str(findings[0].remedy)
