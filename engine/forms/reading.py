"""Reads the JSON of a form into components, and notes all that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from engine.feel import FeelError, parse_expression, parse_template
from engine.forms.component import Component
from engine.forms.flaws import flaws_in
from engine.forms.kinds import (
    COMMON,
    EXPRESSIONS,
    FORMULAS,
    INPUT_SETTINGS,
    SETTINGS,
    SPOKEN,
    TEMPLATES,
)
from engine.forms.problems import FormError, FormProblem
from engine.forms.settings import NOTHING, Setting
from engine.model import Json, Sentence

MOST_COMPONENTS = 500
DEEPEST = 10  #: Containers in containers.
_JSON = msgspec.json.Decoder(float_hook=Decimal)
_NESTED = {"validate", "appearance", "conditional", "layout"}
_BLOCK = re.compile(r"\{\{\s*[#/][^}]*\}\}")
_LINKED = re.compile(r"\]\([^)]*\{\{")
_TRANSLATION = re.compile(r"(\w+)@([A-Za-z]{2,3}(?:[-_][A-Za-z]+)?)")


def read_document(source: bytes) -> dict[str, Json]:
    """Return the form's JSON.

    Raises:
        FormError: If it is not JSON, or not the JSON of a form.
    """
    try:
        document = _JSON.decode(source)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise FormError(
            "Expected the form as JSON, but it is not: {reason}.", reason=str(error)
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("components"), list):
        raise FormError("Expected a form with a list of components, but it has none.")
    if not isinstance(document.get("id"), str) or not document["id"]:
        raise FormError("Expected a form with an id, but it has none.")
    count = sum(1 for _ in _walk(document["components"], 0))
    if count > MOST_COMPONENTS:
        raise FormError(
            "Expected a form of at most {most} components, but it has {count}.",
            most=MOST_COMPONENTS,
            count=count,
        )
    return document


def _walk(components: Json, depth: int) -> Iterator[dict[str, Json]]:
    if not isinstance(components, list) or not all(isinstance(c, dict) for c in components):
        raise FormError("Expected components to be a list of objects, but one is not.")
    if depth > DEEPEST:
        raise FormError(
            "Expected groups at most {most} deep, but they go on.", most=DEEPEST
        )
    for component in components:
        yield component
        yield from _walk(component.get("components", []), depth + 1)


class Reader:
    """Reads the components of one form and collects what is wrong with them."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        self.problems: list[FormProblem] = []
        self.expressions: list[tuple[str, str]] = []
        self._document = document
        self._reads: set[str] = set()
        self._names = [
            str(component.get("key") or component.get("path"))
            for component in _walk(document["components"], 0)
            if component.get("key") or component.get("path")
        ]

    def read(self) -> tuple[Component, ...]:
        """Return the form's components; those that are not carried out are left out."""
        components = self._read_all(self._document["components"])
        self.problems += flaws_in(components)
        return components

    @property
    def reacts(self) -> bool:
        """Whether an expression reads what is entered into the form itself."""
        own = {name.split(".")[0] for name in self._names}
        return not self._reads.isdisjoint(own | {"this", "parent"})

    @property
    def reads(self) -> frozenset[str]:
        """The names that expressions look up, first words of paths."""
        return frozenset(self._reads)

    def _read_all(self, drawn: list[dict[str, Json]]) -> tuple[Component, ...]:
        read = (self._read(index, component) for index, component in enumerate(drawn))
        return tuple(component for component in read if component is not None)

    def _read(self, index: int, drawn: Mapping[str, Json]) -> Component | None:
        kind = str(drawn.get("type"))
        name = str(drawn.get("id") or drawn.get("key") or f"{kind}-{index + 1}")
        if kind not in SETTINGS:
            self.problems.append(_unsupported(name, kind))
            return None
        settings = self._settings(name, kind, drawn)
        properties = drawn.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        settings.update(self._translations(name, properties))
        return Component(
            id=name,
            kind=kind,
            path=_path(drawn.get("key") or drawn.get("path")),
            settings=settings,
            properties={key: str(value) for key, value in properties.items()},
            children=self._read_all(drawn.get("components", [])),
            hide=settings.get("conditional.hide", NOTHING),
            preset=self._preset(name, kind, drawn, properties),
        )

    def _settings(
        self, name: str, kind: str, drawn: Mapping[str, Json]
    ) -> dict[str, Setting]:
        settings = {}
        for key, value in _flat(drawn):
            if key not in SETTINGS[kind] and key not in COMMON:
                self.problems.append(_unknown(name, key))
            elif key != "components" and value not in (None, ""):
                settings[key] = self._setting(name, key, value)
        return settings

    def _setting(self, name: str, key: str, value: Json) -> Setting:
        if not isinstance(value, str):
            return Setting(plain=value)
        if key in EXPRESSIONS or (key in FORMULAS and value.startswith("=")):
            return self._formula(name, value)
        if key in TEMPLATES and "{{" in value:
            return self._template(name, value)
        return Setting(plain=value)

    def _formula(self, name: str, text: str) -> Setting:
        source = text.strip().removeprefix("=").strip()
        self.expressions.append((name, source))
        try:
            expression = parse_expression(source, self._names)
        except FeelError as error:
            self.problems.append(_no_expression(name, source, error))
            return NOTHING
        self._reads |= expression.reads | expression.doubtful
        return Setting(expression=expression)

    def _template(self, name: str, text: str) -> Setting:
        block = _BLOCK.search(text)
        if block or _LINKED.search(text):
            self.problems.append(_block(name, block[0]) if block else _linked(name))
            return Setting(plain=text)
        try:
            template = parse_template(text, self._names)
        except FeelError as error:
            self.problems.append(_no_expression(name, text, error))
            return Setting(plain=text)
        for part in template.expressions:
            self.expressions.append((name, part.source))
            self._reads |= part.reads | part.doubtful
        return Setting(template=template)

    def _translations(
        self, name: str, properties: Mapping[str, Json]
    ) -> dict[str, Setting]:
        found = {}
        for key, text in properties.items():
            match = _TRANSLATION.fullmatch(key)
            if match and match[1] in SPOKEN:
                language = match[2].replace("-", "_")
                found[f"{match[1]}@{language}"] = self._setting(name, match[1], str(text))
        return found

    def _preset(
        self,
        name: str,
        kind: str,
        drawn: Mapping[str, Json],
        properties: Mapping[str, Json],
    ) -> Setting:
        if kind not in INPUT_SETTINGS:
            return NOTHING
        formula = properties.get("default")
        if formula:
            return self._formula(name, str(formula))
        return Setting(plain=drawn.get("defaultValue"))


def _path(key: Json) -> tuple[str, ...]:
    return tuple(key.split(".")) if isinstance(key, str) and key else ()


def _flat(drawn: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    """Give the settings with dotted names, such as ``validate.min``."""
    for key, value in drawn.items():
        if key in _NESTED and isinstance(value, dict):
            yield from ((f"{key}.{inner}", setting) for inner, setting in value.items())
        else:
            yield key, value


def _unsupported(component: str, kind: str) -> FormProblem:
    return FormProblem(
        component,
        "form-component-unsupported",
        Sentence("Forms have no component of the type {kind}.", {"kind": kind}),
        Sentence("Remove it, or use a text, a table, an image or a file field instead."),
    )


def _unknown(component: str, setting: str) -> FormProblem:
    return FormProblem(
        component,
        "form-setting-unknown",
        Sentence("The setting {setting} is not carried out.", {"setting": setting}),
        Sentence("Remove it, or check how it is spelled."),
    )


def _no_expression(component: str, text: str, error: FeelError) -> FormProblem:
    return FormProblem(
        component,
        "form-expression",
        Sentence(
            "The expression {text} cannot be read: {reason}",
            {"text": text, "reason": error.sentence},
        ),
        Sentence("Correct the expression; try it in the editor first."),
    )


def _block(component: str, part: str) -> FormProblem:
    return FormProblem(
        component,
        "form-template-block",
        Sentence("The block {part} in a text is not carried out.", {"part": part.strip()}),
        Sentence(
            "Use an expression such as if … then … else …, or two texts with conditions."
        ),
    )


def _linked(component: str) -> FormProblem:
    return FormProblem(
        component,
        "form-template-link",
        Sentence("A link in a text cannot lead to a computed address."),
        Sentence("Write the address itself, or show it as text."),
    )
