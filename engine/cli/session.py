"""What every command needs: the language, the settings, and ways to print."""

import json
import os
from dataclasses import dataclass

import click

from engine.language import DEFAULT_LANGUAGE, say
from engine.model import Json, Sentence
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line."""

    language: str
    settings: Settings

    def say(self, template: str, /, **values: object) -> None:
        """Print a sentence in the reader's language."""
        click.echo(self.words(Sentence(template, values), self.language))

    def phrase(self, sentence: Sentence) -> str:
        """Return a sentence in the reader's language."""
        return self.words(sentence, self.language)

    def fail(self, template: str, /, **values: object) -> click.ClickException:
        """Return the failure that ends the call with this sentence, to be raised."""
        return click.ClickException(self.phrase(Sentence(template, values)))

    @staticmethod
    def words(sentence: Sentence, language: str) -> str:
        """Return *sentence* in *language*."""
        return say(sentence, language)


def print_json(value: Json) -> None:
    """Print *value* for a machine."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def default_language() -> str:
    """Return the language that the environment asks for, else the first."""
    wanted = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").partition(".")[0]
    if wanted in ("zh_TW", "zh_HK", "zh_MO"):
        return "zh_TW"
    if wanted.startswith("en"):
        return "en"
    return DEFAULT_LANGUAGE


pass_session = click.make_pass_decorator(Session)
