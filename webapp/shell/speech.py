"""Speaks the language of the person who looks at the page."""

from flask import Flask, g, has_request_context, request
from markupsafe import Markup, escape

from engine.language import DEFAULT_LANGUAGE, LANGUAGES, say, translations
from engine.model import Sentence

COOKIE = "language"
NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}


def current_language() -> str:
    """Return the language set by the person, else by the browser's cookie."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    visitor = g.get("visitor")
    chosen = (visitor and visitor.language) or request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def speak(template: str, /, **values: object) -> Markup:
    """Return *template* in the reader's language, with escaped *values* in it."""
    text = translations(current_language()).gettext(template)
    return escape(text).format(**values)


def spoken(sentence: Sentence) -> str:
    """Return *sentence* in the reader's language."""
    return say(sentence, current_language())


def html_language() -> str:
    """Return the language as the `lang` attribute wants it."""
    return current_language().replace("_", "-")


def install(app: Flask) -> None:
    """Give the templates `_`, the filter `spoken` and the languages to choose from."""
    app.jinja_env.globals["_"] = speak
    app.jinja_env.filters["spoken"] = spoken
    app.context_processor(
        lambda: {
            "language": current_language(),
            "html_language": html_language(),
            "languages": NAMES,
        }
    )
