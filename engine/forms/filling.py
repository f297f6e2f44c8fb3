"""Fills a form: which value each field holds, and which fields are hidden or read-only.

Conditions read the values of other fields, hidden ones being null, and so do options and
computed values. All of them are worked out again and again until nothing changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.forms.component import Component
from engine.forms.context import FormContext, Scope
from engine.forms.inputs import INPUTS
from engine.model import Json, Variables

MOST_ROUNDS = 8  #: Conditions that chase each other longer are left as they are.
MOST_ROWS = 100
_NOTHING: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Filled:
    """A component at one place of a form that is being filled in."""

    component: Component
    path: tuple[str, ...]  #: With the numbers of rows, such as ("witnesses", "0", "name").
    value: Json
    scope: Scope
    hidden: bool = False
    readonly: bool = False
    given: Json = None  #: What was entered, where that does not count.
    misshapen: bool = False  #: What was entered is no list of rows, or no object.
    children: tuple["Filled", ...] = ()  #: Of a group.
    rows: tuple[tuple["Filled", ...], ...] = ()  #: Of a dynamic list.

    @property
    def name(self) -> str:
        """The path as browsers and error messages have it."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the form the work is: what was entered there and what was there before."""

    path: tuple[str, ...]
    entered: Mapping[str, Json]
    before: Mapping[str, Json]
    known: Mapping[str, Json]  #: What the round before found.
    scope: Scope
    hidden: bool = False
    recorded: bool = False


def fill(
    components: Sequence[Component],
    values: Variables,
    context: FormContext,
    *,
    recorded: bool = False,
) -> tuple[Filled, ...]:
    """Return the components, each with what was entered, its variable, or its preset.

    Args:
        components: Those of the form.
        values: What was entered.
        context: What expressions read.
        recorded: Whether it was entered once upon a time: then it is all that counts,
            whatever the conditions would say now.
    """
    base = Scope(context.variables, context, context.feel())
    data: dict[str, Json] = dict(values)
    for _ in range(MOST_ROUNDS):
        scope = base.within(data)
        place = _Place((), values, context.variables, data, scope, recorded=recorded)
        found: dict[str, Json] = {}
        filled = _fill_all(components, place, found)
        if found == data:
            break
        data = found
    return filled


def _fill_all(
    components: Sequence[Component], place: _Place, found: dict[str, Json]
) -> tuple[Filled, ...]:
    """Fill *components* and put their visible values into *found*."""
    return tuple(_fill(component, place, found) for component in components)


def _fill(component: Component, place: _Place, found: dict[str, Json]) -> Filled:
    hides = not place.recorded and component.hide.value(place.scope) is True
    hidden = place.hidden or hides
    place = replace(place, hidden=hidden)
    if component.kind == "group":
        return _fill_group(component, place, found)
    if component.kind == "dynamiclist":
        return _fill_rows(component, place, found)
    path = place.path + component.path
    filled = Filled(component, path, None, place.scope, hidden=hidden)
    if place.recorded:
        filled = replace(filled, value=_recorded(component, place))
    elif component.kind == "expression":
        filled = replace(filled, value=component.setting("expression", place.scope))
    elif component.kind in INPUTS:
        filled = _fill_input(filled, place)
    if component.path:
        put(found, component.path, None if hidden else filled.value, place.before)
    return filled


def _recorded(component: Component, place: _Place) -> Json:
    if not component.path or not has(place.entered, component.path):
        return None
    value = get(place.entered, component.path)
    kind = INPUTS.get(component.kind)
    return value if kind is None else kind.settle(component, value, place.scope)


def _fill_input(filled: Filled, place: _Place) -> Filled:
    component, scope = filled.component, place.scope
    kind = INPUTS[component.kind]
    readonly = component.flag("readonly", scope) or component.plain("disabled") is True
    entered = has(place.entered, component.path)
    given = kind.settle(component, get(place.entered, component.path), scope)
    if entered and not readonly:
        return replace(filled, value=given)
    if has(place.before, component.path) and component.properties.get("prefill") != "no":
        value = kind.adopt(component, get(place.before, component.path), scope)
    else:
        preset = component.preset.value(scope)
        value = kind.empty if preset is None else kind.settle(component, preset, scope)
    return replace(filled, value=value, readonly=readonly, given=given if entered else None)


def _fill_group(component: Component, place: _Place, found: dict[str, Json]) -> Filled:
    entered = get(place.entered, component.path)
    before = get(place.before, component.path)
    misshapen = not isinstance(entered, Mapping) and has(place.entered, component.path)
    inside = replace(
        place,
        path=place.path + component.path,
        entered=_mapping(entered),
        before=_mapping(before),
        known=_mapping(get(place.known, component.path)),
    )
    inner = {**inside.before} if component.path else found
    children = _fill_all(component.children, inside, inner)
    if component.path:
        put(found, component.path, inner, place.before)
    return Filled(
        component,
        inside.path,
        None,
        place.scope,
        hidden=place.hidden,
        misshapen=misshapen,
        given=entered if misshapen else None,
        children=children,
    )


def _fill_rows(component: Component, place: _Place, found: dict[str, Json]) -> Filled:
    entered = get(place.entered, component.path)
    given = has(place.entered, component.path)
    misshapen = given and not _is_rows(entered)
    before = get(place.before, component.path)
    old: list[Json] = before if _is_rows(before) else []
    listed = entered if given and not misshapen else old
    if place.recorded and not given:
        listed = []
    elif not given and not has(place.before, component.path):
        listed = [{}] * _repetitions(component)
    keeps = not given or fixed(component)
    rows, data = [], []
    for index, row in enumerate(listed[:MOST_ROWS]):
        values: dict[str, Json] = {}
        inside = _row_place(component, place, index, row if given else _NOTHING)
        if keeps and index < len(old):
            inside = replace(inside, before=old[index])
        rows.append(_fill_all(component.children, inside, values))
        data.append(values)
    put(found, component.path, None if place.hidden else data, place.before)
    return Filled(
        component,
        place.path + component.path,
        listed,
        place.scope,
        hidden=place.hidden,
        misshapen=misshapen,
        given=entered if misshapen else None,
        rows=tuple(rows),
    )


def _row_place(
    component: Component, place: _Place, index: int, entered: Mapping[str, Json]
) -> _Place:
    """Return where row *index* lies; its fields are names, ``this`` is all of it."""
    rows = get(place.known, component.path)
    known = rows[index] if _is_rows(rows) and index < len(rows) else entered
    names = {**_names(component), **known}
    names |= {"this": known, "parent": place.known, "i": index + 1}
    return _Place(
        path=(*place.path, *component.path, str(index)),
        entered=entered,
        before=_NOTHING,
        known=known,
        scope=place.scope.within(names),
        hidden=place.hidden,
        recorded=place.recorded,
    )


def fixed(component: Component) -> bool:
    """Tell whether a list's rows can neither be added nor removed."""
    return component.plain("allowAddRemove") is False


def _repetitions(component: Component) -> int:
    count = component.plain("defaultRepetitions")
    return 1 if count is None else min(int(count), MOST_ROWS)


def _names(component: Component) -> dict[str, Json]:
    """Give every field of a row a name, so that one left out reads as null."""
    return {child.path[0]: None for child in component.children if child.path}


def _is_rows(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else _NOTHING


def has(values: Mapping[str, Json], path: Sequence[str]) -> bool:
    """Tell whether there is a value at *path*, null being one."""
    holder = get(values, path[:-1])
    return isinstance(holder, Mapping) and path[-1:] != () and path[-1] in holder


def get(values: Json, path: Sequence[str]) -> Json:
    """Return the value at *path*, None where there is none; all of it for no path."""
    for part in path:
        values = values.get(part) if isinstance(values, Mapping) else None
    return values


def put(
    values: dict[str, Json],
    path: Sequence[str],
    value: Json,
    before: Mapping[str, Json] = _NOTHING,
) -> None:
    """Put *value* at *path*; objects on the way keep what *before* has in them."""
    *outer, last = path
    for part in outer:
        before = _mapping(before.get(part))
        inner = values.get(part)
        values[part] = inner = inner if isinstance(inner, dict) else {**before}
        values = inner
    values[last] = value
