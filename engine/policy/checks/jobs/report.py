"""The job `report`: the Excel file of a report, attached to the case."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import finding_at
from engine.policy.checks.jobs.job import JobType, ledger_findings, literal, unknown
from engine.policy.checks.jobs.months import month_findings
from engine.policy.parts import Parts
from engine.policy.sections.reports import REPORT_KINDS, needs, what_is_missing


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    yield from ledger_findings(parts, element)
    yield from month_findings(element)
    written = literal(element, "report")
    if written is None:
        return
    yield from unknown(
        element,
        "report-unknown",
        written,
        REPORT_KINDS,
        Sentence(
            "Expected a kind of report, but there is none called {report}.",
            {"report": written},
        ),
    )
    settings = parts.settings
    for kind in REPORT_KINDS:
        if kind == written and settings is not None and settings.ledger is not None:
            missing = what_is_missing(kind, settings.statistics)
            if missing is not None:
                yield finding_at(element, "report-empty", *needs(kind, missing))


JOB = JobType(_findings, required=("report", "month"), optional=("title",))
