"""Files that nobody reads, and element templates that the modeler cannot read."""

import re
from collections.abc import Iterator

import msgspec

from engine.model import Finding, Sentence
from engine.policy.parts import Parts

#: The folders of a bundle, with what is read there.
FOLDERS = ("letters/*.md", "guides/*.md", "prints/*.toml", "scenarios/*.toml")
_KNOWN = re.compile(
    r"(policy|roles|clauses|calendar)\.toml|[^/]+\.(bpmn|dmn)|forms/[^/]+\.form"
    r"|(letters|guides)/[^/]+\.md|(prints|scenarios)/[^/]+\.toml|\.camunda/.+"
    r"|README(\.[\w-]+)?\.md"
)


def file_findings(parts: Parts) -> Iterator[Finding]:
    """Yield the files that stand where nothing is read, and templates that are no JSON."""
    for name in parts.bundle.named(".json", under=".camunda/element-templates/"):
        try:
            msgspec.json.decode(parts.bundle.files[name])
        except (ValueError, RecursionError) as error:
            yield _no_json(name, error)
    for name in sorted(parts.bundle.files):
        if not _KNOWN.fullmatch(name):
            yield Finding(
                file=name,
                element=None,
                rule="file-unread",
                what=Sentence("Nothing reads this file."),
                remedy=Sentence(
                    "Diagrams and tables lie beside policy.toml, the rest in folders: "
                    "{folders}.",
                    {"folders": "forms/*.form, " + ", ".join(FOLDERS)},
                ),
                severity="warning",
            )


def _no_json(name: str, error: Exception) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="template-json",
        what=Sentence("Expected JSON, but: {reason}.", {"reason": str(error)}),
        remedy=Sentence("Correct the element template; the modeler cannot read it so."),
    )
