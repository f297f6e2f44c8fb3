"""Texts of a form: Markdown with FEEL in it, and values as people read them."""

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt

from engine.feel import Expression, Template
from engine.forms.component import Component
from engine.forms.context import Scope
from engine.forms.inputs.choice import options, spelled
from engine.forms.inputs.moment import subtype
from engine.forms.settings import Setting
from engine.model import Json

_MARK = re.compile("\ue000(\\d+)\ue001")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
_MARKDOWN.enable(["table", "strikethrough"]).disable("image")


def markdown(setting: Setting, scope: Scope) -> str:
    """Return the Markdown of a text as HTML that is safe to show.

    Values are put in as they are: Markdown or HTML in them stays text.
    """
    if setting.expression is not None:
        value = setting.value(scope)
        return f"<p>{_as_html('' if value is None else spelled(value))}</p>"
    if setting.template is None:
        return _render(str(setting.plain or ""))
    return interleaved(
        setting.template, lambda part: scope.render(Template(part.source, (part,)))
    )


def interleaved(template: Template, shown: Callable[[Expression], str]) -> str:
    """Return Markdown as HTML, with what is *shown* of each expression put in as text."""
    text: list[str] = []
    values: list[str] = []
    for part in template.parts:
        if isinstance(part, str):
            text.append(_MARK.sub("", part))
        else:
            text.append(f"\ue000{len(values)}\ue001")
            values.append(shown(part))
    html = _render("".join(text))
    return _MARK.sub(lambda found: _as_html(values[int(found[1])]), html)


def _render(text: str) -> str:
    """Render with headings two levels down: the page has a title, the card another."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _as_html(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def readable(component: Component, value: Json, scope: Scope) -> str:
    """Return *value* as people read it; a tick is for the page to show."""
    if value is None or isinstance(value, bool) or value in ("", []):
        return ""
    if component.kind in ("select", "radio", "checklist", "taglist"):
        chosen = value if isinstance(value, list) else [value]
        labels = {option.text: option.label for option in options(component, scope)}
        return "、".join(labels.get(spelled(each), spelled(each)) for each in chosen)
    if component.kind == "datetime":
        return _clock(component, value)
    return spelled(value)


def _clock(component: Component, value: Json) -> str:
    text = str(value)
    if subtype(component) == "datetime":
        return text[:16].replace("T", " ")
    return text[:5] if subtype(component) == "time" else text
