"""Reads Markdown files that begin with a head in TOML between two lines of ``+++``."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.model import Finding, Sentence
from engine.policy.toml import TomlFile

_HEAD = re.compile(
    r"\A\s*^\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class HeadedText:
    """A file in two parts."""

    id: str  #: The name of the file without its ending.
    head: TomlFile
    body: str


def split_head(name: str, text: str) -> HeadedText | Finding:
    """Return head and body of the file *name*, or what is wrong with it."""
    found = _HEAD.match(text)
    if found is None:
        return Finding(
            file=name,
            element=None,
            rule="letter-head",
            what=Sentence(
                "Expected the text to begin with a head between two lines of +++."
            ),
            remedy=Sentence('Begin with +++, a line title = "…", and +++ again.'),
        )
    lines_before = text.count("\n", 0, found.start(1))
    return HeadedText(
        id=PurePosixPath(name).stem,
        head=TomlFile(name, "\n" * lines_before + found[1]),
        body=text[found.end() :],
    )
