"""Decision tables with gaps, overlaps and rules that never decide."""

from collections.abc import Iterator

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from engine.model import Finding, Severity
from engine.policy.checks.entered import given_by_forms
from engine.policy.parts import Parts

#: Two rules of a table where only one may hit stop every case that comes to them; a gap
#: may be meant, where the cases of the firm never come to it.
_ERRORS = frozenset({"dmn-overlap"})
#: What was not looked at, or may be meant where a form lets a field be empty.
_NOTES = frozenset({"dmn-gap-empty", "dmn-not-analysed", "dmn-too-large", "dmn-more"})


def table_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the tables that can be read."""
    if parts.decisions is None:
        return
    lines = _lines(parts.decisions)
    for problem in analyse(parts.decisions, given_by_forms(parts)):
        yield Finding(
            file=problem.file,
            element=problem.element,
            rule=problem.rule,
            what=problem.what,
            remedy=problem.remedy,
            severity=_severity(problem.rule),
            line=lines.get((problem.file, problem.element)),
        )


def _severity(rule: str) -> Severity:
    if rule in _ERRORS:
        return "error"
    return "note" if rule in _NOTES else "warning"


def _lines(decisions: DecisionModel) -> dict[tuple[str, str], int | None]:
    return {
        (file.file, found.id): found.line for file in decisions.files for found in file.ids
    }
