"""What all job types have in common: headers that are known, and what they name."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from engine.bpmn import ElementInfo, Term
from engine.feel.syntax import tree
from engine.model import Finding, Sentence
from engine.policy.checks.elements import finding_at
from engine.policy.parts import Parts
from engine.policy.sections.ledger import Ledger
from engine.policy.toml import did_you_mean

Check = Callable[[Parts, ElementInfo], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class JobType:
    """A type of job: which headers it has, and what else must be so."""

    findings: Check
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers that it may have."""
        return (*self.required, *self.optional)


def header(element: ElementInfo, name: str) -> Term | None:
    """Return the header *name* of the job of *element*; None where there is none."""
    return element.job.headers.get(name) if element.job is not None else None


def literal(element: ElementInfo, name: str) -> str | None:
    """Return the header *name* as it is written; None where a case decides it."""
    term = header(element, name)
    return None if term is None else term.literal


def header_findings(element: ElementInfo, kind: JobType) -> Iterator[Finding]:
    """Yield headers of *element* that are unknown or missing."""
    given = element.job.headers if element.job is not None else {}
    for name in given:
        if name not in kind.headers:
            yield finding_at(
                element,
                "job-header",
                Sentence(
                    "Expected only headers that are known, but {name} is not.",
                    {"name": name},
                ),
                did_you_mean(name, kind.headers),
            )
    for name in kind.required:
        if name not in given or not given[name].source.strip():
            yield finding_at(
                element,
                "job-header",
                Sentence("Expected the header {name}, but there is none.", {"name": name}),
                Sentence(
                    "Headers that it needs: {names}.", {"names": ", ".join(kind.required)}
                ),
            )


def ledger_findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    """Yield a finding where *element* needs the ledger, and the policy has none."""
    if parts.settings is not None and parts.settings.ledger is None:
        yield finding_at(
            element,
            "job-ledger",
            Sentence("Expected the policy to have a ledger, but it has none."),
            Sentence("Add [ledger] with its columns to policy.toml."),
        )


def where_findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    """Yield what ``where`` asks for that is no column of the ledger, as far as written."""
    ledger, term = ledger_of(parts), header(element, "where")
    if ledger is None or term is None:
        return
    if term.expression is None:
        yield wrong_header(element, "where", term.source, _WHERE)
    elif isinstance(term.expression.tree, tree.ContextOf):
        known = [column.id for column in ledger.columns]
        for column, _ in term.expression.tree.entries:
            what = Sentence(
                "Expected a column of the ledger, but there is none called {column}.",
                {"column": column},
            )
            yield from unknown(element, "job-column", column, known, what)


def since_findings(element: ElementInfo) -> Iterator[Finding]:
    """Yield a finding where ``since`` is written, and no date."""
    written = literal(element, "since")
    if written is None:
        return
    try:
        date.fromisoformat(written.strip())
    except ValueError:
        yield wrong_header(element, "since", written, _SINCE)


def unknown(
    element: ElementInfo, rule: str, word: str, known: Collection[str], what: Sentence
) -> Iterator[Finding]:
    """Yield the finding *what* where *word* is not among *known*."""
    if word not in known:
        yield finding_at(element, rule, what, did_you_mean(word, known))


def wrong_header(element: ElementInfo, name: str, text: str, remedy: Sentence) -> Finding:
    """Return the finding that a header is written as it cannot be."""
    return finding_at(
        element,
        "job-header",
        Sentence(
            "Expected a value for the header {name}, but {text} is none.",
            {"name": name, "text": text},
        ),
        remedy,
    )


def ledger_of(parts: Parts) -> Ledger | None:
    """Return the ledger of the policy, if it has one that can be read."""
    return parts.settings.ledger if parts.settings is not None else None


_WHERE = Sentence('Write FEEL such as ={class: "general", unit: responsibleUnit}.')
_SINCE = Sentence('Write FEEL that gives a date, such as =today() - duration("P6M").')
