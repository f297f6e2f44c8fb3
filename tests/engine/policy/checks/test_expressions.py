"""Expressions that cannot be what their author meant, in every file they stand in."""

import pytest

from engine.language import say
from engine.policy import Bundle, check
from tests.engine.policy.bundles import changed, minimal, with_file

BPMN, DMN = "complaint.bpmn", "remedy.dmn"
CONDITION = '=remedy = "replace"'
APPROVE = "forms/approve.form"
RULES = {"name-unset", "condition-no-question", "comparison-never"}


def told(bundle: Bundle) -> list[tuple[str | None, str, str]]:
    return [
        (found.element, found.rule, found.severity)
        for found in check(bundle)
        if found.rule in RULES
    ]


def with_condition(expression: str) -> Bundle:
    escaped = expression.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return changed(BPMN, CONDITION, f"={escaped}")


@pytest.mark.parametrize(
    "expression",
    [
        "customerName",
        "customerName + subject",
        "if agreed then 1 else null",
        "null",
        "count(customerName)",
        "today()",
        "remedy",
        "get or else(subject, 0)",
    ],
)
def test_a_condition_that_is_no_question_is_an_error(expression):
    assert told(with_condition(expression)) == [("f6", "condition-no-question", "error")]


@pytest.mark.parametrize(
    "expression",
    [
        "agreed",
        "not(agreed)",
        "withinWarranty = true",
        "carrier",
        "carrier.arrived",
        "true",
    ],
)
def test_a_condition_that_may_be_true_is_no_finding(expression):
    assert told(with_condition(expression)) == []


@pytest.mark.parametrize(
    "expression",
    [
        'remedy = "replcae"',
        'remedy != "replcae"',
        'fault in ("quality", "misus")',
        'branch = "east"',
        "customerName = 5",
        'withinWarranty = "true"',
        "subject > null",
        'fault = "quality" and fault = "misuse"',
        'fault = "quality" and string length(subject) = "5"',
        "count(findings) between 5 and 1",
    ],
)
def test_a_comparison_that_never_holds_is_a_warning(expression):
    assert told(with_condition(expression)) == [("f6", "comparison-never", "warning")]


@pytest.mark.parametrize(
    "expression",
    [
        'remedy = "refuse"',
        'fault in ("quality", "misuse")',
        'branch = "north" or branch = null',
        "customerName = subject",
        'carrier = 5 or carrier = "5"',
        "string length(subject) > 5 and string length(subject) < 9",
        'date(subject) > date("2026-03-02")',
    ],
)
def test_a_comparison_that_may_hold_is_no_finding(expression):
    assert told(with_condition(expression)) == []


def test_a_value_that_no_option_has_comes_with_the_likely_one():
    (found,) = [
        each
        for each in check(with_condition('remedy = "replcae"'))
        if each.rule == "comparison-never"
    ]

    assert str(found.what) == (
        'In the expression remedy = "replcae": remedy is never "replcae".'
    )
    assert str(found.remedy) == "Did you mean replace?"
    assert say(found.what, "zh_CN") == (
        '表达式 remedy = "replcae" 中：remedy 不会是 "replcae"，这个条件永远不成立。'
    )
    assert say(found.remedy, "zh_TW") == "是不是要寫 replace？"


def test_a_cell_of_a_table_that_no_option_fits_is_found():
    bundle = changed(DMN, '<text>"quality","misuse"</text>', "<text>-</text>")
    text = bundle.text(DMN).replace('<text>"misuse"</text>', '<text>"missuse"</text>', 1)

    assert ("rule-misuse-warranty", "comparison-never", "warning") in told(
        with_file(DMN, text.encode())
    )


def test_forms_are_judged_too():
    hidden = (
        '{"id": "f-x", "type": "text", "text": "x",'
        ' "conditional": {"hide": "=fault = \\"qualty\\""}},'
    )
    bundle = changed(APPROVE, '{"id": "f-agreed"', hidden + '{"id": "f-agreed"')

    assert told(bundle) == [("f-x", "comparison-never", "warning")]


def test_names_of_rows_are_not_those_of_the_case():
    rows = (
        '{"id": "f-l", "type": "dynamiclist", "path": "visits", "components": ['
        '{"id": "f-r", "type": "number", "key": "fault", "label": "次数"},'
        '{"id": "f-t", "type": "text", "text": "x",'
        ' "conditional": {"hide": "=fault > 3"}}]},'
    )
    bundle = changed(APPROVE, '{"id": "f-agreed"', rows + '{"id": "f-agreed"')

    assert told(bundle) == []


def with_customer(expression: str) -> Bundle:
    """Return the small policy with the customer's fields in one variable."""
    files = dict(minimal().files)
    form = files["forms/register.form"].decode()
    for key in ("Name", "Phone"):
        form = form.replace(f'"customer{key}"', f'"customer.{key.lower()}"')
    files["forms/register.form"] = form.encode()
    return Bundle(
        "minimal",
        {
            name: content.replace(b"customerName", b"customer.name")
            .replace(b"customerPhone", b"customer.phone")
            .replace(CONDITION.encode(), f"={expression}".encode())
            for name, content in files.items()
        },
    )


def test_a_part_that_nothing_sets_comes_with_the_likely_one():
    (found,) = [
        each
        for each in check(with_customer('customer.nmae = "x"'))
        if each.rule == "name-unset" and each.element == "f6"
    ]

    assert str(found.what).endswith("reads customer.nmae, which nothing sets.")
    assert str(found.remedy) == "Did you mean customer.name?"
    assert say(found.remedy, "zh_CN") == "是不是要写 customer.name？"


def test_a_part_that_is_set_is_no_finding():
    assert not [one for one in told(with_customer('customer.name = "x"')) if one[0] == "f6"]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("subject.year = 2026", 1),
        ('registrar.nmae = "x"', 1),
        ('registrar.name = "x"', 0),
        ("date(subject).year = 2026", 0),
        ('carrier.name = "x"', 0),
    ],
)
def test_what_has_no_parts_is_found(expression, found):
    rules = [one for one in told(with_condition(expression)) if one[1] == "name-unset"]

    assert len(rules) == found
