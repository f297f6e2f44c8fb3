"""After a change of one file, only what depends on it is read again."""

import pytest

from engine.policy.parts import read_parts, reread_parts
from tests.engine.policy.bundles import changed, minimal, with_file

NAMED = ("policy.toml", 'title = "', 'title = "新')
MOVED = ("complaint.bpmn", '"3 working hours"', '"4 working hours"')
WORTH = ("remedy.dmn", '"quality"', '"other"')
BUNDLE = minimal()


@pytest.mark.parametrize(("name", "before", "after"), [NAMED, MOVED, WORTH])
def test_it_says_the_same_as_reading_all(name: str, before: str, after: str) -> None:
    bundle = changed(name, before, after)

    anew = reread_parts(read_parts(BUNDLE), name, bundle.files[name])

    whole = read_parts(bundle)
    assert anew.bundle.digest == bundle.digest
    assert anew.settings == whole.settings
    assert anew.processes == whole.processes
    assert anew.findings == whole.findings


def test_what_does_not_depend_on_the_file_is_kept() -> None:
    before = read_parts(BUNDLE)
    form = next(name for name in BUNDLE.files if name.endswith(".form"))

    anew = reread_parts(before, form, BUNDLE.files[form])

    assert anew.definitions is before.definitions
    assert anew.forms is not before.forms
    assert anew.forms.keys() == before.forms.keys()


def test_what_cannot_be_read_any_more_is_a_finding_and_missing() -> None:
    anew = reread_parts(read_parts(BUNDLE), "complaint.bpmn", b"<broken")

    assert [each.file for each in anew.findings] == ["complaint.bpmn"]
    assert anew.definitions is None
    assert with_file("complaint.bpmn", b"<broken").digest == anew.bundle.digest
