"""What is said to the author of a form."""

import json

import pytest

from engine.forms import FormError, parse_form
from tests.engine.forms.build import KINDS, a_form, field


@pytest.mark.parametrize(
    ("drawn", "rule"),
    [
        ({"type": "html", "content": "<b>"}, "form-component-unsupported"),
        ({"type": "iframe", "url": "https://example.com"}, "form-component-unsupported"),
        ({"type": "documentPreview"}, "form-component-unsupported"),
        ({"type": "signature"}, "form-component-unsupported"),
        ({}, "form-component-unsupported"),
        (field("textfield", autoComplete="on"), "form-setting-unknown"),
        (field("textfield", validate={"minLenght": 3}), "form-setting-unknown"),
        (field("textfield", conditional={"hide": "=a b c("}), "form-expression"),
        (field("textfield", label="{{ 1 + }}"), "form-expression"),
        (field("textfield", properties={"default": "= ("}), "form-expression"),
        ({"type": "text", "text": "{{#if a}}b{{/if}}"}, "form-template-block"),
        ({"type": "text", "text": "[x]({{ address }})"}, "form-template-link"),
        ({"type": "textfield", "label": "x"}, "form-key-missing"),
        (field("textfield", "2nd"), "form-key-invalid"),
        (field("textfield", "a..b"), "form-key-invalid"),
        (field("textfield", label=""), "form-label-missing"),
        (field("textfield", label=7), "form-setting-wrong"),
        (field("textfield", validate={"pattern": "("}), "form-setting-wrong"),
        (field("textfield", validate={"minLength": "many"}), "form-setting-wrong"),
        (field("textfield", validate={"validationType": "url"}), "form-setting-wrong"),
        (field("number", decimalDigits=-1), "form-setting-wrong"),
        (field("number", validate={"required": "yes"}), "form-setting-wrong"),
        (field("datetime", timeSerializingFormat="utc_normalized"), "form-setting-wrong"),
        (field("select", values="x"), "form-setting-wrong"),
        (field("select", values=[{"label": "x"}]), "form-setting-wrong"),
        (field("select"), "form-options"),
        (field("select", values=KINDS, valuesKey="x"), "form-options"),
        ({"type": "image", "source": "https://example.com/a.png"}, "form-image-source"),
        (
            {
                "type": "dynamiclist",
                "path": "rows",
                "label": "Rows",
                "components": [field("textfield", readonly=True)],
            },
            "form-readonly-in-list",
        ),
    ],
)
def test_it_finds_what_is_wrong(drawn, rule):
    form = a_form(drawn)

    assert [problem.rule for problem in form.problems] == [rule]
    assert all(str(problem.what) and str(problem.remedy) for problem in form.problems)


def test_it_finds_keys_that_are_used_twice_or_lie_in_each_other():
    group = {"type": "group", "label": "G", "components": [field("textfield", "a")]}
    rows = {"type": "dynamiclist", "path": "rows", "label": "Rows"}

    form = a_form(
        field("textfield", "a"),
        group,
        field("textfield", "b"),
        field("textfield", "b.c"),
        rows | {"components": [field("textfield", "a"), field("textfield", "b")]},
    )

    assert [str(problem.what) for problem in form.problems] == [
        "The key a is used by c0 too.",
        "The key b.c is used by c2 too.",
    ]


def test_every_problem_names_its_component():
    form = a_form(field("textfield", "1a"), field("number", id="price", decimalDigits="x"))

    assert [problem.component for problem in form.problems] == ["c0", "price"]


def test_all_that_is_carried_out_has_no_problem():
    form = a_form(
        field(
            "textfield",
            appearance={"prefixAdorner": "¥"},
            layout={"row": "r", "columns": 8},
        ),
        field("datetime", "at", subtype="datetime", timeInterval=15, use24h=True),
        {"type": "separator"},
        {"type": "spacer", "height": 20},
        {"type": "button", "action": "submit", "label": "提交"},
        {
            "type": "table",
            "label": "T",
            "dataSource": "=rows",
            "columnsExpression": "=cols",
        },
        {"type": "image", "source": "=picture", "alt": "{{ name }}"},
    )

    assert form.problems == ()


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"[]",
        b'{"id": "x"}',
        b'{"components": []}',
        b'{"id": "x", "components": [1]}',
        b'{"id": "x", "components": [{"type": "group", "components": 1}]}',
        b'{"id": "x", "components": '
        + b'[{"type":"group","components":' * 12
        + b"["
        + b"]}" * 12,
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"id": "x", "components": [{"type": "hr"}] * 501}).encode(),
    ],
)
def test_what_is_no_form_is_refused(source):
    with pytest.raises(FormError):
        parse_form(source)


def test_it_tells_its_keys_expressions_and_clauses():
    form = a_form(
        field("textfield", properties={"clause": "PQ-3.1, PQ-5.1"}),
        {"type": "text", "text": "{{ a }} {{ b }}"},
        {"type": "group", "label": "G", "conditional": {"hide": "= c"}, "components": []},
        {"type": "expression", "key": "sum", "expression": "=a + 1"},
    )

    assert form.keys == {"it", "sum"}
    assert form.clauses == {"PQ-3.1", "PQ-5.1"}
    assert form.expressions == (("c1", "a"), ("c1", "b"), ("c2", "c"), ("c3", "a + 1"))
    assert not form.reacts
