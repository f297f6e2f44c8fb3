"""The job `close-month`: the figures of a month, from then on unchanged."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding
from engine.policy.checks.jobs.job import JobType, ledger_findings
from engine.policy.checks.jobs.months import month_findings
from engine.policy.parts import Parts


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    yield from ledger_findings(parts, element)
    yield from month_findings(element)


JOB = JobType(_findings, required=("month",))
