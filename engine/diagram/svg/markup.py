"""Writes SVG elements as text: escaped, numbers short, classes instead of styles."""

from html import escape

from engine.diagram.geometry import Point
from engine.diagram.text import LINE, SIZE


def number(value: float) -> str:
    """Return *value* with at most two decimals."""
    return f"{round(value, 2):g}"


def tag(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Return one element; *content* is markup; a trailing ``_`` in names is dropped.

    Underscores inside names become hyphens; None leaves an attribute out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _text(value: str | float | None) -> str:
    return value if isinstance(value, str) else number(value or 0)


def path(d: str, class_: str) -> str:
    """Return a path."""
    return tag("path", class_=class_, d=d)


def circle(centre: Point, radius: float, class_: str) -> str:
    """Return a circle."""
    return tag("circle", class_=class_, cx=centre.x, cy=centre.y, r=radius)


def title(text: str) -> str:
    """Return what a pointer shows when it rests on the element."""
    return tag("title", escape(text, quote=False))


def lettering(
    lines: list[str],
    middle: float,
    top: float,
    class_: str,
    anchor: str = "middle",
    size: float = SIZE,
) -> str:
    """Return *lines* set under each other, the first one's top at *top*."""
    line_height = LINE * size / SIZE
    spans = "".join(
        tag(
            "tspan",
            escape(line, quote=False),
            x=middle,
            y=top + index * line_height + (line_height + size * 0.72) / 2,
        )
        for index, line in enumerate(lines)
    )
    return tag("text", spans, class_=class_, text_anchor=anchor) if spans else ""
