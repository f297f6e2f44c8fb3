"""What is printed stands in the words of the forms."""

from datetime import UTC, datetime

import pytest

from engine.feel import parse_expression
from engine.forms import FormContext, Showing, parse_form
from engine.model import Json

FORM = """{"id": "a", "type": "default", "components": [
  {"id": "c1", "type": "radio", "key": "fault", "label": "原因",
   "values": [{"label": "质量问题", "value": "quality"}]},
  {"id": "c2", "type": "checklist", "key": "parts", "label": "部件",
   "values": [{"label": "泵", "value": "pump"}, {"label": "阀", "value": "valve"}]},
  {"id": "c3", "type": "dynamiclist", "path": "visits", "label": "拜访", "components": [
    {"id": "c4", "type": "select", "key": "kind", "label": "方式",
     "values": [{"label": "上门", "value": "home"}]}]}
]}"""


def showing(variables: dict[str, Json]) -> Showing:
    context = FormContext(variables, datetime(2026, 3, 2, tzinfo=UTC))
    return Showing([parse_form(FORM.encode())], context, yes="是", no="否")


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("fault", "quality", "质量问题"),
        ("fault", "other", "other"),
        ("fault", None, ""),
        ("parts", ["pump", "valve"], "泵、阀"),
        ("anything", True, "是"),
        ("anything", False, "否"),
        ("anything", "2026-03-02", "2026年3月2日"),
        ("anything", "2026-03-02T01:10:00Z", "2026年3月2日 09:10"),
        ("anything", "2026-03-02T09:10", "2026年3月2日 09:10"),
        ("anything", "2026-13-02", "2026-13-02"),
        ("anything", 3, "3"),
        ("anything", ["a", None, "b"], "a、b"),
        ("anything", [{"document": 1, "name": "照片.jpg"}], "照片.jpg"),
        ('anything + "元"', "3", "3元"),
    ],
)
def test_a_value_is_shown_as_people_read_it(
    expression: str, value: Json, expected: str
) -> None:
    shown = showing({next(iter(parse_expression(expression).reads)): value})

    assert shown.text(parse_expression(expression)) == expected


def test_labels_come_first() -> None:
    shown = showing({"fault": "quality"})

    assert shown.text(parse_expression("fault"), labels={"quality": "质"}) == "质"


def test_a_row_is_read_before_the_case() -> None:
    shown = showing({"visits": [{"kind": "home"}], "kind": "x"})
    row = {"kind": "home"}

    assert shown.text(parse_expression("kind"), row=row, within=("visits",)) == "上门"


def test_a_text_keeps_what_was_entered_as_text() -> None:
    shown = showing({"fault": "quality", "name": "<b>*甲*</b>"})

    html = shown.html("**{{ fault }}**：{{ name }}")

    assert "<strong>质量问题</strong>" in html
    assert "&lt;b&gt;*甲*&lt;/b&gt;" in html
