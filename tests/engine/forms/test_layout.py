"""What a page is told of a form."""

import pytest

from engine.model import Sentence
from tests.engine.forms.build import KINDS, PHOTO, a_form, around, field, required


def views(form, values=None, errors=None, **variables):
    view = form.layout(values or {}, errors or {}, around(**variables))
    return {each.name: each for row in view.rows for each in row}


def test_fields_that_name_a_row_share_its_columns():
    form = a_form(
        field("textfield", "a", layout={"row": "r1", "columns": 10}),
        field("textfield", "b", layout={"row": "r1", "columns": None}),
        field("textfield", "c"),
        field("textfield", "d", layout={"row": "r2"}),
        field("textfield", "gone", layout={"row": "r2"}, conditional={"hide": "=true"}),
        field("textfield", "e", layout={"row": "r2"}),
    )

    view = form.layout({}, {}, around())

    rows = [[(each.name, each.columns) for each in row] for row in view.rows]
    assert rows == [[("a", 10), ("b", 6)], [("c", 16)], [("d", 8), ("e", 8)]]


def test_errors_stand_at_their_fields_and_in_the_summary():
    form = a_form(field("textfield", label="姓名"))
    wrong = Sentence("Fill this in.")

    view = form.layout({}, {"it": (wrong,), "stranger": (wrong,)}, around())

    assert view.rows[0][0].errors == (wrong,)
    assert [(fault.element, fault.label) for fault in view.faults] == [
        ("f-it", "姓名"),
        (None, "stranger"),
    ]


def test_what_hidden_fields_hold_is_sent_along():
    hidden = {"conditional": {"hide": "=true"}}
    form = a_form(
        field("textfield", "a", **hidden),
        field("checkbox", "b", **hidden),
        field("filepicker", "c", **hidden),
        field("checklist", "d", values=KINDS, **hidden),
    )

    values = {"a": "typed", "b": True, "c": [PHOTO], "d": ["quality"]}
    view = form.layout(values, {}, around())

    assert view.kept == (("a", "typed"), ("b", "on"), ("c", "7"), ("d", "quality"))


def test_a_text_shows_values_as_they_are():
    form = a_form({"type": "text", "text": "# 您好\n**{{ name }}**，{{ missing }}<b>"})

    (view,) = views(form, name="<i>*三*\n[x](y)").values()

    assert view.html == (
        "<h3>您好</h3>\n<p><strong>&lt;i&gt;*三*<br>\n[x](y)</strong>，&lt;b&gt;</p>\n"
    )


@pytest.mark.parametrize(
    "text", ["![x](https://example.com/a.png)", "[x](javascript:alert(1))"]
)
def test_a_text_loads_and_runs_nothing(text):
    (view,) = views(a_form({"type": "text", "text": text})).values()

    assert "<img" not in view.html
    assert "href" not in view.html or "javascript" not in view.html


def test_labels_speak_the_readers_language():
    form = a_form(
        field(
            "select",
            label="类别",
            values=KINDS,
            properties={"label@en": "Kind of {{ what }}", "quality@zh-TW": "品質"},
        )
    )

    english = form.layout({}, {}, around(language="en", what="case")).rows[0][0]
    taiwanese = form.layout({}, {}, around(language="zh_TW")).rows[0][0]

    assert english.label == "Kind of case"
    assert [option.label for option in taiwanese.options] == ["品質", "服务"]


def test_inputs_suit_phones():
    form = a_form(
        field("number", "count", decimalDigits=0, validate={"min": 0}),
        field("number", "debt"),
        field("textfield", "phone", validate={"validationType": "phone"}),
        field("datetime", "at", subtype="datetime"),
        field("filepicker", "photos", accept="image/*", multiple=True),
    )

    inputs = {name: dict(view.attributes) for name, view in views(form).items()}

    assert inputs["count"]["inputmode"] == "numeric"
    assert inputs["debt"]["inputmode"] == "text"
    assert inputs["phone"]["type"] == "tel"
    assert inputs["at"]["type"] == "datetime-local"
    assert inputs["photos"] == {"type": "file", "accept": "image/*", "multiple": "multiple"}


def test_stored_values_are_shown_as_they_are_typed():
    form = a_form(
        field("datetime", "at", subtype="datetime"),
        field("datetime", "time", subtype="time"),
        field("filepicker", "photos"),
        field("select", values=KINDS),
    )

    shown = views(
        form, at="2026-03-02T09:10:31+08:00", time="09:30:00", photos=[PHOTO], it="service"
    )

    assert shown["at"].value == "2026-03-02T09:10"
    assert shown["time"].value == "09:30"
    assert shown["photos"].value == [PHOTO]
    assert [option.chosen for option in shown["it"].options] == [False, True]


def test_a_record_shows_what_was_entered_in_words():
    form = a_form(
        required("select", "kind", values=KINDS),
        field("datetime", "at", subtype="datetime"),
        field("textfield", "left_empty"),
        {"type": "text", "text": "Advice"},
        {
            "type": "group",
            "label": "Empty",
            "components": [field("textfield", "also_empty")],
        },
    )
    values = {"kind": "quality", "at": "2026-03-02T09:10:00+08:00"}

    view = form.layout(values, {}, around(), reading=True)

    shown = [(each.name, each.shown, each.readonly, each.required) for (each,) in view.rows]
    assert shown == [
        ("kind", "质量", True, False),
        ("at", "2026-03-02 09:10", True, False),
    ]


def test_a_record_shows_what_was_entered_then_and_nothing_else():
    form = a_form(
        field("textfield", "asked", conditional={"hide": '=kind != "service"'}),
        field("textfield", "fixed", readonly=True),
        field("textfield", "preset", defaultValue="preset"),
        field("checkbox", "unasked"),
        {
            "type": "dynamiclist",
            "path": "rows",
            "label": "R",
            "components": [field("number")],
        },
        {"type": "expression", "key": "sum", "label": "合计", "expression": "=1 + 1"},
    )
    values = {"asked": "then", "fixed": "then", "sum": 5}
    now = around(kind="quality", fixed="now", unasked=True, rows=[{"it": 1}])

    view = form.layout(values, {}, now, reading=True)

    shown = [(each.name, each.shown) for (each,) in view.rows]
    assert shown == [("asked", "then"), ("fixed", "then"), ("sum", "5")]


def test_tables_show_rows_of_a_variable():
    table = {
        "type": "table",
        "label": "配件",
        "dataSource": "=parts",
        "columns": [{"key": "name", "label": "名称"}, {"key": "price", "label": "价格"}],
    }

    (view,) = views(
        a_form(table), parts=[{"name": "油封", "price": 12}, {"name": "泵"}]
    ).values()

    assert view.head == ("名称", "价格")
    assert view.body == (("油封", "12"), ("泵", ""))


def test_pictures_are_those_of_the_case_or_of_this_site():
    image = {"type": "image", "source": "=photos", "alt": "现场"}

    shown = next(iter(views(a_form(image), photos=[PHOTO]).values()))
    outside = next(iter(views(a_form(image), photos="https://example.com/a.png").values()))

    assert shown.value == [PHOTO]
    assert outside.value == []
    assert outside.attributes == {}


def test_rows_can_be_added_unless_they_are_fixed():
    rows = {"type": "dynamiclist", "path": "rows", "label": "Rows"}
    rows |= {"components": [field("textfield")]}

    open_ended = views(a_form(rows))["rows"]
    fixed = views(a_form(rows | {"allowAddRemove": False}))["rows"]

    assert (open_ended.addable, open_ended.readonly) == (True, False)
    assert (fixed.addable, fixed.readonly) == (False, True)
    assert open_ended.items[0].rows[0][0].element == "f-rows-0-it"


def test_a_form_says_whether_it_follows_what_is_entered():
    still = a_form(field("textfield", "a"), field("textfield", "b", readonly="=role = 1"))
    lively = a_form(field("textfield", "a"), field("textfield", "b", readonly="=a = 1"))

    assert not still.layout({}, {}, around()).reacts
    assert lively.layout({}, {}, around()).reacts


def test_a_moment_in_one_input_has_one_label():
    labels = {"label": "", "dateLabel": "受理时间（日期）", "timeLabel": "受理时间（时间）"}
    form = a_form(
        field("datetime", "a", subtype="datetime", **labels),
        field("datetime", "b", subtype="date", **labels),
    )

    assert [view.label for view in views(form).values()] == ["受理时间", "受理时间（日期）"]


def test_the_summary_says_in_which_row_a_fault_is():
    rows = {"type": "dynamiclist", "path": "rows", "label": "证人"}
    form = a_form(rows | {"components": [required("textfield", "name", label="姓名")]})
    values = {"rows": [{"name": "甲"}, {}]}

    view = form.layout(values, form.validate(values, around()), around())

    assert [fault.label for fault in view.faults] == ["证人 2 · 姓名"]
