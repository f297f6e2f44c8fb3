"""Walks through the elements of a bundle's diagrams."""

from collections.abc import Iterator
from datetime import UTC, datetime

from engine.bpmn import ElementInfo, Term
from engine.feel import Context, FeelError, to_json
from engine.model import Finding, Sentence, Severity
from engine.policy.parts import Parts

_ANY_MOMENT = Context(datetime(2000, 1, 1, tzinfo=UTC))


def all_elements(parts: Parts) -> Iterator[ElementInfo]:
    """Yield every flow node of every diagram that can be read."""
    for process in parts.processes.values():
        yield from process.elements.values()


def finding_at(
    element: ElementInfo,
    rule: str,
    what: Sentence,
    remedy: Sentence,
    severity: Severity = "error",
) -> Finding:
    """Return a finding at *element*."""
    return Finding(element.file, element.id, rule, what, remedy, severity)


def literal_words(term: Term | None) -> list[str]:
    """Return the words that *term* lists, as far as they do not depend on a case."""
    if term is None:
        return []
    if term.expression is None:
        return [word.strip() for word in term.source.split(",") if word.strip()]
    if term.expression.reads:
        return []
    try:
        value = to_json(term.expression.evaluate({}, _ANY_MOMENT).value)
    except FeelError:
        return []
    values = value if isinstance(value, list) else [value]
    return [word for word in values if isinstance(word, str)]
