"""Guides: phrases and principles that people see where they need them, in Markdown."""

from dataclasses import dataclass

from engine.model import Finding, Sentence
from engine.policy.heads import split_head


@dataclass(frozen=True, slots=True)
class Guide:
    """A text that is shown beside the work that it is for."""

    id: str
    title: str
    body: str  #: Markdown.
    clauses: tuple[str, ...]


def read_guide(name: str, text: str) -> tuple[Guide | None, list[Finding]]:
    """Return the guide in file *name*, if it can be used, and all that is wrong."""
    parted = split_head(name, text)
    if isinstance(parted, Finding):
        return None, [parted]
    file = parted.head
    title = file.top.required_text("title")
    clauses = file.top.texts("clauses")
    file.top.close()
    if not parted.body.strip():
        file.report(
            ("body",),
            "guide-empty",
            Sentence("Expected a text below the head, but there is none."),
            Sentence("Write what the person shall see, in Markdown."),
        )
    if file.is_broken:
        return None, file.findings
    return Guide(parted.id, title, parted.body, clauses), file.findings
