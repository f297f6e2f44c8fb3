"""Tells the words of a policy from those that people wrote."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import Json
from engine.policy import LoadedPolicy
from engine.store.models import Unit
from engine.store.reading import Reading

#: Dates, times and spans of time, as FEEL writes them.
_WHEN = re.compile(
    r"\d{4}-\d\d-\d\d(T[\d:.]{5,15}(Z|[+-]\d\d:\d\d)?(@\w+/\w+)?)?"
    r"|[\d:.]{5,15}(Z|[+-]\d\d:\d\d)?|-?P[\dYMWDTHS.]{2,20}"
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Texts that say nothing of anybody: options of forms, units, roles, times."""

    words: frozenset[str]

    def has(self, value: Json) -> bool:
        """Tell whether *value* holds nothing that a person wrote."""
        return bool(self.kept(value) == value)

    def kept(self, value: Json) -> Json:
        """Return *value* with null in place of each text that a person may have written."""
        if isinstance(value, str):
            return value if value in self.words or _WHEN.fullmatch(value) else None
        if isinstance(value, list | tuple):
            return [self.kept(item) for item in value]
        if isinstance(value, Mapping):
            return {
                name: self.kept(item)
                for name, item in value.items()
                if _NAME.fullmatch(name)
            }
        return value

    def kept_of_pairs(self, value: Json) -> Json:
        """Return the same of what a table read or gave, whose names are expressions."""
        if isinstance(value, list):
            return [self.kept_of_pairs(item) for item in value]
        if isinstance(value, Mapping):
            return {name: self.kept(item) for name, item in value.items()}
        return self.kept(value)


def vocabulary_of(reading: Reading, policy: LoadedPolicy) -> Vocabulary:
    """Return the words of a policy and of the house."""
    units = reading.session.scalars(select(Unit.key))
    return Vocabulary(frozenset([*_options(policy), *policy.roles, *units]))


def _options(policy: LoadedPolicy) -> Iterator[str]:
    for form in policy.forms.values():
        for outermost in form.components:
            for component in outermost.walk():
                yield from _values(component.plain("values"))


def _values(listed: Json) -> Iterator[str]:
    for entry in listed if isinstance(listed, Sequence) else ():
        value = entry.get("value") if isinstance(entry, Mapping) else entry
        if isinstance(value, str):
            yield value
