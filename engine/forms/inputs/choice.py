"""Choices: one or several of the options that the author lists or an expression gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

MOST_OPTIONS = 2_000
_SPELLING = msgspec.json.Encoder(decimal_format="number", order="sorted")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    value: Json
    label: str

    @property
    def text(self) -> str:
        """How a browser sends it."""
        return spelled(self.value)


def spelled(value: Json) -> str:
    """Return *value* as text: itself where it is one, else as JSON."""
    return value if isinstance(value, str) else _SPELLING.encode(value).decode()


def options(component: Component, scope: Scope) -> tuple[Option, ...]:
    """Return the options of a choice, in the reader's language where the author gave it."""
    if "values" in component.settings:
        listed = component.plain("values")
    elif "valuesKey" in component.settings:
        listed = _dig(scope.names, str(component.plain("valuesKey")))
    else:
        listed = component.setting("valuesExpression", scope)
    if not isinstance(listed, list):
        return ()
    read = (_option(entry) for entry in listed[:MOST_OPTIONS])
    given = [option for option in read if option is not None]
    return tuple(_in_language(component, option, scope) for option in given)


def _dig(names: Json, path: str) -> Json:
    for part in path.split("."):
        names = names.get(part) if isinstance(names, dict) else None
    return names


def _option(entry: Json) -> Option | None:
    if isinstance(entry, dict) and "value" in entry:
        value = entry["value"]
        return Option(value, str(entry.get("label") or spelled(value)))
    if isinstance(entry, str | int | Decimal) and entry != "":
        return Option(entry, spelled(entry))
    return None


def _in_language(component: Component, option: Option, scope: Scope) -> Option:
    language = scope.around.language
    for suffix in (language, language.replace("_", "-")):
        label = component.properties.get(f"{option.text}@{suffix}")
        if label:
            return Option(option.value, label)
    return option


def _chosen(offered: Sequence[Option], value: Json) -> Option | None:
    text = None if isinstance(value, bool) else spelled(value)
    exact = (option for option in offered if _same(option.value, value))
    return next(exact, None) or next((o for o in offered if o.text == text), None)


def _same(one: Json, other: Json) -> bool:
    """Compare as JSON does, where 1 is not true and nothing is not a number."""
    if isinstance(other, Decimal) and not other.is_finite():
        return False
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


_UNOFFERED = Sentence("Choose one of the options given here.")


class OneOf:
    """The value of one option."""

    empty = None

    def missing(self, component: Component) -> Sentence:
        """Ask for one option."""
        return Sentence("Choose one of these.")

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the last text that is not empty."""
        return next((text for text in reversed(texts) if text), None)

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return the value of the option that *value* is, or is the text of."""
        if value in (None, ""):
            return None
        option = _chosen(options(component, scope), value)
        return value if option is None else option.value

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return the value where it is offered."""
        option = None if value is None else _chosen(options(component, scope), value)
        return None if option is None else option.value

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is not offered."""
        if _chosen(options(component, scope), value) is None:
            yield _UNOFFERED


class SomeOf:
    """A list of the values of options, each once."""

    def missing(self, component: Component) -> Sentence:
        """Ask for an option."""
        return Sentence("Choose at least one of these.")

    @property
    def empty(self) -> Json:
        """No option at all."""
        return []

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the texts that are not empty."""
        return [text for text in texts if text]

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return the values of the options, none twice."""
        if not isinstance(value, list | tuple):
            return [] if value in (None, "") else value
        offered = options(component, scope)
        settled: list[Json] = []
        for entry in value:
            option = _chosen(offered, entry)
            found = entry if option is None else option.value
            if found not in settled:
                settled.append(found)
        return settled

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return those values that are offered."""
        offered = options(component, scope)
        listed = value if isinstance(value, list) else []
        chosen = (_chosen(offered, entry) for entry in listed)
        return [option.value for option in chosen if option is not None]

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is no list or one is not offered."""
        offered = options(component, scope)
        if not isinstance(value, list):
            yield Sentence("Choose from the options given here.")
        elif any(_chosen(offered, entry) is None for entry in value):
            yield _UNOFFERED
