"""Says sentences in the languages of the people who read them.

Templates are English; catalogues are gettext's .po files under engine/languages, one
file for each part of the system, read once when the language is first asked for.
"""

import gettext
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from engine.model import Sentence

LANGUAGES = ("zh_CN", "zh_TW", "en")
DEFAULT_LANGUAGE = "zh_CN"
CATALOGUES = Path(__file__).resolve().parent / "languages"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of *language*; English needs none."""
    merged = Catalog(locale=language)
    for message in _messages(language):
        merged[message.id] = message
    if not len(merged):
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _messages(language: str) -> Iterator[Message]:
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            yield from (message for message in read_po(file, locale=language) if message.id)


def say(sentence: Sentence, language: str) -> str:
    """Return *sentence* in *language*, with the sentences inside its values said too."""
    template = translations(language).gettext(sentence.template)
    values = {
        name: say(value, language) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return template.format(**values)
