"""Reads the TOML that people type, and gathers everything wrong with it at once.

Whoever reads a table asks for each key by its kind; what nobody asked for is unknown.
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from engine.model import Finding, Json, Sentence, Severity
from engine.policy.lines import Path, key_lines, line_of

Word = TypeVar("Word", bound=str)


class TomlFile:
    """One TOML file being read, and what was found in it so far."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self._lines = key_lines(text)
        self.top = Table(self, self._parse(text), ())

    @property
    def is_broken(self) -> bool:
        """Tell whether anything is so wrong that the file cannot be used."""
        return any(finding.severity == "error" for finding in self.findings)

    def report(
        self,
        path: Path,
        rule: str,
        what: Sentence,
        remedy: Sentence,
        severity: Severity = "error",
    ) -> None:
        """Note a finding at the key that *path* leads to."""
        self.findings.append(
            Finding(
                file=self.name,
                element=spell(path) or None,
                rule=rule,
                what=what,
                remedy=remedy,
                severity=severity,
                line=line_of(self._lines, path),
            )
        )

    def _parse(self, text: str) -> dict[str, object]:
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError) as error:
            place = re.search(r"at line (\d+)", str(error))
            self.findings.append(
                Finding(
                    file=self.name,
                    element=None,
                    rule="toml-syntax",
                    what=Sentence("Expected TOML, but: {reason}.", {"reason": str(error)}),
                    remedy=Sentence('Write one key = "value" a line, with text in quotes.'),
                    line=int(place[1]) if place else None,
                )
            )
            return {}


class Table:
    """One table of a TOML file, read key by key."""

    def __init__(self, file: TomlFile, values: Mapping[str, object], path: Path) -> None:
        self.file = file
        self.path = path
        self._values = values
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def raw(self, key: str) -> object | None:
        """Return what stands at *key*, of whatever kind, without asking for it."""
        return self._values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """Return the text at *key*, or *default*."""
        value = self._take(key, str, Sentence("text in quotes"))
        return value if isinstance(value, str) else default

    def required_text(self, key: str) -> str:
        """Return the text at *key*, which must be there and not be empty."""
        text = self.text(key)
        if not text.strip() and not (
            key in self and not isinstance(self._values[key], str)
        ):
            self.missing(key)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at *key*, or nothing."""
        value = self._take(key, list, Sentence("a list of texts in brackets"))
        if not isinstance(value, list):
            return ()
        if not all(isinstance(item, str) for item in value):
            self._wrong_kind(key, Sentence("a list of texts in brackets"))
            return ()
        return tuple(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return the truth value at *key*, or *default*."""
        value = self._take(key, bool, Sentence("true or false"))
        return value if isinstance(value, bool) else default

    def whole(self, key: str, default: int, *, least: int, most: int) -> int:
        """Return the whole number at *key*, or *default*; it lies within the bounds."""
        number = self._take(key, int, Sentence("a whole number"))
        if number is None:
            return default
        if not isinstance(number, int) or isinstance(number, bool):
            self._wrong_kind(key, Sentence("a whole number"))
        elif not least <= number <= most:
            self.report(
                key,
                "toml-range",
                Sentence(
                    "Expected a whole number from {least} to {most}, but it is {number}.",
                    {"least": least, "most": most, "number": number},
                ),
                Sentence("Write {key} = {example}.", {"key": key, "example": default}),
            )
        else:
            return number
        return default

    def choice(self, key: str, choices: tuple[Word, ...], default: Word) -> Word:
        """Return the word at *key*, which must be one of *choices*."""
        word = self.text(key, default)
        for choice in choices:
            if choice == word:
                return choice
        self.report(
            key,
            "toml-choice",
            Sentence(
                "Expected one of {choices}, but it is {word}.",
                {"choices": ", ".join(choices), "word": word},
            ),
            did_you_mean(word, choices),
        )
        return default

    def moment(self, key: str) -> datetime | None:
        """Return the date and time at *key*, which must name its offset."""
        value = self._take(key, datetime, Sentence("a date and time"))
        if not isinstance(value, datetime):
            return None
        if value.tzinfo is None:
            self._wrong_kind(key, Sentence("a date and time with its offset, like +08:00"))
            return None
        return value

    def values(self, key: str) -> dict[str, Json]:
        """Return the table at *key* as JSON values, whatever its keys; dates become ISO."""
        value = self._take(key, dict, Sentence("a table"))
        return to_json(value) if isinstance(value, dict) else {}

    def table(self, key: str) -> "Table":
        """Return the table at *key*, empty where there is none."""
        value = self._take(key, dict, Sentence("a table"))
        inner = value if isinstance(value, dict) else {}
        return Table(self.file, inner, (*self.path, key))

    def tables(self, key: str) -> "list[Table]":
        """Return the array of tables at *key*, written as ``[[key]]``."""
        value = self._take(key, list, Sentence("tables, each with a double bracket"))
        if not isinstance(value, list):
            return []
        if not all(isinstance(item, dict) for item in value):
            self._wrong_kind(key, Sentence("tables, each with a double bracket"))
            return []
        return [
            Table(self.file, item, (*self.path, key, place))
            for place, item in enumerate(value)
        ]

    def entries(self) -> "Iterator[tuple[str, Table]]":
        """Yield each key with its table, in a file whose keys are ids."""
        for key in self._values:
            yield key, self.table(key)

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self._values.keys() - self._asked:
            self.report(
                key,
                "toml-unknown-key",
                Sentence(
                    "Expected only keys that are known here, but {key} is not.",
                    {"key": key},
                ),
                did_you_mean(key, self._asked),
            )

    def missing(self, key: str) -> None:
        """Report that *key* is not there, or is empty."""
        self.report(
            key,
            "toml-missing-key",
            Sentence("Expected a value for {key}, but there is none.", {"key": key}),
            Sentence("Add the line {key} = …", {"key": key}),
        )

    def report(
        self,
        key: str,
        rule: str,
        what: Sentence,
        remedy: Sentence,
        severity: Severity = "error",
    ) -> None:
        """Note a finding at *key* of this table."""
        if not self.file.is_broken or self.file.findings[0].rule != "toml-syntax":
            self.file.report((*self.path, key), rule, what, remedy, severity)

    def _take(self, key: str, kind: type, expected: Sentence) -> object | None:
        self._asked.add(key)
        value = self._values.get(key)
        unstorable = isinstance(value, str) and "\0" in value
        if value is None or (isinstance(value, kind) and not unstorable):
            return value
        self._wrong_kind(key, expected)
        return None

    def _wrong_kind(self, key: str, expected: Sentence) -> None:
        self.report(
            key,
            "toml-kind",
            Sentence(
                "Expected {expected}, but it is {value}.",
                {"expected": expected, "value": str(self._values[key])},
            ),
            Sentence("Write {expected}.", {"expected": expected}),
        )


def did_you_mean(word: str, known: Collection[str]) -> Sentence:
    """Return the remedy for a word that is not among *known*."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    if close:
        return Sentence("Did you mean {guess}?", {"guess": close[0]})
    if not known:
        return Sentence("Take it out; nothing is known here.")
    return Sentence("Known here: {known}.", {"known": ", ".join(sorted(known))})


def spell(path: Path) -> str:
    """Return *path* as people write it: ``start[2].process``, counted from 1.

    >>> spell(("start", 1, "process"))
    'start[2].process'
    """
    spelled = ""
    for part in path:
        if isinstance(part, int):
            spelled += f"[{part + 1}]"
        else:
            spelled += f".{part}" if spelled else part
    return spelled


def to_json(value: object) -> Json:
    """Return a TOML value as a JSON value; dates and times become ISO strings."""
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and value == value.to_integral_value()
    ):
        return int(value)
    if isinstance(value, bool | int | Decimal | str):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
