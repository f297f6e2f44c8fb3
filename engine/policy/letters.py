"""Letters: a title and Markdown with FEEL in double braces, under a head in TOML."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.feel import FeelError, parse_template
from engine.model import Finding, Sentence
from engine.policy.expressions import CHECK_EXPRESSION
from engine.policy.toml import TomlFile

_HEAD = re.compile(
    r"\A\s*^\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A text that is filled in with what a case knows, and sent."""

    id: str
    title: str  #: A template, as the body is.
    body: str
    clauses: tuple[str, ...]


def read_letter(name: str, text: str) -> tuple[Letter | None, list[Finding]]:
    """Return the letter in file *name*, if it can be used, and all that is wrong."""
    head = _HEAD.match(text)
    if head is None:
        return None, [_without_head(name)]
    lines_before = text.count("\n", 0, head.start(1))
    file = TomlFile(name, "\n" * lines_before + head[1])
    title = file.top.required_text("title")
    clauses = file.top.texts("clauses")
    file.top.close()
    body = text[head.end() :]
    for part, template in (("title", title), ("body", body)):
        try:
            parse_template(template)
        except FeelError as error:
            file.report((part,), "feel-syntax", error.sentence, CHECK_EXPRESSION)
    if file.is_broken:
        return None, file.findings
    return Letter(PurePosixPath(name).stem, title, body, clauses), file.findings


def _without_head(name: str) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="letter-head",
        what=Sentence("Expected the letter to begin with a head between two lines of +++."),
        remedy=Sentence('Begin with +++, a line title = "…", and +++ again.'),
    )
