"""Numbers, whole or with as many decimals as the author allows."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

MOST_DIGITS = 20
_LONGEST = 100  #: Characters; a longer text is no number but an accident.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)


class Number:
    """An int, or a Decimal where there are decimals; never a float."""

    empty = None

    def missing(self, component: Component) -> Sentence:
        """Ask for a number."""
        return Sentence("Enter a number.")

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the number in the last text; full-width digits are digits."""
        return _typed(texts[-1]) if texts else None

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return a whole number as int, or as text where the author wants text."""
        if component.plain("serializeToString") is True and isinstance(value, str):
            value = _typed(value)
        if _is_number(value):
            value = _plain(Decimal(value))
            if component.plain("serializeToString") is True:
                return format(value, "f") if isinstance(value, Decimal) else str(value)
        return None if value == "" else value

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return a number, also one that a text spells."""
        typed = _typed(value) if isinstance(value, str) else value
        return typed if _is_number(typed) else None

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is none, too small, too large or too precise."""
        if component.plain("serializeToString") is True and isinstance(value, str):
            value = _typed(value)
        if not _is_number(value):
            yield Sentence("Enter a number in digits, such as 12 or 12.50.")
            return
        number = Decimal(value)
        if len(number.as_tuple().digits) > MOST_DIGITS or abs(number) >= 10**MOST_DIGITS:
            yield Sentence("Use at most {most} digits.", {"most": MOST_DIGITS})
        yield from _too_precise(component, number)
        least = _bound(component, "validate.min", scope)
        most = _bound(component, "validate.max", scope)
        if least is not None and number < least:
            yield Sentence("Enter at least {least}.", {"least": _spelled(least)})
        if most is not None and number > most:
            yield Sentence("Enter at most {most}.", {"most": _spelled(most)})


def _typed(text: str) -> Json:
    spelled = unicodedata.normalize("NFKC", text).replace(" ", "")
    if _THOUSANDS.fullmatch(spelled):
        spelled = spelled.replace(",", "")
    if len(spelled) > _LONGEST or not _NUMBER.fullmatch(spelled):
        return text.strip() or None
    return _plain(Decimal(spelled))


def _is_number(value: Json) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)


def _plain(number: Decimal) -> int | Decimal:
    huge = number.adjusted() > MOST_DIGITS  # Never blown up to a long int.
    return int(number) if not huge and number == number.to_integral_value() else number


def _too_precise(component: Component, number: Decimal) -> Iterator[Sentence]:
    digits = component.plain("decimalDigits")
    exponent = number.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    if not isinstance(digits, int | Decimal) or decimals <= digits:
        return
    if digits == 0:
        yield Sentence("Enter a whole number.")
    else:
        yield Sentence("Use at most {digits} decimals.", {"digits": digits})


def _bound(component: Component, name: str, scope: Scope) -> Decimal | None:
    value = component.setting(name, scope)
    if isinstance(value, str):
        value = _typed(value)
    return Decimal(value) if _is_number(value) else None


def _spelled(number: Decimal) -> str:
    return format(number.normalize(), "f")
