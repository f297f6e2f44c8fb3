"""Whatever is wrong with a bundle is found: by the check, by deploying, and in Chinese."""

import io
import zipfile

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.language import say
from engine.model import BundleInvalid
from engine.policy import Bundle, check
from engine.store.models import Deployment, DeploymentFile, JournalLine, Policy
from tests.engine.commands.knowing import rows
from tests.engine.policy.bundles import changed, minimal, with_file

BPMN, DMN, POLICY = "complaint.bpmn", "remedy.dmn", "policy.toml"
FORM = "forms/register.form"

DOCTYPE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;">]><a>&d;</a>'
)
DEEP_XML = b"<a>" * 10_000 + b"</a>" * 10_000


def cut(name: str, part: float) -> Bundle:
    content = minimal().files[name]
    return with_file(name, content[: int(len(content) * part)])


BAD = {
    "a diagram cut in half": cut(BPMN, 0.5),
    "a diagram without its end": cut(BPMN, 0.99),
    "a diagram that is a form": with_file(BPMN, minimal().files[FORM]),
    "another root element": with_file(BPMN, b"<html/>"),
    "a DOCTYPE in UTF-16": with_file(BPMN, DOCTYPE.encode("utf-16")),
    "a billion laughs": with_file(BPMN, LAUGHS),
    "elements in elements": with_file(BPMN, DEEP_XML),
    "50 MB": with_file(BPMN, b" " * 50_000_000),
    "an unsupported construct": changed(
        BPMN, "<bpmn:sendTask", '<bpmn:transaction id="t1" /><bpmn:sendTask'
    ),
    "an id of 5000 letters": with_file(
        BPMN, minimal().text(BPMN).replace("wait-for-goods", "x" * 5_000).encode()
    ),
    "an unknown role": changed(BPMN, 'candidateGroups="head"', 'candidateGroups="haed"'),
    "an unknown form": changed(BPMN, 'formId="approve"', 'formId="aprove"'),
    "an unknown decision": changed(BPMN, 'decisionId="remedy"', 'decisionId="remdy"'),
    "an unknown letter": changed(BPMN, 'value="late"', 'value="laet"'),
    "a condition that does not parse": changed(BPMN, '=remedy = "replace"', "=remedy = ("),
    "a date that does not parse": changed(
        BPMN,
        "<zeebe:assignmentDefinition",
        '<zeebe:taskSchedule dueDate="=1 +" /><zeebe:assignmentDefinition',
    ),
    "a cell that does not parse": changed(DMN, "<text>true</text>", "<text>&gt; (</text>"),
    "a table cut in half": cut(DMN, 0.5),
    "a table with a DOCTYPE": with_file(DMN, DOCTYPE.encode("utf-16")),
    "a form cut in half": cut(FORM, 0.5),
    "a form that is a list": with_file(FORM, b"[]"),
    "a form of nested lists": with_file(FORM, b"[" * 100_000),
    "a form with too large a number": changed(
        FORM, '"components": [', '"schemaVersion": 1e99999999999999999999, "components": ['
    ),
    "a condition of a form that does not parse": changed(
        FORM,
        '"components": [',
        '"components": [{"id": "t", "type": "text", "text": "x",'
        ' "conditional": {"hide": "=1 +"}},',
    ),
    "a letter that does not parse": changed("letters/late.md", "case.number", "case.("),
    "a title that does not parse": changed(
        POLICY, '= customerName + "：" + subject', "= +"
    ),
    "an unknown key": changed(POLICY, "about =", "abuot ="),
    "a key of the wrong kind": changed(POLICY, 'owner = "head"', "owner = 3"),
    "broken TOML": changed(POLICY, 'owner = "head"', 'owner = "head'),
    "TOML in lists in lists": with_file(POLICY, b"a = " + b"[" * 50_000),
    "TOML with an endless number": changed(
        POLICY, "about =", "n = 1e9999999999999999999\nabout ="
    ),
    "TOML with 5000 digits": changed(POLICY, "about =", f"n = {'9' * 5000}\nabout ="),
    "TOML with a NUL": changed(POLICY, 'title = "简易投诉"', 'title = "a\\u0000b"'),
    "TOML that is no UTF-8": with_file(POLICY, b'key = "minimal"\ntitle = "\xff\xfe"'),
    "a calendar of nested lists": with_file("calendar.toml", b"a = " + b"[" * 50_000),
    "a broken scenario": changed("scenarios/refused.toml", "[end]", "[end"),
    "a template of nested lists": with_file(
        ".camunda/element-templates/a.json", b"[" * 100_000
    ),
}
bad = pytest.mark.parametrize("bundle", BAD.values(), ids=BAD.keys())


@bad
def test_each_fault_is_found_with_place_and_remedy_in_chinese(bundle: Bundle) -> None:
    errors = [finding for finding in check(bundle) if finding.severity == "error"]

    assert errors
    for finding in errors:
        assert finding.file
        for language in ("zh_CN", "zh_TW"):
            what, remedy = say(finding.what, language), say(finding.remedy, language)
            assert any("\u4e00" <= character <= "\u9fff" for character in what)
            assert any("\u4e00" <= character <= "\u9fff" for character in remedy)


@bad
def test_a_bundle_with_a_fault_is_not_deployed(engine, who, bundle: Bundle) -> None:
    lines = len(rows(engine, JournalLine))

    with pytest.raises(BundleInvalid) as refusal:
        engine.run(DeployBundle(bundle), by=who("root"))

    assert refusal.value.findings
    for kind in (Deployment, DeploymentFile, Policy):
        assert rows(engine, kind) == []
    assert len(rows(engine, JournalLine)) == lines


def test_no_cut_off_file_breaks_the_check() -> None:
    for name in minimal().files:
        for part in (0, 0.1, 0.3, 0.7, 0.95):
            check(cut(name, part))


def zipped(*names: str, content: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("policy.toml", b'key = "demo"\n')
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


def directory_changed(data: bytes, offset: int, value: bytes) -> bytes:
    changed = bytearray(data)
    place = changed.rindex(b"PK\x01\x02") + offset
    changed[place : place + len(value)] = value
    return bytes(changed)


ZIPS = {
    "a version of zip to come": directory_changed(zipped("a.bpmn"), 6, b"\xff\x00"),
    "a place outside": directory_changed(zipped("a.bpmn"), 42, b"\xff\xff\xff\x7f"),
    "an unknown compression": directory_changed(zipped("a.bpmn"), 10, b"\x63\x00"),
    "many small files": zipped(*(f"{number}.md" for number in range(1_500))),
    "much in many files": zipped(
        *(f"{number}.md" for number in range(30)), content=bytes(range(256)) * 8_000
    ),
    "a name of 60000 letters": zipped("x" * 60_000 + ".md"),
    "a way out": zipped("forms/../../../etc/passwd"),
    "a way out of Windows": zipped("..\\..\\evil.bpmn"),
    "an absolute path": zipped("/etc/passwd"),
    "the beginning of a zip": b"PK\x03\x04" + b"\0" * 100,
    "the end of a zip": b"PK\x05\x06" + b"\xff" * 18,
}


@pytest.mark.parametrize("data", ZIPS.values(), ids=ZIPS.keys())
def test_a_bad_zip_is_refused_with_findings_in_chinese(data: bytes) -> None:
    with pytest.raises(BundleInvalid) as refused:
        Bundle.from_zip(data)

    for finding in refused.value.findings:
        for sentence in (finding.what, finding.remedy):
            assert any("\u4e00" <= each <= "\u9fff" for each in say(sentence, "zh_CN"))
