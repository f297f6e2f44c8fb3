"""Each thing that can be wrong with a bundle has its finding, with place and remedy."""

import pytest

from engine.language import say
from engine.model import BundleInvalid, Finding
from engine.policy import Bundle, check, load
from tests.engine.policy.bundles import changed, minimal, with_file

BPMN, DMN, POLICY = "complaint.bpmn", "remedy.dmn", "policy.toml"


def told(bundle: Bundle) -> list[tuple[str, str | None, str]]:
    return [(finding.file, finding.element, finding.rule) for finding in check(bundle)]


def finding(bundle: Bundle, rule: str) -> Finding:
    return next(found for found in check(bundle) if found.rule == rule)


def test_the_small_policy_has_no_finding() -> None:
    assert not check(minimal())


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        (
            BPMN,
            'candidateGroups="head"',
            'candidateGroups="haed"',
            ("approve", "role-unknown"),
        ),
        (BPMN, 'candidateGroups="head"', "", ("approve", "task-unassigned")),
        (BPMN, 'formId="approve"', 'formId="aprove"', ("approve", "form-unknown")),
        (BPMN, 'value="3 working hours"', 'value="soon"', ("investigate", "bpmn-deadline")),
        (BPMN, 'name="deadline"', 'name="deadlin"', ("investigate", "property-unknown")),
        (BPMN, 'name="payload"', 'name="warn"', ("wait-for-goods", "property-misplaced")),
        (BPMN, 'value="investigate"', 'value="decide"', ("approve", "task-four-eyes")),
        (BPMN, 'name="warn"', 'name="evidence"', ("investigate", "task-evidence")),
        (BPMN, 'type="notify"', 'type="notfy"', ("remind-head", "job-unknown")),
        (BPMN, 'value="late"', 'value="laet"', ("remind-head", "letter-unknown")),
        (BPMN, 'key="letter"', 'key="leter"', ("remind-head", "job-header")),
        (BPMN, 'key="groups"', 'key="letter"', ("remind-head", "job-recipients")),
        (
            BPMN,
            '"groups" value="head"',
            '"groups" value="x"',
            ("remind-head", "role-unknown"),
        ),
        (BPMN, 'value="MC-2"', 'value="MC-9"', ("investigate", "clause-unknown")),
        (BPMN, "=remedy =", "=remdy =", ("f6", "name-unset")),
        (BPMN, '=remedy = "replace"', '="replace"', ("f6", "condition-no-question")),
        (
            BPMN,
            '=remedy = "replace"',
            "=if agreed then 1 else 2",
            ("f6", "condition-no-question"),
        ),
        (BPMN, "=registrar.login", "=registrar.logn", ("answer", "name-unset")),
        (DMN, "<text>fault</text>", "<text>falt</text>", ("remedy", "name-unset")),
        (DMN, ">MC-4<", ">MC-44<", ("rule-quality", "clause-unknown")),
        (POLICY, 'owner = "head"', 'owner = "boss"', ("owner", "role-unknown")),
        (POLICY, '["clerk"]', '["klerk"]', ("start[1].roles", "role-unknown")),
        (POLICY, '"complaint"', '"complant"', ("start[1].process", "process-unknown")),
        (POLICY, 'by = "staff"', 'by = "message"', ("start[1].by", "start-event")),
        (POLICY, '"= customerName"', '"= custmerName"', ("case.customer", "name-unset")),
        (POLICY, '["customerName", "s', '["custmer", "s', ("case.search", "name-unset")),
        (POLICY, 'key = "minimal"', 'key = "other"', ("key", "policy-key")),
        ("letters/late.md", "case.number", "case.numbr", (None, "name-unset")),
        ("letters/late.md", '"MC-2"', '"MC-22"', (None, "clause-unknown")),
        ("roles.toml", '"= branch"', '"= brnch"', ("head.unit", "name-unset")),
        (
            "scenarios/refused.toml",
            '"approve"',
            '"aprove"',
            ("step[4]", "scenario-unknown"),
        ),
        ("scenarios/refused.toml", '"answered"', '"x"', ("end.ends", "scenario-unknown")),
        ("scenarios/refused.toml", "[end]", "[ende]", ("ende", "toml-unknown-key")),
    ],
)
def test_each_fault_is_told_at_its_place(
    name: str, before: str, after: str, expected: tuple[str | None, str]
) -> None:
    assert (name, *expected) in told(changed(name, before, after))


def test_a_wrong_name_comes_with_the_likely_one() -> None:
    found = finding(changed(BPMN, "=remedy =", "=remdy ="), "name-unset")

    assert (
        str(found.what)
        == 'The expression remdy = "replace" reads remdy, which nothing sets.'
    )
    assert str(found.remedy) == "Did you mean remedy?"
    assert say(found.remedy, "zh_CN") == "是不是要写 remedy？"
    assert found.severity == "warning"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        (BPMN, b"<bpmn:definitions", "bpmn-file"),
        (BPMN, b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "bpmn-file"),
        (BPMN, bytes(50_000_000), "bpmn-file"),
        (BPMN, b"", "bpmn-file"),
        (BPMN, None, "bundle-missing"),
        (DMN, b"<definitions", "dmn-unreadable"),
        (DMN, b"<!DOCTYPE x><x/>", "dmn-unreadable"),
        ("forms/register.form", b"{", "form"),
        ("forms/register.form", b'{"id": "register", "components": [{"type": "x"}]}', None),
        ("calendar.toml", b'zone = "Nowhere"', "calendar"),
        ("calendar.toml", b'zone = "Asia/Tokyo"', "calendar-zone"),
        (".camunda/element-templates/a.json", b"[{", "template-json"),
        ("letters/late.md", b"no head", "letter-head"),
        ("letters/late.md", b"\xff\xfe", "text-encoding"),
        ("clauses.toml", None, "bundle-missing"),
        ("policy.toml", b"key = = ", "toml-syntax"),
        ("roles.toml", b"[a]\ntitel = 1", "toml-unknown-key"),
        ("scenarios/refused.toml", b"", "toml-missing-key"),
    ],
)
def test_a_broken_file_is_a_finding_and_no_exception(
    name: str, content: bytes | None, rule: str | None
) -> None:
    bundle = with_file(name, content)

    found = [each for each in check(bundle) if each.severity == "error"]

    assert found
    assert rule is None or rule in {each.rule for each in found}


def test_a_bundle_that_cannot_be_read_is_not_loaded() -> None:
    bundle = with_file(BPMN, b"<bpmn:definitions")

    with pytest.raises(BundleInvalid):
        load(bundle)


def test_faults_of_several_files_are_told_together() -> None:
    files = dict(changed(BPMN, 'formId="approve"', 'formId="aprove"').files)
    files[DMN] = b"<definitions"
    files["letters/late.md"] = b"no head"

    rules = {each.rule for each in check(Bundle("minimal", files))}

    assert {"form-unknown", "dmn-unreadable", "letter-head", "letter-unknown"} <= rules


def test_a_clause_that_nothing_cites_or_proves_is_a_warning() -> None:
    more = '["MC-6"]\nsays = "一"\nkind = "flow"\n["MC-1"]\nsays = "客户'

    found = {
        (each.element, each.rule, each.severity)
        for each in check(changed("clauses.toml", '["MC-1"]\nsays = "客户', more))
    }

    assert ("MC-6", "clause-uncited", "warning") in found


def test_a_clause_without_a_scenario_is_a_warning() -> None:
    bundle = changed("scenarios/replaced.toml", ', "MC-5"', "")

    assert ("clauses.toml", "MC-5", "clause-unproven") in told(bundle)


def test_unread_and_unused_files_are_warnings() -> None:
    files = dict(minimal().files)
    files["notes.txt"] = b""
    files["letters/spare.md"] = b'+++\ntitle = "x"\n+++\n'

    found = told(Bundle("minimal", files))

    assert ("notes.txt", None, "file-unread") in found
    assert ("letters/spare.md", None, "letter-unused") in found


def test_a_diagram_without_drawing_is_told_once() -> None:
    text = minimal().text(BPMN)
    start, end = text.index("<bpmndi:BPMNDiagram"), text.index("</bpmn:definitions>")

    bundle = with_file(BPMN, (text[:start] + text[end:]).encode())

    assert told(bundle) == [(BPMN, None, "drawing-missing")]


def test_a_deadlock_is_an_error_in_words() -> None:
    text = (
        minimal()
        .text(BPMN)
        .replace('exclusiveGateway id="settled"', 'parallelGateway id="settled"')
    )
    text = text.replace(
        '<bpmn:parallelGateway id="settled"',
        '<bpmn:parallelGateway id="settled" name="汇合"',
    )
    text = text.replace(
        '</bpmn:exclusiveGateway>\n    <bpmn:sendTask id="answer"',
        '</bpmn:parallelGateway>\n    <bpmn:sendTask id="answer"',
    )

    found = finding(with_file(BPMN, text.encode()), "flow-stands-still")

    assert (found.element, found.severity) == ("settled", "error")
    assert say(found.what, "zh_CN").startswith(
        "“汇合”要等所有路径到齐，但“是否换货？”之后只走其中一条"
    )


def test_gaps_and_overlaps_of_tables_are_told() -> None:
    gap = changed(DMN, "<text>true</text>", "<text>false</text>")

    found = {(each.element, each.rule, each.severity) for each in check(gap)}

    assert ("rule-misuse", "dmn-overlap", "error") in found or (
        "rule-misuse-warranty",
        "dmn-overlap",
        "error",
    ) in found
    assert ("remedy-table", "dmn-gap", "warning") in found


def test_loading_gives_everything_that_cases_need() -> None:
    policy = load(minimal())

    assert policy.settings.title == "简易投诉"
    assert set(policy.forms) == {"register", "investigate", "approve"}
    assert set(policy.letters) == {"answer", "late"}
    assert policy.definitions.processes["complaint"].name == "简易投诉"
    assert [place.element for place in policy.citations["MC-3"]] == ["head", "approve"]
