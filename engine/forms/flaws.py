"""Finds what a form's author forgot or mistyped: keys, labels, options, settings."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

import regex

from engine.forms.component import Component
from engine.forms.kinds import INPUT_SETTINGS
from engine.forms.problems import FormProblem
from engine.model import Json, Sentence

_KEYED = {*INPUT_SETTINGS, "dynamiclist", "expression"}
_CHOICES = {"select", "radio", "checklist", "taglist"}
_NAME = regex.compile(r"[^\W\d]\w*")


def flaws_in(components: Sequence[Component]) -> list[FormProblem]:
    """Return all that is wrong with *components* and those inside them."""
    return [*_keys_twice(components, (), {}), *_each(components)]


def _each(components: Sequence[Component]) -> Iterator[FormProblem]:
    for outermost in components:
        for component in outermost.walk():
            yield from _key_flaws(component)
            yield from _label_flaws(component)
            yield from _setting_flaws(component)
            if component.kind in _CHOICES:
                yield from _option_flaws(component)
            if component.kind == "image":
                yield from _image_flaws(component)


def _key_flaws(component: Component) -> Iterator[FormProblem]:
    if component.kind in _KEYED and not component.path:
        yield FormProblem(
            component.id,
            "form-key-missing",
            Sentence("The field has no key, so that its value would be lost."),
            Sentence("Give it a key: the name of the variable that it fills."),
        )
    for part in component.path:
        if not _NAME.fullmatch(part):
            yield FormProblem(
                component.id,
                "form-key-invalid",
                Sentence("The key {key} is no name.", {"key": ".".join(component.path)}),
                Sentence("Begin with a letter and use letters, digits and _ only."),
            )


def _keys_twice(
    components: Sequence[Component],
    prefix: tuple[str, ...],
    seen: dict[tuple[str, ...], str],
) -> Iterator[FormProblem]:
    for component in components:
        path = prefix + component.path
        if component.kind == "group":
            yield from _keys_twice(component.children, path, seen)
            continue
        if component.kind == "dynamiclist":
            yield from _keys_twice(component.children, (), {})
            yield from _readonly_in(component)
        clashing = next((known for known in seen if _clash(known, path)), None)
        if component.path and clashing is not None:
            yield FormProblem(
                component.id,
                "form-key-twice",
                Sentence(
                    "The key {key} is used by {other} too.",
                    {"key": ".".join(path), "other": seen[clashing]},
                ),
                Sentence("Give each field its own key."),
            )
        elif component.path:
            seen[path] = component.id


def _clash(known: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Tell whether one is the other, or would lie inside the other's value."""
    shorter = min(len(known), len(path))
    return known[:shorter] == path[:shorter]


def _readonly_in(rows: Component) -> Iterator[FormProblem]:
    if rows.plain("allowAddRemove") is False:
        return
    for outermost in rows.children:
        for component in outermost.walk():
            if component.settings.get("readonly") or component.plain("disabled") is True:
                yield FormProblem(
                    component.id,
                    "form-readonly-in-list",
                    Sentence("A fixed value would lose its row when rows are removed."),
                    Sentence(
                        "Let the field be edited, or switch off adding and removing rows."
                    ),
                )


def _label_flaws(component: Component) -> Iterator[FormProblem]:
    named = {"label", "dateLabel", "timeLabel"} & component.settings.keys()
    if component.kind in {*INPUT_SETTINGS, "dynamiclist"} and not named:
        yield FormProblem(
            component.id,
            "form-label-missing",
            Sentence("The field has no label, so that nobody knows what to enter."),
            Sentence("Give it a label."),
        )


def _option_flaws(component: Component) -> Iterator[FormProblem]:
    sources = {"values", "valuesKey", "valuesExpression"} & component.settings.keys()
    if len(sources) != 1:
        yield FormProblem(
            component.id,
            "form-options",
            Sentence("The field has {count} sources of options.", {"count": len(sources)}),
            Sentence("Give it one: a list of options, a key, or an expression."),
        )


def _image_flaws(component: Component) -> Iterator[FormProblem]:
    source = component.plain("source")
    if isinstance(source, str) and not source.startswith(("/", "data:image/")):
        yield FormProblem(
            component.id,
            "form-image-source",
            Sentence("The picture lies outside, at {source}.", {"source": source}),
            Sentence(
                "Put the picture into the form as data:image/…, or use an expression."
            ),
        )


def _setting_flaws(component: Component) -> Iterator[FormProblem]:
    for name, setting in component.settings.items():
        fits = _FITTING.get(name)
        if fits is not None and setting.is_plain and not fits(setting.plain):
            yield FormProblem(
                component.id,
                "form-setting-wrong",
                Sentence(
                    "The setting {setting} cannot be {value}.",
                    {"setting": name, "value": str(setting.plain)},
                ),
                Sentence("Choose it anew in the editor."),
            )


def _number(value: Json) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _count(value: Json) -> bool:
    return _number(value) and Decimal(str(value)) >= 0 and Decimal(str(value)) % 1 == 0


def _flag(value: Json) -> bool:
    return isinstance(value, bool)


def _text(value: Json) -> bool:
    return isinstance(value, str)


def _pattern(value: Json) -> bool:
    try:
        return isinstance(value, str) and regex.compile(value) is not None
    except regex.error:
        return False


def _options(value: Json) -> bool:
    return isinstance(value, list) and all(
        isinstance(option, dict) and "value" in option and _text(option.get("label"))
        for option in value
    )


def _columns(value: Json) -> bool:
    return isinstance(value, list) and all(
        isinstance(column, dict) and _text(column.get("key")) and _text(column.get("label"))
        for column in value
    )


def _one_of(*allowed: str) -> Callable[[Json], bool]:
    return lambda value: value in allowed


_FITTING: dict[str, Callable[[Json], bool]] = {
    **dict.fromkeys(
        ("label", "description", "dateLabel", "timeLabel", "text", "alt"), _text
    ),
    **dict.fromkeys(("validate.required", "readonly", "disabled", "multiple"), _flag),
    **dict.fromkeys(("allowAddRemove", "isRepeating", "disallowPassedDates"), _flag),
    **dict.fromkeys(("serializeToString", "use24h", "searchable"), _flag),
    **dict.fromkeys(("validate.min", "validate.max", "increment"), _number),
    **dict.fromkeys(("validate.minLength", "validate.maxLength"), _count),
    **dict.fromkeys(("decimalDigits", "defaultRepetitions", "rowCount"), _count),
    "validate.pattern": _pattern,
    "validate.validationType": _one_of("custom", "email", "phone"),
    "values": _options,
    "valuesKey": _text,
    "columns": _columns,
    "subtype": _one_of("date", "time", "datetime"),
    "timeSerializingFormat": _one_of("utc_offset"),
    "layout.columns": lambda value: _count(value) and 1 <= value <= 16,
}
