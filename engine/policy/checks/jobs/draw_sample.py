"""The job `draw-sample`: closed cases, drawn to be looked at again."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.jobs.job import (
    JobType,
    ledger_findings,
    ledger_of,
    literal,
    since_findings,
    unknown,
    where_findings,
    wrong_header,
)
from engine.policy.parts import Parts

MOST_DRAWN = 100


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    yield from ledger_findings(parts, element)
    yield from where_findings(parts, element)
    yield from since_findings(element)
    ledger, process = ledger_of(parts), literal(element, "process")
    if ledger is not None and process is not None:
        what = Sentence(
            "Expected a process whose cases stand in the ledger, but there is none called "
            "{process}.",
            {"process": process},
        )
        yield from unknown(element, "process-unknown", process, ledger.processes, what)
    count = literal(element, "count")
    if count is not None and not _is_count(count):
        remedy = Sentence("Write a number from 1 to {most}.", {"most": MOST_DRAWN})
        yield wrong_header(element, "count", count, remedy)


def _is_count(text: str) -> bool:
    return text.strip().isdecimal() and 1 <= int(text) <= MOST_DRAWN


JOB = JobType(_findings, required=("process", "count", "since"), optional=("where",))
