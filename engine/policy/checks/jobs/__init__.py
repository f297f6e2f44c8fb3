"""Work for the machine: only what somebody carries out, with all that it needs.

One module a job type; `engine.commands.jobs.types` carries them out.
"""

from collections.abc import Iterator, Mapping

from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, finding_at
from engine.policy.checks.jobs import (
    close_month,
    count_cases,
    draw_sample,
    notify,
    open_case,
    report,
)
from engine.policy.checks.jobs.job import JobType, header_findings
from engine.policy.parts import Parts
from engine.policy.toml import did_you_mean

#: The job types that the platform carries out.
JOBS: Mapping[str, JobType] = {
    "close-month": close_month.JOB,
    "count-cases": count_cases.JOB,
    "draw-sample": draw_sample.JOB,
    "notify": notify.JOB,
    "open-case": open_case.JOB,
    "report": report.JOB,
}


def job_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the jobs of the diagrams."""
    for element in all_elements(parts):
        kind = element.job_type
        if element.job is None or kind is None:
            continue
        if kind in JOBS:
            yield from header_findings(element, JOBS[kind])
            yield from JOBS[kind].findings(parts, element)
        else:
            yield finding_at(
                element,
                "job-unknown",
                Sentence(
                    "Expected a job that is carried out, but there is none called {job}.",
                    {"job": kind},
                ),
                did_you_mean(kind, JOBS),
            )
