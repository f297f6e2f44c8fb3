"""Which fields are there, read-only or preset, and what that means for what is stored."""

import pytest

from tests.engine.forms.build import KINDS, a_form, around, faults, field, required


def reason(**settings):
    return required("textfield", "reason", **settings)


def test_a_hidden_field_is_neither_required_nor_stored():
    form = a_form(
        field("textfield", "liable"), reason(conditional={"hide": '=liable != "no"'})
    )

    hidden = {"liable": "yes", "reason": "left over"}

    assert faults(form, hidden) == {}
    assert form.submission(hidden, around()) == {"liable": "yes"}
    assert list(faults(form, {"liable": "no"})) == ["reason"]


@pytest.mark.parametrize("hide", ["=null", "=amount > 1000", '="yes"', "=unknown", "=1"])
def test_only_true_hides(hide):
    form = a_form(field("number", "amount"), reason(conditional={"hide": hide}))

    assert list(faults(form, {})) == ["reason"]


def test_a_hidden_group_hides_all_in_it():
    group = {"type": "group", "label": "G", "conditional": {"hide": "=true"}}
    form = a_form(group | {"components": [reason()]})

    assert faults(form, {"reason": "x"}) == {}
    assert form.submission({"reason": "x"}, around()) == {}


def test_conditions_see_hidden_values_as_null_wherever_they_stand():
    form = a_form(
        reason(conditional={"hide": "=detail = null"}),
        field("textfield", "detail", conditional={"hide": "=switch != true"}),
        field("checkbox", "switch"),
    )

    assert faults(form, {"detail": "x", "switch": False}) == {}
    assert list(faults(form, {"detail": "x", "switch": True})) == ["reason"]


def test_conditions_that_chase_each_other_come_to_an_end():
    form = a_form(
        field("textfield", "a", conditional={"hide": "=b = null"}),
        field("textfield", "b", conditional={"hide": "=a != null"}),
    )

    assert faults(form, {"a": "1", "b": "2"}) == {}


def test_rows_have_their_own_conditions():
    rows = {"type": "dynamiclist", "path": "rows", "label": "Rows"}
    inside = [field("checkbox", "known"), reason(conditional={"hide": "=known or i = 3"})]
    form = a_form(rows | {"components": inside})

    errors = faults(form, {"rows": [{"known": True}, {"known": False}, {}]})

    assert list(errors) == ["rows.1.reason"]


def test_rows_see_themselves_and_the_form_around_them():
    rows = {"type": "dynamiclist", "path": "rows", "label": "Rows"}
    hide = '=this.mark != "x" or parent.strict != true or vip != true'
    inside = [field("textfield", "mark"), reason(conditional={"hide": hide})]
    form = a_form(field("checkbox", "strict"), rows | {"components": inside})

    errors = faults(
        form, {"strict": True, "rows": [{"mark": "x"}, {"mark": "y"}]}, vip=True
    )

    assert list(errors) == ["rows.0.reason"]


@pytest.mark.parametrize(
    "settings", [{"readonly": True}, {"disabled": True}, {"readonly": "=on"}]
)
def test_what_is_read_only_cannot_be_changed(settings):
    form = a_form(field("textfield", **settings))

    assert faults(form, {"it": "new"}, it="old", on=True) == {
        "it": ["This cannot be changed here."]
    }
    assert form.submission({}, around(it="old", on=True)) == {}
    assert faults(form, {"it": "old"}, it="old", on=True) == {}


def test_a_field_begins_with_the_variable_else_with_its_preset():
    form = a_form(
        field("textfield", defaultValue="preset"),
        field("datetime", "day", subtype="date", properties={"default": "= today()"}),
        field("textfield", "again", properties={"prefill": "no"}),
    )

    empty = form.submission({}, around(again="old"))
    filled = form.submission({"again": "new"}, around(it="variable", day="2026-01-01"))

    assert empty == {"it": "preset", "day": "2026-03-02", "again": None}
    assert filled == {"it": "variable", "day": "2026-01-01", "again": "new"}


def test_a_variable_that_does_not_fit_is_not_taken_over():
    form = a_form(
        required("select", values=KINDS),
        field("number", "amount"),
        field("filepicker", "files"),
    )
    variables = {"it": "abolished", "amount": "12.5", "files": ["x"]}

    assert list(faults(form, {}, **variables)) == ["it"]
    assert str(form.submission({}, around(**variables))["amount"]) == "12.5"
    assert form.submission({}, around(**variables))["files"] == []


def test_options_come_from_an_expression_or_from_a_key():
    of_units = '=for u in units[kind = "branch"] return {label: u.name, value: u.key}'
    form = a_form(
        field("select", valuesExpression=of_units),
        field("checklist", "colours", valuesKey="palette.all"),
    )
    units = [
        {"kind": "branch", "name": "一所", "key": "b1"},
        {"kind": "region", "name": "东区", "key": "r1"},
    ]
    around_it = {"units": units, "palette": {"all": ["红", "绿"]}}

    assert faults(form, {"it": "b1", "colours": ["绿"]}, **around_it) == {}
    assert list(faults(form, {"it": "r1", "colours": ["蓝"]}, **around_it)) == [
        "it",
        "colours",
    ]


def test_options_may_depend_on_what_was_entered():
    form = a_form(
        field("textfield", "region"),
        field("select", valuesExpression="=for u in units[parent = region] return u.key"),
    )
    units = [{"parent": "east", "key": "e1"}, {"parent": "west", "key": "w1"}]

    assert faults(form, {"region": "east", "it": "e1"}, units=units) == {}
    assert list(faults(form, {"region": "west", "it": "e1"}, units=units)) == ["it"]


def test_an_expression_is_computed_from_what_was_entered():
    total = {"type": "expression", "key": "total", "expression": "=price * 2"}
    double = {"type": "expression", "key": "double", "expression": "=total * 2"}
    form = a_form(double, total, field("number", "price"))

    submitted = form.submission({"price": 4, "total": 1}, around())

    assert submitted == {"price": 4, "total": 8, "double": 16}


def test_required_may_depend_on_what_was_entered():
    form = a_form(
        field("number", "amount"),
        field("textfield", validate={"required": "=amount > 100"}),
    )

    assert faults(form, {"amount": 1}) == {}
    assert list(faults(form, {"amount": 101})) == ["it"]
