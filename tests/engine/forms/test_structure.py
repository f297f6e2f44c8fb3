"""Groups, lists of rows, and keys with dots: how values lie in each other."""

from engine.forms import with_row_added, with_row_removed
from tests.engine.forms.build import PHOTO, a_form, around, faults, field, required

WITNESSES = {
    "type": "dynamiclist",
    "path": "witnesses",
    "label": "证人",
    "components": [required("textfield", "name"), field("filepicker", "photos")],
}


def test_a_group_with_a_path_is_an_object_that_keeps_its_other_members():
    group = {"type": "group", "path": "customer", "label": "客户"}
    form = a_form(group | {"components": [field("textfield", "name")]})

    values = form.decode({"customer.name": ["李四"]}, {})
    stored = form.submission(values, around(customer={"name": "张三", "vip": True}))

    assert values == {"customer": {"name": "李四"}}
    assert stored == {"customer": {"name": "李四", "vip": True}}
    assert form.keys == {"customer"}


def test_a_key_with_dots_is_a_path():
    form = a_form(field("textfield", "customer.name"))

    values = form.decode({"customer.name": ["李四"]}, {})

    assert form.submission(values, around(customer={"vip": True})) == {
        "customer": {"name": "李四", "vip": True}
    }


def test_the_rows_of_a_list_are_objects_in_their_order():
    form = a_form(WITNESSES)
    sent = {"witnesses": [""], "witnesses.4.name": ["乙"], "witnesses.0.name": ["甲"]}

    values = form.decode(sent, {"witnesses.4.photos": [PHOTO]})

    assert values == {"witnesses": [{"name": "甲"}, {"name": "乙", "photos": [PHOTO]}]}
    assert faults(form, values) == {}


def test_a_fault_in_a_row_is_named_by_the_rows_number():
    form = a_form(WITNESSES)

    errors = faults(
        form, form.decode({"witnesses.0.name": ["甲"], "witnesses.1.name": [""]}, {})
    )

    assert list(errors) == ["witnesses.1.name"]


def test_a_list_begins_with_its_variable_else_with_empty_rows():
    form = a_form(WITNESSES | {"defaultRepetitions": 2})

    assert list(faults(form, {})) == ["witnesses.0.name", "witnesses.1.name"]
    assert faults(form, {}, witnesses=[{"name": "甲"}]) == {}
    assert faults(form, {"witnesses": []}) == {}


def test_too_many_rows_are_refused():
    form = a_form(WITNESSES)

    errors = faults(form, {"witnesses": [{"name": "x"}] * 101})

    assert errors == {"witnesses": ["Enter at most 100 rows."]}


def test_rows_that_are_fixed_keep_what_the_form_does_not_show():
    form = a_form(
        WITNESSES
        | {
            "allowAddRemove": False,
            "components": [
                field("textfield", "name", readonly=True),
                field("textfield", "said"),
            ],
        }
    )
    before = [{"name": "甲", "secret": 1}, {"name": "乙", "secret": 2}]

    stored = form.submission(
        {"witnesses": [{}, {"said": "见过"}]}, around(witnesses=before)
    )

    assert stored == {
        "witnesses": [
            {"name": "甲", "secret": 1, "said": None},
            {"name": "乙", "secret": 2, "said": "见过"},
        ]
    }


def test_rows_are_added_and_removed_by_name():
    values = {"witnesses": [{"name": "甲"}, {"name": "乙"}]}

    assert with_row_added(values, "witnesses")["witnesses"][2:] == [{}]
    assert with_row_removed(values, "witnesses.0") == {"witnesses": [{"name": "乙"}]}
    assert with_row_removed(values, "witnesses.9") == values
    assert with_row_added(values, "nothing.3.here") == values


def test_file_fields_are_known_by_name_in_any_row():
    form = a_form(WITNESSES, field("filepicker", "files"))
    names = ["witnesses.3.photos", "witnesses.3.name", "files", "photos"]

    assert form.file_names(names) == ("witnesses.3.photos", "files")


def test_lists_lie_in_lists():
    inner = {"type": "dynamiclist", "path": "calls", "label": "Calls"}
    form = a_form(
        WITNESSES | {"components": [inner | {"components": [field("textfield")]}]}
    )

    values = form.decode(
        {"witnesses.0.calls.1.it": ["x"], "witnesses.0.calls.0.it": ["y"]}, {}
    )

    assert form.submission(values, around()) == {
        "witnesses": [{"calls": [{"it": "y"}, {"it": "x"}]}]
    }
