"""Draws the diagrams of cases and policies into pages."""

from collections.abc import Iterable

from flask import Flask
from markupsafe import Markup

from engine.diagram import Mark, NotDrawn, render_svg
from engine.queries.progress.pictures import Passage, Picture
from webapp.shell.moments import exact
from webapp.shell.speech import current_language, speak


def draw(picture: Picture) -> Markup:
    """Return the diagram of a case with the way that it took."""
    marks = {
        element: Mark(passage.state, _note(passage))
        for element, passage in picture.passages.items()
    }
    return _svg(picture.source, picture.process_id, marks, picture.taken)


def draw_plain(source: bytes, process_id: str) -> Markup:
    """Return the diagram of a process that nobody goes through."""
    return _svg(source, process_id, {}, frozenset())


def draw_cited(source: bytes, process_id: str, elements: Iterable[str]) -> Markup:
    """Return the diagram of a process with the elements that carry a clause out."""
    marks = {element: Mark("cited") for element in elements}
    return _svg(source, process_id, marks, frozenset())


def install(app: Flask) -> None:
    """Give the templates the filter `draw`."""
    app.jinja_env.filters["draw"] = draw


def _svg(
    source: bytes, process_id: str, marks: dict[str, Mark], taken: frozenset[str]
) -> Markup:
    try:
        drawn = render_svg(
            source, process_id, marks=marks, taken=taken, language=current_language()
        )
    except NotDrawn:
        return speak("This process has no drawing.")
    return Markup(drawn)


def _note(passage: Passage) -> str:
    said = [exact(passage.at)]
    if passage.by:
        said.append(passage.by)
    if passage.times > 1:
        said.append(speak("{count} times", count=passage.times))
    return " · ".join(said)
