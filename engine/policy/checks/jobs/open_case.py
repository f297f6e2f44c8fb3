"""The job `open-case`: another case of the policy, linked to this one."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo, Term
from engine.feel.syntax import tree
from engine.model import Finding, Sentence
from engine.policy.checks.elements import finding_at
from engine.policy.checks.jobs.job import JobType, header, literal, unknown, wrong_header
from engine.policy.parts import Parts

LONGEST_RELATION = 100


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    process = literal(element, "process")
    if process is not None and parts.settings is not None:
        yield from _process(parts, element, process)
    values = header(element, "values")
    if values is not None and _is_no_context(values):
        remedy = Sentence("Write FEEL such as ={customerName: customerName}.")
        yield wrong_header(element, "values", values.source, remedy)
    relation = literal(element, "relation") or ""
    if len(relation) > LONGEST_RELATION:
        remedy = Sentence("Write at most {most} characters.", {"most": LONGEST_RELATION})
        yield wrong_header(element, "relation", relation, remedy)


def _process(parts: Parts, element: ElementInfo, process: str) -> Iterator[Finding]:
    starts = parts.settings.starts if parts.settings is not None else ()
    yield from unknown(
        element,
        "process-unknown",
        process,
        sorted({start.process for start in starts}),
        Sentence(
            "Expected a process that policy.toml starts, but there is none called "
            "{process}.",
            {"process": process},
        ),
    )
    found = parts.processes.get(process)
    if found is not None and not any(event.kind == "none" for event in found.starts):
        yield finding_at(
            element,
            "start-event",
            Sentence(
                "Expected {process} to have a start event of no kind, at which another "
                "case can begin it, but it has none.",
                {"process": process},
            ),
            Sentence("Add a plain start event to that process."),
        )


def _is_no_context(term: Term) -> bool:
    if term.expression is None:
        return True
    return isinstance(term.expression.tree, tree.Literal | tree.ListOf)


JOB = JobType(_findings, required=("process", "values"), optional=("relation",))
