"""Marks demo cases wherever their numbers are shown."""

from flask import Flask
from markupsafe import Markup

from engine.model import Sentence
from engine.policy.sections.number import DEMO_NUMBER
from webapp.shell.speech import spoken

_DEMO = Sentence("demo")


def is_made_up(number: str | None) -> bool:
    """Tell by its number whether a case is a demo case."""
    return (number or "").startswith(DEMO_NUMBER)


def mark(number: str | None) -> Markup:
    """Return the mark of a demo case; nothing for the number of any other."""
    if not is_made_up(number):
        return Markup()
    return Markup('<span class="mark made-up">{}</span>').format(spoken(_DEMO))


def install(app: Flask) -> None:
    """Give the templates the filter `made_up`, by which numbers are followed."""
    app.jinja_env.filters["made_up"] = mark
