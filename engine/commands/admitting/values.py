"""Refuses what no table could hold and no expression could read, before anything is done.

Every command and every question passes here, so that what comes from a browser, a file
or another system is looked at once, whatever it is for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from engine.commands.admitting.entries import refuse_faults
from engine.model import Json, NotFound, Sentence

DEEPEST = 90  #: Lists in lists in lists; expressions read a few more.
LARGEST_ID = 2**31 - 1  #: Of a row, on the databases that we know.
LONGEST_COMMAND_ID = 200  #: Characters.
_MOST_DIGITS = 4_000  #: Longer numbers are written and cannot be read back.
_MOST_BITS = 13_000  #: Of a whole number with so many digits.
_HIGHEST_EXPONENT = 6_144  #: Of a decimal128.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_HIDDEN = Sentence("Remove the characters that cannot be seen, and type it again.")
_TOO_LARGE = Sentence("Expected a smaller number, but it is too large.")
_TOO_DEEP = Sentence(
    "Expected values nested at most {limit} deep, but these are deeper.", {"limit": DEEPEST}
)
_TOO_LONG = Sentence(
    "Expected an id of at most {limit} characters, but this one is longer.",
    {"limit": LONGEST_COMMAND_ID},
)


def refuse_unfit(asked: object) -> None:
    """Refuse a command or a question with something in it that cannot be kept.

    Raises:
        InvalidValues: With the sentences at the fields that hold it.
        NotFound: If it names a row by a number that no row has.
    """
    faults: dict[str, tuple[Sentence, ...]] = {}
    for name in [field.name for field in fields(asked)] if is_dataclass(asked) else ():
        for path, fault in _field_faults(name, getattr(asked, name)):
            faults[path] = (fault,)
    refuse_faults(faults)


def refuse_unfit_id(command_id: str | None) -> None:
    """Refuse the id of a command that cannot be kept.

    Raises:
        InvalidValues: If it is too long, or has characters that no text may have.
    """
    if command_id is None:
        return
    refuse_faults(
        {
            "command_id": (
                *((_TOO_LONG,) if len(command_id) > LONGEST_COMMAND_ID else ()),
                *((_HIDDEN,) if _UNSTORABLE.search(command_id) else ()),
            )
        }
    )


def _field_faults(name: str, value: Json) -> Iterator[tuple[str, Sentence]]:
    if isinstance(value, int) and abs(value) > LARGEST_ID:
        raise NotFound("Expected to find what has this number, but no number is so large.")
    if isinstance(value, Mapping):
        for inner, item in value.items():
            fault = _fault(inner, 1) or _fault(item, 1)
            if fault is not None:
                yield _UNSTORABLE.sub("\ufffd", str(inner)), fault
    elif isinstance(value, tuple):
        for item in value:
            yield from _field_faults(name, item)
    elif isinstance(value, str | list | Decimal):
        fault = _fault(value, 1)
        if fault is not None:
            yield name, fault


def _fault(value: Json, depth: int) -> Sentence | None:
    """Return what is wrong with a JSON value, the first of it."""
    match value:
        case None | bool():
            return None
        case str():
            return _HIDDEN if _UNSTORABLE.search(value) else None
        case int():
            return _TOO_LARGE if value.bit_length() > _MOST_BITS else None
        case Decimal():
            return None if _is_kept(value) else _TOO_LARGE
        case Mapping() | list() | tuple():
            return _inner_fault(value, depth)
    return Sentence(
        "Expected a JSON value, but got a {kind} of Python.", {"kind": type(value).__name__}
    )


def _is_kept(number: Decimal) -> bool:
    if not number.is_finite() or abs(number.adjusted()) > _HIGHEST_EXPONENT:
        return False
    return len(number.as_tuple().digits) <= _MOST_DIGITS


def _inner_fault(value: Json, depth: int) -> Sentence | None:
    if depth > DEEPEST:
        return _TOO_DEEP
    parts = [*value, *value.values()] if isinstance(value, Mapping) else value
    found = (_fault(part, depth + 1) for part in parts)
    return next((fault for fault in found if fault is not None), None)
