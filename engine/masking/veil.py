"""Lays a veil over what people are shown: no text of it repeats what is personal."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import TypeVar, cast

from engine.masking.mask import mask
from engine.model import Json

T = TypeVar("T")

#: What nobody was named as, whoever typed it, and in whatever field.
_PATTERNS = (
    re.compile(
        r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
    ),
    re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])"),
)
_PLAIN = re.compile(r"[!-~]")  #: A character that makes up words of the Latin script.
_SHORTEST, _SHORTEST_PLAIN = 2, 3
#: Members that are shown to nobody, or by which the page finds something again.
_KEPT = frozenset(
    {"digest", "element_id", "id", "key", "kind", "login", "media_type", "number"}
    | {"case_number", "policy_key", "process_id", "state", "template", "outcome"}
)


class Veil:
    """Masks some values wherever they come, and what looks like a personal number.

    Args:
        values: What is personal, as it may stand in texts.
    """

    def __init__(self, values: Iterable[str], *, covers: bool = True) -> None:
        told = {value.strip() for value in values}
        self._values = sorted(filter(_is_telling, told), key=len, reverse=True)
        self._covers = covers

    def __bool__(self) -> bool:
        return self._covers

    def text(self, text: str) -> str:
        """Return *text* with what is personal in it masked."""
        if not self._covers:
            return text
        folded = text.casefold()
        for value in self._values:
            if value.casefold() in folded:
                text = _pattern(value).sub(mask(value).replace("\\", "\\\\"), text)
        if "@" in text or any(map(str.isdigit, text)):
            for pattern in _PATTERNS:
                text = pattern.sub(lambda found: mask(found.group()), text)
        return text

    def values(self, value: Json, paths: Sequence[str] = ()) -> Json:
        """Return a JSON value with what lies at *paths* masked, and the rest as a text.

        An empty path is that of the whole value.
        """
        if not self._covers:
            return value
        return self._value(value, [path.split(".") if path else () for path in paths])

    def over(self, shown: T, *, but: frozenset[str] = frozenset()) -> T:
        """Return what is shown with every text in it masked.

        Args:
            shown: A dataclass of the queries, or a tuple, list or mapping of some.
            but: Members of a dataclass that stay as they are.
        """
        return cast("T", self._over(shown, but)) if self._covers else shown

    def _value(self, value: Json, paths: Sequence[Sequence[str]]) -> Json:
        if any(not path for path in paths):
            return masked_whole(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list | tuple):
            return [self._value(item, paths) for item in value]
        if isinstance(value, Mapping):
            return {
                name: self._value(item, [path[1:] for path in paths if path[0] == name])
                for name, item in value.items()
            }
        return value

    def _over(self, shown: object, but: frozenset[str]) -> object:
        if isinstance(shown, str):
            return self.text(shown)
        if isinstance(shown, tuple) and type(shown) is tuple:
            return tuple(self._over(item, but) for item in shown)
        if isinstance(shown, list):
            return [self._over(item, but) for item in shown]
        if isinstance(shown, dict | MappingProxyType):
            return {name: self._over(item, but) for name, item in shown.items()}
        if is_dataclass(shown) and not isinstance(shown, type):
            changed = {}
            for member in fields(shown):
                if member.init and member.name not in _KEPT | but:
                    before = getattr(shown, member.name)
                    after = self._over(before, but)
                    if after is not before and after != before:
                        changed[member.name] = after
            return replace(shown, **changed) if changed else shown
        return shown


def masked_whole(value: Json) -> Json:
    """Return a value of which all is personal, masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [masked_whole(item) for item in value]
    if isinstance(value, Mapping):
        return {name: masked_whole(item) for name, item in value.items()}
    return value if value is None or isinstance(value, bool) else mask(str(value))


def personal_texts(variables: Json, paths: Sequence[str]) -> Iterator[str]:
    """Yield the texts that lie at *paths*, in each item of a list."""
    for path in paths:
        yield from _texts_at(variables, path.split("."))


def _texts_at(value: Json, path: Sequence[str]) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts_at(item, path)
    elif path and isinstance(value, Mapping):
        yield from _texts_at(value.get(path[0]), path[1:])
    elif isinstance(value, Mapping):
        # A file is personal by its name; that it is a picture says nothing of anybody.
        names = ("name",) if "document" in value else value
        for name in names:
            yield from _texts_at(value.get(name), ())
    elif not path and value is not None and not isinstance(value, bool):
        yield str(value)


def numbers_at(variables: Json, paths: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the files that lie at *paths*, in each item of a list."""
    found = (_files_at(variables, path.split(".")) for path in paths)
    return frozenset(chain.from_iterable(found))


def _files_at(value: Json, path: Sequence[str]) -> Iterator[int]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _files_at(item, path)
    elif isinstance(value, Mapping) and path:
        yield from _files_at(value.get(path[0]), path[1:])
    elif isinstance(value, Mapping) and isinstance(value.get("document"), int):
        yield value["document"]


def _is_telling(value: str) -> bool:
    """Tell whether a value is long enough to be looked for in other texts."""
    is_plain = all(map(_PLAIN.match, value))
    return len(value) >= (_SHORTEST_PLAIN if is_plain else _SHORTEST)


def _pattern(value: str) -> re.Pattern[str]:
    """Return what finds *value*, and not as a part of a longer number or Latin word."""
    before = r"(?<![0-9A-Za-z])" if value[0].isascii() and value[0].isalnum() else ""
    after = r"(?![0-9A-Za-z])" if value[-1].isascii() and value[-1].isalnum() else ""
    return re.compile(before + re.escape(value) + after, re.IGNORECASE)


#: For those who see everything.
NO_VEIL = Veil((), covers=False)
