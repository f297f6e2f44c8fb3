"""Where each clause of the written policy is carried out (one place a line)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.markup import MarkupError, parse_xml
from engine.policy.clauses import Citation
from engine.policy.parts import POLICY, ROLES, Parts
from engine.policy.settings import PolicySettings

_DMN_RULE = "{*}rule"
_SEPARATORS = re.compile(r"[\s,，、;；:：。()（）]+")


def citations_in(parts: Parts) -> dict[str, tuple[Citation, ...]]:
    """Return for each cited id, known or not, the places that cite it; no scenarios."""
    found: dict[str, list[Citation]] = {}
    for clause_id, citation in _all(parts):
        found.setdefault(clause_id, []).append(citation)
    return {clause_id: tuple(dict.fromkeys(places)) for clause_id, places in found.items()}


def _all(parts: Parts) -> Iterator[tuple[str, Citation]]:
    yield from _of_settings(parts)
    for role in parts.roles.values():
        yield from _each(role.clauses, ROLES, role.id)
    for letter in parts.letters.values():
        yield from _each(letter.clauses, f"letters/{letter.id}.md")
    for guide in parts.guides.values():
        yield from _each(guide.clauses, f"guides/{guide.id}.md")
    for printed in parts.prints.values():
        yield from _each(printed.clauses, f"prints/{printed.id}.toml")
    for form in parts.forms.values():
        for component in form.components:
            for inner in component.walk():
                yield from _each(inner.clauses, f"forms/{form.id}.form", inner.id)
    yield from _of_diagrams(parts)
    yield from _of_tables(parts)


def _each(
    clauses: Iterable[str], file: str, element: str | None = None
) -> Iterator[tuple[str, Citation]]:
    for clause in clauses:
        yield clause, Citation(file, element)


def _of_settings(parts: Parts) -> Iterator[tuple[str, Citation]]:
    if parts.settings is None:
        return
    for clause in parts.settings.citations:
        yield clause, Citation(POLICY, "case")
    for start in parts.settings.starts:
        for clause in start.clauses:
            yield clause, Citation(POLICY, f"start {start.process}")
    for place, clauses in _of_sections(parts.settings):
        for clause in clauses:
            yield clause, Citation(POLICY, place)


def _of_sections(settings: PolicySettings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each section of policy.toml, and each part of one, with what it cites."""
    if settings.public is not None:
        yield "public", settings.public.clauses
    if settings.ledger is not None:
        yield "ledger", settings.ledger.clauses
        for column in settings.ledger.columns:
            yield f"ledger.column {column.id}", column.clauses
    if settings.statistics is not None:
        yield "statistics", settings.statistics.clauses
    for report in settings.reports:
        yield f"report {report.kind}", report.clauses
    yield "routing", settings.routing.clauses
    if settings.confidential is not None:
        yield "confidential", settings.confidential.clauses
    if settings.retention is not None:
        yield "retention", settings.retention.clauses


def _of_diagrams(parts: Parts) -> Iterator[tuple[str, Citation]]:
    if parts.definitions is None:
        return
    for process in parts.definitions.processes.values():
        for element in process.elements.values():
            for clause in element.clauses:
                yield clause, Citation(process.file, element.id)


def _of_tables(parts: Parts) -> Iterator[tuple[str, Citation]]:
    prefixes = tuple({clause.partition("-")[0] + "-" for clause in parts.clauses})
    for name, source in parts.tables.items():
        try:
            root = parse_xml(source)
        except MarkupError:
            continue  # Told by the reading of the tables.
        for rule in root.iter(_DMN_RULE):
            notes = rule.findall("{*}annotationEntry/{*}text")
            # The desktop modeler keeps its column of annotations in the description.
            for text in (*rule.findall("{*}description"), *notes):
                for word in clause_words(text.text or "", parts.clauses, prefixes):
                    yield word, Citation(name, rule.get("id"))


def clause_words(
    text: str, known: Mapping[str, object], prefixes: tuple[str, ...]
) -> list[str]:
    """Return the words of *text* that are clause ids, or look like one.

    >>> clause_words("PQ-5.1、PQ-9：见附件", {"PQ-5.1": None}, ("PQ-",))
    ['PQ-5.1', 'PQ-9']
    """
    return [
        word
        for word in _SEPARATORS.split(text)
        if word in known
        or (prefixes and word.startswith(prefixes) and any(map(str.isdigit, word)))
    ]
