"""Whatever is entered, a form answers; what it accepts, it accepts again."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Json
from tests.engine.forms.build import KINDS, PHOTO, a_form, around, field, required

ROWS = {"type": "dynamiclist", "path": "rows", "label": "Rows"}
GROUP = {"type": "group", "path": "group", "label": "Group"}
FIELDS = [
    field("textfield", "text", validate={"maxLength": 4}),
    field("number", "number", decimalDigits=2, validate={"min": 0, "max": "=100"}),
    field("datetime", "day", subtype="date"),
    field("datetime", "moment", subtype="datetime"),
    field("datetime", "clock", subtype="time", conditional={"hide": "=tick"}),
    field("select", "one", values=KINDS),
    field("taglist", "some", valuesExpression="=if tick then [1, 2] else [3]"),
    field("checkbox", "tick"),
    field("filepicker", "files", accept="image/*"),
]
FORM = a_form(
    *FIELDS,
    GROUP | {"components": [required("textfield", "name"), field("number", "count")]},
    ROWS
    | {"components": [*FIELDS, field("textfield", "here", conditional={"hide": "=i > 1"})]},
    {"type": "expression", "key": "sum", "expression": "=number + group.count"},
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**25)
    | st.decimals(allow_nan=True, allow_infinity=True)
    | st.text(max_size=6)
    | st.sampled_from(["quality", "2026-03-01", "2026-03-01T09:30", "9:30", "", PHOTO])
)
names = st.sampled_from(
    [each["key"] for each in FIELDS] + ["rows", "group", "name", "sum", "x"]
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
fitting: dict[str, st.SearchStrategy[Json]] = {
    "text": st.text("abc", max_size=4),
    "number": st.integers(0, 100) | st.decimals(0, 100, places=2),
    "day": st.dates().map(str) | st.none(),
    "moment": st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes")),
    "clock": st.times().map(lambda time: time.isoformat(timespec="minutes")),
    "one": st.sampled_from(["quality", "service", None]),
    "some": st.lists(st.sampled_from([1, 2, 3, "1"]), max_size=3),
    "tick": st.booleans(),
    "files": st.just([PHOTO]),
}
rows = st.fixed_dictionaries({}, optional=fitting)
entries = st.fixed_dictionaries(
    {"group": st.fixed_dictionaries({"name": st.text("ab", min_size=1, max_size=3)})},
    optional={**fitting, "rows": st.lists(rows, max_size=3)},
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(names, anything, max_size=6),
    st.dictionaries(names, anything, max_size=4),
)
def test_no_values_and_no_variables_break_a_form(values, variables):
    errors = FORM.validate(values, around(**variables))

    view = FORM.layout(values, errors, around(**variables))

    assert len(view.faults) == sum(map(len, errors.values()))


@settings(max_examples=60, deadline=None)
@given(entries)
def test_what_is_accepted_is_accepted_again_and_stays_the_same(values):
    if FORM.validate(values, around()):
        return
    stored = FORM.submission(values, around())

    again = FORM.submission(stored, around(**stored))

    assert FORM.validate(stored, around()) == {}
    assert again == stored


@pytest.mark.parametrize(
    "number", [Decimal("1E+400000"), Decimal("-Infinity"), 10**5000], ids=["E", "-", "int"]
)
def test_giant_numbers_are_refused_and_not_spelled_out(number):
    errors = FORM.validate({"number": number, "group": {"name": "x"}}, around())

    assert list(errors) == ["number"]
    assert FORM.layout({"number": number}, errors, around())
