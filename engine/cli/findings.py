"""Prints findings for people and for machines."""

from collections.abc import Iterable

import click

from engine.cli.session import Session
from engine.model import Finding, Json, Sentence

_MARKS = {
    "error": Sentence("error"),
    "warning": Sentence("warning"),
    "note": Sentence("note"),
}


def print_findings(session: Session, findings: Iterable[Finding]) -> None:
    """Print one finding a block: place, what is wrong, and what to do."""
    for finding in findings:
        place = ":".join(
            str(part) for part in (finding.file, finding.line, finding.element) if part
        )
        click.echo(
            f"{place} {session.phrase(_MARKS[finding.severity])} [{finding.rule}]\n"
            f"  {session.phrase(finding.what)}\n"
            f"  → {session.phrase(finding.remedy)}"
        )


def as_json(session: Session, finding: Finding) -> dict[str, Json]:
    """Return *finding* for a machine, with its sentences in the reader's language."""
    return {
        "file": finding.file,
        "element": finding.element,
        "line": finding.line,
        "rule": finding.rule,
        "severity": finding.severity,
        "what": session.phrase(finding.what),
        "remedy": session.phrase(finding.remedy),
    }
