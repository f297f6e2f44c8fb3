"""Clauses that nothing carries out or proves, and citations of unknown ones."""

from collections.abc import Iterator, Mapping

from engine.model import Finding, Sentence
from engine.policy.citations import citations_in
from engine.policy.clauses import Citation
from engine.policy.parts import CLAUSES, Parts
from engine.policy.toml import did_you_mean


def clause_findings(parts: Parts) -> Iterator[Finding]:
    """Yield the gaps between the written policy and its files, in both directions."""
    cited = citations_in(parts)
    proven = {
        clause for scenario in parts.scenarios.values() for clause in scenario.clauses
    }
    yield from _unknown(parts, cited)
    if parts.definitions is None:
        return  # Diagrams that cannot be read cite nothing yet.
    for clause in parts.clauses.values():
        if clause.id not in cited:
            yield _gap(clause.id, "clause-uncited", _UNCITED, _CITE)
        elif clause.is_behaviour and clause.id not in proven:
            yield _gap(clause.id, "clause-unproven", _UNPROVEN, _PROVE)


def _unknown(parts: Parts, cited: Mapping[str, tuple[Citation, ...]]) -> Iterator[Finding]:
    for clause_id, places in cited.items():
        if clause_id not in parts.clauses:
            for place in places:
                yield _unknown_at(parts, clause_id, place)
    for scenario in parts.scenarios.values():
        for clause_id in scenario.clauses:
            if clause_id not in parts.clauses:
                yield _unknown_at(parts, clause_id, Citation(scenario.file, "clauses"))


def _unknown_at(parts: Parts, clause_id: str, place: Citation) -> Finding:
    return Finding(
        file=place.file,
        element=place.element,
        rule="clause-unknown",
        what=Sentence(
            "Expected a clause of this policy, but there is none called {clause}.",
            {"clause": clause_id},
        ),
        remedy=did_you_mean(clause_id, parts.clauses),
    )


def _gap(clause_id: str, rule: str, what: Sentence, remedy: Sentence) -> Finding:
    return Finding(CLAUSES, clause_id, rule, what, remedy, severity="warning")


_UNCITED = Sentence("Nothing carries this clause out.")
_CITE = Sentence(
    "Name it where it is carried out: in the property clause of an element or a field, in "
    "the annotation of a rule, or in clauses = […]."
)
_UNPROVEN = Sentence("No scenario proves this clause.")
_PROVE = Sentence("Name it in the clauses of a scenario that plays it through.")
