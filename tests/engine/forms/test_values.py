"""What each kind of field takes from a browser, what it refuses, and what is stored."""

from decimal import Decimal

import pytest

from tests.engine.forms.build import (
    KINDS,
    PAPER,
    PHOTO,
    a_form,
    around,
    faults,
    field,
    required,
)

CHOICE = {"values": KINDS}
NUMBERS = {"values": [{"label": "一", "value": 1}, {"label": "二", "value": 2}]}


@pytest.mark.parametrize(
    ("drawn", "typed", "stored"),
    [
        (field("textfield"), "  张三 ", "张三"),
        (field("textfield"), "   ", None),
        (field("textarea"), "一\r\n二", "一\n二"),
        (field("number"), "12", 12),
        (field("number"), "１，２００．５０", Decimal("1200.50")),
        (field("number"), "1,200", 1200),
        (field("number"), "-0.5", Decimal("-0.5")),
        (field("number"), "12.00", 12),
        (field("number"), "", None),
        (field("number", serializeToString=True), "12.5", "12.5"),
        (field("datetime", subtype="date"), "2026/3/1", "2026-03-01"),
        (field("datetime", subtype="date"), "2026年3月1日", "2026-03-01"),
        (field("datetime", subtype="time"), "9:30", "09:30:00"),
        (
            field("datetime", subtype="datetime"),
            "2026-03-01T09:30",
            "2026-03-01T09:30:00+08:00",
        ),
        (
            field("datetime", subtype="datetime"),
            "2026-03-01T01:30:00Z",
            "2026-03-01T09:30:00+08:00",
        ),
        (field("select", **CHOICE), "quality", "quality"),
        (field("select", **CHOICE), "", None),
        (field("radio", **NUMBERS), "2", 2),
    ],
)
def test_one_text_becomes_a_typed_value(drawn, typed, stored):
    form = a_form(drawn)

    values = form.decode({"it": [typed]}, {})

    assert faults(form, values) == {}
    assert form.submission(values, around()) == {"it": stored}


@pytest.mark.parametrize(
    ("drawn", "texts", "stored"),
    [
        (field("checkbox"), ["", "on"], True),
        (field("checkbox"), [""], False),
        (field("checklist", **CHOICE), ["", "service", "quality"], ["service", "quality"]),
        (field("checklist", **CHOICE), ["", "quality", "quality"], ["quality"]),
        (field("checklist", **CHOICE), [""], []),
        (field("taglist", **NUMBERS), ["", "1"], [1]),
        (field("radio", **CHOICE), ["", "quality"], "quality"),
    ],
)
def test_several_texts_become_a_typed_value(drawn, texts, stored):
    form = a_form(drawn)

    values = form.decode({"it": texts}, {})

    assert faults(form, values) == {}
    assert form.submission(values, around()) == {"it": stored}


def test_files_are_a_list_of_documents():
    form = a_form(field("filepicker", multiple=True, accept="image/*,.pdf"))

    values = form.decode({"it": [""]}, {"it": [PHOTO, PAPER, PHOTO | {"owner": 1}]})

    assert faults(form, values) == {}
    assert form.submission(values, around()) == {"it": [PHOTO, PAPER]}


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("textfield", {}),
        ("textarea", {}),
        ("number", {}),
        ("datetime", {}),
        ("select", CHOICE),
        ("radio", CHOICE),
        ("checkbox", {}),
        ("checklist", CHOICE),
        ("taglist", CHOICE),
        ("filepicker", {}),
    ],
)
@pytest.mark.parametrize("sent", [{}, {"it": [""]}])
def test_every_kind_says_when_it_is_required_and_missing(kind, settings, sent):
    form = a_form(required(kind, **settings))

    errors = faults(form, form.decode(sent, {}))

    assert len(errors["it"]) == 1


@pytest.mark.parametrize(
    ("drawn", "value", "says"),
    [
        (field("textfield"), "x" * 1001, "at most 1000 characters; these are 1001"),
        (field("textarea"), "x" * 20_001, "at most 20000"),
        (field("textfield", validate={"maxLength": 3}), "四个字了", "at most 3"),
        (field("textfield", validate={"minLength": 3}), "二字", "at least 3"),
        (field("textfield", validate={"maxLength": "=limit"}), "四个字了", "at most 2"),
        (field("textfield"), 12, "Enter a text"),
        (field("textfield"), ["a"], "Enter a text"),
        (field("textfield"), "a\x00b", "cannot be seen"),
        (field("textfield", validate={"validationType": "email"}), "a@b", "e-mail"),
        (field("textfield", validate={"validationType": "phone"}), "call me", "phone"),
        (field("textfield", validate={"pattern": "^a$"}), "b", "expected form"),
        (
            field("textfield", validate={"pattern": "^a$", "patternErrorMessage": "写 a"}),
            "b",
            "写 a",
        ),
        (
            field("textfield", validate={"pattern": "^(a|a)*$"}),
            "a" * 200 + "b",
            "expected form",
        ),
        (field("number"), "twelve", "in digits"),
        (field("number"), "1e9", "in digits"),
        (field("number"), True, "in digits"),
        (field("number"), Decimal("NaN"), "in digits"),
        (field("number"), 10**21, "at most 20 digits"),
        (field("number"), Decimal("1e999999"), "at most 20 digits"),
        (field("number", decimalDigits=0), Decimal("1.5"), "whole number"),
        (field("number", decimalDigits=2), Decimal("1.555"), "at most 2 decimals"),
        (field("number", validate={"min": 1}), 0, "at least 1"),
        (field("number", validate={"max": "=limit"}), 3, "at most 2"),
        (field("datetime", subtype="date"), "2026-02-30", "2026-03-31"),
        (field("datetime", subtype="date"), 20260301, "2026-03-31"),
        (field("datetime", subtype="date"), "0026-03-01", "between 1900"),
        (field("datetime", subtype="time"), "25:00", "09:30"),
        (field("datetime", subtype="datetime"), "2026-03-01", "2026-03-31 09:30"),
        (field("datetime", subtype="datetime"), "2026-03-01T09:30+99:99", "2026-03-31"),
        (
            field("datetime", subtype="date", disallowPassedDates=True),
            "2026-03-01",
            "is past",
        ),
        (
            field("datetime", subtype="datetime", disallowPassedDates=True),
            "2026-03-02T09:00",
            "is past",
        ),
        (field("select", **CHOICE), "other", "options given"),
        (field("select", **CHOICE), ["quality"], "options given"),
        (field("radio", **NUMBERS), True, "options given"),
        (field("checklist", **CHOICE), ["quality", "other"], "options given"),
        (field("checklist", **CHOICE), "quality", "options given"),
        (field("checkbox"), "maybe", "leave it empty"),
        (field("checkbox"), 1, "leave it empty"),
        (field("filepicker"), ["照片.jpg"], "did not arrive"),
        (field("filepicker"), [{"document": True}], "did not arrive"),
        (field("filepicker"), [PHOTO, PAPER], "one file only; these are 2"),
        (field("filepicker", accept="image/*"), [PAPER], "报告.pdf is of a type"),
        (
            field("filepicker", accept=".jpg"),
            [PHOTO | {"type": "text/plain"}],
            "照片.jpg is of",
        ),
        (field("dynamiclist", components=[]) | {"path": "it"}, "rows", "not understood"),
        ({"type": "group", "path": "it", "components": []}, "x", "not understood"),
    ],
)
def test_it_refuses_what_does_not_fit(drawn, value, says):
    drawn.pop("key" if "path" in drawn else "", None)
    form = a_form(drawn)

    errors = faults(form, {"it": value}, limit=2)

    assert [says in text for text in errors["it"]] == [True]


@pytest.mark.parametrize(
    ("drawn", "value"),
    [
        (field("textfield", validate={"pattern": "\\d{11}"}), "13800138000"),
        (field("textfield", validate={"validationType": "email"}), "name@example.com"),
        (field("textfield", validate={"validationType": "phone"}), "(010) 6655-4433 转 12"),
        (field("number", validate={"min": 0, "max": "1000000"}, decimalDigits=2), 12),
        (field("datetime", subtype="date", disallowPassedDates=True), "2026-03-02"),
        (field("filepicker", accept=".jpeg,.pdf", multiple=True), [PHOTO, PAPER]),
        (
            field("filepicker", accept=".docx"),
            [PAPER | {"name": "说明.DOCX", "type": "x/y"}],
        ),
        (field("number", validate={"min": "=nothing"}), 1),
    ],
)
def test_it_takes_what_fits(drawn, value):
    assert faults(a_form(drawn), {"it": value}, nothing=None) == {}


def test_what_cannot_be_typed_stays_as_it_was_typed():
    form = a_form(field("number"), field("datetime", "day", subtype="date"))
    sent = {"it": ["十二"], "day": ["下周"]}

    view = form.layout(form.decode(sent, {}), {}, around())

    shown = {each.name: (each.value, each.attributes["type"]) for (each,) in view.rows}
    assert shown == {"it": ("十二", "text"), "day": ("下周", "text")}


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"stranger": ["1"]}, "stranger"),
        ({"rows.0.stranger": ["1"]}, "rows.0.stranger"),
        ({"rows.x.it": ["1"]}, "rows.x.it"),
    ],
)
def test_a_name_that_no_field_has_is_refused(sent, name):
    rows = {"type": "dynamiclist", "path": "rows", "label": "Rows"}
    form = a_form(field("textfield"), rows | {"components": [field("textfield", id="x")]})

    errors = faults(form, form.decode(sent, {}))

    assert errors == {name: ["This form has no such field; leave it out."]}


def test_a_stranger_inside_an_object_is_named_with_its_path():
    group = {
        "type": "group",
        "path": "customer",
        "components": [field("textfield", "name")],
    }

    errors = faults(a_form(group), {"customer": {"name": "张三", "vip": True}})

    assert list(errors) == ["customer.vip"]
