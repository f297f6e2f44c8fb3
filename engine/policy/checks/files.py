"""Files that nobody reads, so that a misplaced one does not just do nothing."""

import re
from collections.abc import Iterator

from engine.model import Finding, Sentence
from engine.policy.parts import Parts

_KNOWN = re.compile(
    r"(policy|roles|clauses|calendar)\.toml|[^/]+\.(bpmn|dmn)|forms/[^/]+\.form"
    r"|letters/[^/]+\.md|scenarios/[^/]+\.toml|\.camunda/.+|README(\.[\w-]+)?\.md"
)


def file_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each file that stands where nothing is read."""
    for name in sorted(parts.bundle.files):
        if not _KNOWN.fullmatch(name):
            yield Finding(
                file=name,
                element=None,
                rule="file-unread",
                what=Sentence("Nothing reads this file."),
                remedy=Sentence(
                    "Diagrams and tables lie beside policy.toml, forms in forms/, letters "
                    "in letters/, scenarios in scenarios/."
                ),
                severity="warning",
            )
