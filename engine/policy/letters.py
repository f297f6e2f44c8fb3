"""Letters: a title and Markdown with FEEL in double braces, under a head in TOML."""

from dataclasses import dataclass

from engine.feel import FeelError, parse_template
from engine.model import Finding, Sentence
from engine.policy.expressions import CHECK_EXPRESSION
from engine.policy.heads import split_head
from engine.policy.toml import TomlFile

#: By which a letter may reach people, where they want it so.
CHANNELS = ("email", "chat")


@dataclass(frozen=True, slots=True)
class Letter:
    """A text that is filled in with what a case knows, and sent."""

    id: str
    title: str  #: A template, as the body is.
    body: str
    clauses: tuple[str, ...]
    channels: frozenset[str] = frozenset(CHANNELS)  #: Ways it may go, beside the web pages.


def read_letter(name: str, text: str) -> tuple[Letter | None, list[Finding]]:
    """Return the letter in file *name*, if it can be used, and all that is wrong."""
    parted = split_head(name, text)
    if isinstance(parted, Finding):
        return None, [parted]
    file = parted.head
    title = file.top.required_text("title")
    clauses = file.top.texts("clauses")
    channels = _channels(file)
    file.top.close()
    for part, template in (("title", title), ("body", parted.body)):
        try:
            parse_template(template)
        except FeelError as error:
            file.report((part,), "feel-syntax", error.sentence, CHECK_EXPRESSION)
    if file.is_broken:
        return None, file.findings
    return Letter(parted.id, title, parted.body, clauses, channels), file.findings


def _channels(file: TomlFile) -> frozenset[str]:
    if "channels" not in file.top:
        return frozenset(CHANNELS)
    chosen = file.top.texts("channels")
    for channel in chosen:
        if channel not in CHANNELS:
            file.report(
                ("channels",),
                "letter-channel",
                Sentence(
                    "Expected email or chat, but {channel} is no way for a letter.",
                    {"channel": channel},
                ),
                Sentence(
                    'Write channels = ["email", "chat"], or fewer; people read it in the'
                    " web pages in any case."
                ),
            )
    return frozenset(chosen)
