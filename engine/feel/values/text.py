"""Writes values as FEEL does."""

import re
from decimal import Decimal

from engine.feel.decimal128 import DECIMAL128
from engine.feel.run import Run
from engine.feel.values.kinds import FeelFunction, FeelValue, Range

CHARACTERS_A_STEP = 100
_PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


def number_text(number: Decimal) -> str:
    """Write a number without exponent and without zeros at its end."""
    return format(number.normalize(DECIMAL128), "f") if number else "0"


def to_text(value: FeelValue, run: Run) -> str:
    """Write *value* for a person to read: a string as it is."""
    return value if isinstance(value, str) else literal_text(value, run)


def literal_text(value: FeelValue, run: Run) -> str:
    """Write *value* as it would stand in an expression: a string in quotes."""
    if value is None:
        return "null"
    if isinstance(value, str):
        run.spend(1 + len(value) // CHARACTERS_A_STEP)
        return quoted(value)
    run.spend()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal_text(item, run) for item in value) + "]"
    if isinstance(value, dict):
        entries = (f"{_key(key)}: {literal_text(item, run)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Range):
        return _range_text(value, run)
    if isinstance(value, FeelFunction):
        return f"function({', '.join(value.parameters)})"
    return str(value)


def quoted(text: str) -> str:
    """Write *text* in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def _range_text(limits: Range, run: Run) -> str:
    opening = "[" if limits.low_included else "("
    closing = "]" if limits.high_included else ")"
    low, high = literal_text(limits.low, run), literal_text(limits.high, run)
    return f"{opening}{low} .. {high}{closing}"
