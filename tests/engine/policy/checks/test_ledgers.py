"""What ledger, reports and the jobs about them name must be there."""

import pytest

from engine.policy import Bundle, check
from tests.engine.commands.conftest import changed
from tests.engine.policy.bundles import minimal
from tests.ledgers import with_job, with_ledger

BPMN, POLICY = "complaint.bpmn", "policy.toml"


def told(bundle: Bundle) -> list[tuple[str, str | None, str]]:
    return [(finding.file, finding.element, finding.rule) for finding in check(bundle)]


def test_a_policy_with_a_ledger_has_no_finding():
    assert told(with_ledger(minimal())) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "rule"),
    [
        ('["head"]', '["haed"]', "ledger.readers", "role-unknown"),
        (
            '["head"]',
            '["head"]\nprocesses = ["complaints"]',
            "ledger.processes",
            "process-unknown",
        ),
        ('title = "热点"', 'title = "x"\nroles = ["x"]', "report[1].roles", "role-unknown"),
        ("= branch", "= brnch", "ledger.column unit", "name-unset"),
        ("= branch", "= clock.openedAt", None, None),
        ("= branch", "= survey.unit", None, None),
        ("= branch", "= case.openedFrom", None, None),
        ("= branch", "= string(today())", "ledger.column unit", "ledger-moment"),
        ('= fault = \\"', '= falt = \\"', "statistics.solved-once", "name-unset"),
        ('clauses = ["MC-1"]\n[[l', 'clauses = ["MC-9"]\n[[l', "ledger", "clause-unknown"),
        (
            'title = "热点"',
            'title = "x"\nclauses = ["MC-9"]',
            "report hot-spots",
            "clause-unknown",
        ),
    ],
)
def test_what_the_ledger_names_must_be_there(before, after, place, rule):
    ledger = with_ledger(minimal())
    text = ledger.text(POLICY)
    at = text.index("[ledger]")
    assert before in text[at:]
    text = text[:at] + text[at:].replace(before, after, 1)

    found = told(Bundle(ledger.key, {**ledger.files, POLICY: text.encode()}))

    assert found == ([(POLICY, place, rule)] if rule else [])


COUNT = {"where": "={unit: branch}", "since": "=today()"}
DRAW = {"process": "complaint", "count": "3", "since": "=today()"}
OPEN = {"process": "complaint", "values": "={subject: subject}"}
REPORT = {"report": "hot-spots", "month": "=string(today())"}


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("count-cases", COUNT),
        ("count-cases", COUNT | {"state": "open, closed", "since": "2026-01-01"}),
        ("draw-sample", DRAW),
        ("draw-sample", DRAW | {"where": '={fault: "misuse"}', "count": "=2 + 1"}),
        ("open-case", OPEN | {"relation": "转出"}),
        ("report", REPORT | {"title": "热点"}),
        ("close-month", {"month": "2026-03"}),
    ],
)
def test_each_job_is_known_with_its_headers(kind, headers):
    found = told(with_job(with_ledger(minimal()), kind, **headers))

    # The answer to the customer is what the job stands in place of.
    assert [rule for *_, rule in found] == ["letter-unused"]


@pytest.mark.parametrize(
    ("kind", "headers", "rule"),
    [
        ("count-cases", {"since": "=today()"}, "job-header"),
        ("count-cases", COUNT | {"wehre": "={}"}, "job-header"),
        ("count-cases", COUNT | {"where": "={untt: branch}"}, "job-column"),
        ("count-cases", COUNT | {"where": "branch"}, "job-header"),
        ("count-cases", COUNT | {"since": "last week"}, "job-header"),
        ("count-cases", COUNT | {"state": "done"}, "job-header"),
        ("draw-sample", DRAW | {"process": "complaints"}, "process-unknown"),
        ("draw-sample", DRAW | {"count": "0"}, "job-header"),
        ("draw-sample", DRAW | {"count": "many"}, "job-header"),
        ("open-case", OPEN | {"process": "other"}, "process-unknown"),
        ("open-case", OPEN | {"values": "subject"}, "job-header"),
        ("open-case", OPEN | {"values": "=[subject]"}, "job-header"),
        ("open-case", OPEN | {"relation": "长" * 101}, "job-header"),
        ("report", REPORT | {"report": "hotspots"}, "report-unknown"),
        ("report", REPORT | {"report": "satisfaction"}, "report-empty"),
        ("report", REPORT | {"month": "March"}, "job-header"),
        ("close-month", {}, "job-header"),
        ("close-month", {"month": "2026-13"}, "job-header"),
    ],
)
def test_each_fault_of_a_job_is_told_at_its_element(kind, headers, rule):
    found = told(with_job(with_ledger(minimal()), kind, **headers))

    assert (BPMN, "answer", rule) in found


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("count-cases", COUNT),
        ("draw-sample", DRAW),
        ("report", REPORT),
        ("close-month", {"month": "2026-03"}),
    ],
)
def test_what_looks_into_the_ledger_needs_one(kind, headers):
    found = told(with_job(minimal(), kind, **headers))

    assert (BPMN, "answer", "job-ledger") in found


def test_what_a_job_hands_over_can_be_read():
    bundle = with_job(with_ledger(minimal()), "count-cases", **COUNT)
    reading = changed(bundle, "letters/late.md", "case.number", "count")

    assert "name-unset" not in [rule for *_, rule in told(reading)]


def test_an_open_case_needs_a_plain_start_event():
    timed = changed(
        with_job(minimal(), "open-case", **OPEN),
        BPMN,
        "<bpmn:outgoing>f1</bpmn:outgoing>",
        "<bpmn:outgoing>f1</bpmn:outgoing><bpmn:timerEventDefinition>"
        '<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">0 9 * * *</bpmn:timeCycle>'
        "</bpmn:timerEventDefinition>",
    )

    assert (BPMN, "answer", "start-event") in told(timed)
