"""What the fields of a form write into variables."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.feel.shapes import (
    ANY,
    BOOLEAN,
    NUMBER,
    TEXT,
    Known,
    Shape,
    context_of,
    list_of,
    shape_of,
    shape_of_value,
    union,
)
from engine.feel.values.json import from_json
from engine.forms import Form
from engine.forms.component import Component
from engine.model import Json
from engine.policy.parts import Parts

Written = tuple[tuple[str, ...], Shape]  #: A path, and what may stand there.
_DOCUMENT = context_of(
    {"document": NUMBER, "name": TEXT, "type": TEXT, "size": NUMBER, "digest": TEXT}
)


def written_by(form: Form, known: Known) -> Iterator[Written]:
    """Yield what *form* writes, where formulas may read what is *known*."""
    yield from _written(form.components, known)


def _written(components: Sequence[Component], known: Known) -> Iterator[Written]:
    for component in components:
        if component.kind == "group":
            for path, shape in _written(component.children, known):
                yield (*component.path, *path), shape
        elif component.path and component.kind != "button":
            yield component.path, _shape(component, known).or_null


def _shape(component: Component, known: Known) -> Shape:
    if component.kind in ("textfield", "textarea", "datetime"):
        return TEXT
    if component.kind == "number":
        as_text = component.plain("serializeToString") is True
        return TEXT if as_text else NUMBER
    if component.kind == "checkbox":
        return BOOLEAN
    if component.kind in ("select", "radio"):
        return _options(component, known)
    if component.kind in ("checklist", "taglist"):
        return list_of(_options(component, known))
    if component.kind == "filepicker":
        return list_of(_DOCUMENT)
    if component.kind == "dynamiclist":
        return list_of(_row(component, known))
    expression = component.settings.get("expression")
    if component.kind == "expression" and expression and expression.expression:
        return shape_of(expression.expression.tree, Known()).stored
    return ANY


def _row(component: Component, known: Known) -> Shape:
    members: dict[str, Shape] = {}
    for path, shape in _written(component.children, known):
        members[path[0]] = nested(path, shape, members.get(path[0]))
    return context_of(members)


def nested(path: Sequence[str], shape: Shape, before: Shape | None = None) -> Shape:
    """Return what ``path[0]`` is where *shape* stands at the end of *path*.

    What *before* says of the other members is kept.
    """
    if len(path) == 1:
        return shape if before is None else union((before, shape))
    held = dict(before.members or {}) if before is not None else {}
    held[path[1]] = nested(path[1:], shape, held.get(path[1]))
    return context_of(held)


def _options(component: Component, known: Known) -> Shape:
    listed = component.plain("values")
    if isinstance(listed, list):
        return union(map(_option, listed))
    expression = component.settings.get("valuesExpression")
    if expression is None or expression.expression is None:
        return ANY
    offered = shape_of(expression.expression.tree, known)
    if not offered.only("list"):
        return ANY
    items = offered.items
    if items.only("string", "number"):
        return items
    if items.only("context") and items.members is not None:
        return items.members.get("value", ANY)
    return ANY


def _option(entry: Json) -> Shape:
    value = entry.get("value") if isinstance(entry, dict) else entry
    if isinstance(value, str | bool | int | Decimal):
        return shape_of_value(from_json(value))
    return ANY


def within_form(parts: Parts, file: str, known: Known) -> Known:
    """Return what is known in *file*; the rows of a form have names of their own."""
    form = next(
        (each for each in parts.forms.values() if f"forms/{each.id}.form" == file), None
    )
    if form is None:
        return known
    own = {
        inner.path[0]
        for outermost in form.components
        for component in outermost.walk()
        if component.kind == "dynamiclist"
        for child in component.children
        for inner in child.walk()
        if inner.path
    }
    return known.within(dict.fromkeys((*own, "this", "parent"), ANY))
