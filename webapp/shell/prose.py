"""Shows Markdown of policies and letters, with no markup of its own let through."""

from functools import cache

from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup


def markdown(text: str | None) -> Markup:
    """Return *text* as HTML; tags written in it stay visible text."""
    return Markup(_reader().render(text or ""))


def install(app: Flask) -> None:
    """Give the templates the filter `markdown`."""
    app.jinja_env.filters["markdown"] = markdown


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
