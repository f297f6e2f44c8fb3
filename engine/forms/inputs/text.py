"""Text: short, long, by pattern, as e-mail address or as phone number."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

_EMAIL = regex.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = regex.compile(r"\+?[0-9(][0-9 ()-]{4,20}[0-9]([-转 ]*[0-9]{1,6})?")
_UNSTORABLE = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PATIENCE = 0.1  #: Seconds for an author's pattern.


class Text:
    """Text of at most *longest* characters, whatever its author allows."""

    empty = None

    def missing(self, component: Component) -> Sentence:
        """Ask for a text."""
        return Sentence("Fill this in.")

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the last text."""
        return texts[-1] if texts else None

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return it with plain line ends and nothing around it."""
        if not isinstance(value, str):
            return value
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return a text or a number as text."""
        fits = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
        return str(value) if fits else None

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is too long, too short or not of the right shape."""
        if not isinstance(value, str):
            yield Sentence("Enter a text here.")
            return
        if _UNSTORABLE.search(value):
            yield Sentence("Remove the characters that cannot be seen, and type it again.")
        length, least = len(value), _length(component, "validate.minLength", scope)
        most = min(
            _length(component, "validate.maxLength", scope, self.longest), self.longest
        )
        if length > most:
            yield Sentence(
                "Use at most {most} characters; these are {length}.",
                {"most": most, "length": length},
            )
            return
        if length < least:
            yield Sentence(
                "Use at least {least} characters; these are {length}.",
                {"least": least, "length": length},
            )
        yield from _misshapen(component, value, scope)


def _length(component: Component, name: str, scope: Scope, otherwise: int = 0) -> int:
    value = component.setting(name, scope)
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    fits = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return int(value) if fits else otherwise


def _misshapen(component: Component, value: str, scope: Scope) -> Iterator[Sentence]:
    kind = component.plain("validate.validationType")
    pattern = component.plain("validate.pattern")
    if kind == "email" and not _EMAIL.fullmatch(value):
        yield Sentence("Enter an e-mail address such as name@example.com.")
    elif kind == "phone" and not _PHONE.fullmatch(value):
        yield Sentence("Enter a phone number with digits only, such as 13800138000.")
    elif pattern and not _matches(pattern, value):
        own = component.plain("validate.patternErrorMessage")
        if own:
            yield Sentence("Check this: {message}", {"message": own})
        else:
            yield Sentence("This is not in the expected form; check it again.")


def _matches(pattern: str, value: str) -> bool:
    """Search as a browser does; a pattern that takes too long matches nothing."""
    try:
        return regex.search(pattern, value, regex.ASCII, timeout=_PATIENCE) is not None
    except TimeoutError:
        return False
