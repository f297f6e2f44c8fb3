"""Prints are read, cited, and known to the check."""

import pytest

from engine.model import Finding
from engine.policy import Bundle, check, load
from engine.policy.prints import read_print
from tests.engine.policy.bundles import changed, with_file

NAME = "prints/handling.toml"
WHOLE = """
title = "客户投诉处理单"
number = "= case.number"
copies = ["第一联 文员存", "第二联 主管存"]
keepers = ["clerk", "head"]
when = "= remedy != null"
orientation = "landscape"
clauses = ["MC-1"]
[[section]]
title = "一、投诉人"
columns = 3
fields = [
    { label = "客户", value = "= customerName" },
    { label = "处理", value = "= remedy", labels = { repair = "维修" }, wide = true },
]
[[section]]
text = "{{ customerName }}投诉，**处理如下**。"
[[section]]
photos = "= photos"
[[section]]
signatures = ["approve"]
"""
SECTION = '[[section]]\ntext = "x"\n'


def found(text: str, rule: str) -> list[Finding]:
    findings = check(with_file(NAME, text.encode()))
    return [each for each in findings if each.rule == rule and each.file == NAME]


def test_a_print_says_what_stands_where() -> None:
    printed, findings = read_print(NAME, WHOLE)

    assert not findings
    assert printed is not None
    assert (printed.id, printed.title, printed.orientation) == (
        "handling",
        "客户投诉处理单",
        "landscape",
    )
    assert printed.keepers == ("clerk", "head")
    first, text, photos, signatures = printed.sections
    assert (first.columns, [field.wide for field in first.fields]) == (3, [False, True])
    assert first.fields[1].labels == {"repair": "维修"}
    assert text.text.startswith("{{ customerName }}")
    assert photos.photos is not None
    assert signatures.signatures == ("approve",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SECTION, ("toml-missing-key", "title")),
        ('title = "a"', ("toml-missing-key", "section")),
        ('title = "a"\n[[section]]\ntitle = "b"', ("print-section", "section[1]")),
        (
            'title = "a"\n[[section]]\ntext = "b"\nphotos = "= c"',
            ("print-section", "section[1]"),
        ),
        (
            'title = "a"\n[[section]]\nrows = "= b"',
            ("toml-missing-key", "section[1].row-fields"),
        ),
        (
            'title = "a"\n[[section]]\nfields = [{ label = "b" }]',
            ("toml-missing-key", "section[1].fields[1].value"),
        ),
        (
            'title = "a"\n[[section]]\nfields = [{ label = "b", value = "= 1 +" }]',
            ("feel-syntax", "section[1].fields[1].value"),
        ),
        (
            'title = "a"\n[[section]]\ntext = "{{ 1 + }}"',
            ("feel-syntax", "section[1].text"),
        ),
        (
            'title = "a"\n[[section]]\ncolumns = 9\ntext = "b"',
            ("toml-range", "section[1].columns"),
        ),
        (f'title = "a"\nnumber = "b"\n{SECTION}', ("feel-without-sign", "number")),
        (f'title = "a"\nkeeper = "b"\n{SECTION}', ("toml-unknown-key", "keeper")),
        (
            f'title = "a"\ncopies = ["b"]\nkeepers = ["c", "d"]\n{SECTION}',
            ("print-keepers", "keepers"),
        ),
    ],
)
def test_it_refuses_what_it_cannot_print(text: str, expected: tuple[str, str]) -> None:
    printed, findings = read_print(NAME, text)

    assert printed is None
    assert [(each.rule, each.element) for each in findings] == [expected]


def test_the_check_looks_for_roles_and_tasks() -> None:
    text = WHOLE.replace('"head"]', '"heads"]').replace('["approve"]', '["aprove"]')

    assert [each.element for each in found(text, "role-unknown")] == ["keepers"]
    (signature,) = found(text, "print-signature")
    assert signature.element == "section[4].signatures"


def test_the_check_knows_the_names_that_prints_read() -> None:
    text = WHOLE.replace("customerName", "custommerName")

    assert {each.element for each in found(text, "name-unset")} == {
        "section[1].fields",
        "section[2].text",
        "section[3].photos",
    }


def test_the_check_knows_what_rows_are_made_of() -> None:
    rows = """
        [[section]]
        rows = "= [{ part: 1 }]"
        row-fields = [{ label = "x", value = "= %s" }]
    """

    assert not found(WHOLE + rows % "part", "name-unset")[3:]
    assert "section[5].row-fields" in {
        each.element for each in found(WHOLE + rows % "parts", "name-unset")
    }


def test_a_print_carries_its_clauses_out_and_is_loaded() -> None:
    policy = load(with_file(NAME, WHOLE.encode()))

    assert policy.prints["handling"].title == "客户投诉处理单"
    assert NAME in {place.file for place in policy.citations["MC-1"]}


def test_a_task_is_signed_or_not() -> None:
    def findings(word: str) -> list[Finding]:
        bundle: Bundle = changed(
            "complaint.bpmn",
            'name="warn" value="2 working hours"',
            f'name="signed" value="{word}"',
        )
        return [each for each in check(bundle) if each.rule == "task-signed"]

    assert not findings("yes")
    assert [each.element for each in findings("maybe")] == ["investigate"]
