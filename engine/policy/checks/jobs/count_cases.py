"""The job `count-cases`: how many cases of the ledger are like this one."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import literal_words
from engine.policy.checks.jobs.job import (
    JobType,
    header,
    ledger_findings,
    since_findings,
    unknown,
    where_findings,
)
from engine.policy.parts import Parts

STATES = ("open", "closed", "cancelled")


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    yield from ledger_findings(parts, element)
    yield from where_findings(parts, element)
    yield from since_findings(element)
    for word in literal_words(header(element, "state")):
        what = Sentence(
            "Expected a state of cases, but there is none called {state}.", {"state": word}
        )
        yield from unknown(element, "job-header", word, STATES, what)


JOB = JobType(_findings, required=("where", "since"), optional=("state",))
