"""What is wrong with decision tables is told with their place and weight."""

import re

from engine.language import say
from engine.policy import Bundle, check
from tests.engine.policy.bundles import changed, minimal

DMN, FORM = "remedy.dmn", "forms/investigate.form"


def told(bundle):
    return [one for one in check(bundle) if one.rule.startswith("dmn-")]


def test_the_small_policy_has_whole_tables():
    assert told(minimal()) == []


def test_a_gap_is_a_warning_with_line_and_remedy():
    found = told(changed(DMN, "<text>false</text>", "<text>true</text>"))

    gap = next(one for one in found if one.rule == "dmn-gap")
    assert (gap.file, gap.severity) == (DMN, "warning")
    assert gap.line is not None
    assert say(gap.what, "zh_CN").startswith("没有规则适用于以下情况：")


def test_two_rules_for_one_case_are_an_error():
    found = told(changed(DMN, "<text>true</text>", "<text>false</text>"))

    overlap = next(one for one in found if one.rule == "dmn-overlap")
    assert (overlap.severity, overlap.line is not None) == ("error", True)


def test_what_cannot_be_analysed_is_a_note():
    found = told(changed(DMN, "<text>true</text>", "<text>remedyAgreed</text>"))

    note = next(one for one in found if one.rule == "dmn-not-analysed")
    assert note.severity == "note"
    assert "remedyAgreed" in say(note.what, "zh_CN")


def test_what_a_form_offers_must_be_allowed_by_the_table():
    more = '"value": "misuse"}, {"label": "其他", "value": "other"}'
    found = told(changed(FORM, '"value": "misuse"}', more))

    assert [(one.rule, one.severity) for one in found] == [("dmn-not-allowed", "warning")]
    assert say(found[0].what, "zh_CN") == (
        "“原因”可能为“other”（其他），但决策表不允许这样的取值。"
    )


def test_a_field_that_may_be_left_empty_is_a_note():
    asked = '"validate": {"required": true}, "values"'
    found = told(changed(FORM, asked, '"values"'))

    assert [(one.rule, one.severity) for one in found] == [("dmn-gap-empty", "note")]
    assert say(found[0].what, "zh_CN").startswith("“原因”未填写时没有规则适用")


def test_a_field_that_is_hidden_from_some_is_taken_to_be_there():
    asked = '"validate": {"required": true}, "values"'
    hidden = '"conditional": {"hide": "=withinWarranty"}, "values"'

    assert told(changed(FORM, asked, hidden)) == []


def test_one_wrong_table_does_not_hide_what_is_wrong_with_the_others():
    bundle = minimal()
    other = bundle.files[DMN].replace(b"<text>true</text>", b"<text>false</text>")
    renamed = re.sub(rb' id="', b' id="other-', other)
    broken = bundle.files[DMN].replace(b'"UNIQUE"', b'"BEST"')

    found = told(Bundle("minimal", {**bundle.files, DMN: broken, "other.dmn": renamed}))

    assert [(one.file, one.rule) for one in found][:2] == [
        ("other.dmn", "dmn-overlap"),
        ("remedy.dmn", "dmn-hit-policy"),
    ]


def test_where_a_file_cannot_be_read_only_that_is_told():
    found = check(changed(DMN, "</definitions>", ""))

    assert [(one.file, one.rule) for one in found] == [(DMN, "dmn-unreadable")]
