"""Regular expressions of XPath (which FEEL uses), with a limit on how long they search."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias, TypeVar

import regex
from elementpath.regex import RegexError, translate_pattern

from engine.feel.errors import NoValue
from engine.feel.run import Run

Pattern: TypeAlias = "regex.Pattern[str]"
_Found = TypeVar("_Found")
LONGEST_PATTERN = 1000
SECONDS = 0.25  #: That one search may take.
_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_REPLACEMENT = re.compile(r"\\[\\$]|\$\d+|[^\\$]+|.", re.DOTALL)


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> Pattern:
    """Return the compiled *pattern*.

    Raises:
        NoValue: If it is no pattern, or the flags are none of ``smixq``.
    """
    if not set(flags) <= _FLAGS.keys() or len(pattern) > LONGEST_PATTERN:
        raise NoValue("Expected a pattern with flags of “smixq”, but got others.")
    bits = 0
    for flag in flags:
        bits |= int(_FLAGS[flag])
    if "q" in flags:
        return regex.compile(re.escape(pattern), bits | regex.V0)
    source = _without_blanks(pattern) if "x" in flags else pattern
    try:
        return regex.compile(
            translate_pattern(source, bits, "1.1", True, True, True), bits | regex.V0
        )
    except (RegexError, regex.error, re.error, ValueError, OverflowError, MemoryError):
        raise NoValue(
            "Expected a pattern, but “{pattern}” is none.", pattern=pattern
        ) from None


def _without_blanks(pattern: str) -> str:
    kept, brackets, escaped = [], 0, False
    for character in pattern:
        if not escaped:
            brackets += (character == "[") - (character == "]")
        escaped = character == "\\" and not escaped
        if brackets or character not in " \t\r\n":
            kept.append(character)
    return "".join(kept)


def _within_time(search: Callable[[], _Found], run: Run) -> _Found:
    try:
        result = search()
    except TimeoutError:
        raise run.out_of_time() from None
    run.look_at_stopwatch()
    return result


def found_in(pattern: Pattern, text: str, run: Run) -> bool:
    """Tell whether *pattern* fits somewhere in *text*."""
    return _within_time(lambda: pattern.search(text, timeout=SECONDS), run) is not None


def replaced(
    pattern: Pattern, text: str, replacement: str, run: Run, *, verbatim: bool
) -> str:
    """Replace what *pattern* fits; verbatim, the replacement has no groups."""
    write = (lambda match: replacement) if verbatim else _writer(pattern, replacement)
    size = len(text)

    def counted(match: "regex.Match[str]") -> str:
        nonlocal size
        written = write(match)
        size += len(written)
        run.check_size(size)
        return written

    return _within_time(lambda: pattern.sub(counted, text, timeout=SECONDS), run)


def _writer(pattern: Pattern, replacement: str) -> "Callable[[regex.Match[str]], str]":
    parts = _REPLACEMENT.findall(replacement)
    if any(part in ("\\", "$") for part in parts):
        raise NoValue("Expected a digit behind “$”, and “\\” or “$” behind “\\”.")

    def write(match: "regex.Match[str]") -> str:
        return "".join(_written(part, match, pattern.groups) for part in parts)

    return write


def _written(part: str, match: "regex.Match[str]", groups: int) -> str:
    if part[0] == "\\":
        return part[1]
    if part[0] != "$":
        return part
    digits, rest = part[1:], ""
    while len(digits) > 1 and int(digits) > groups:
        digits, rest = digits[:-1], digits[-1] + rest
    group = int(digits)
    return (match[group] or "" if group <= groups else "") + rest


def pieces(pattern: Pattern, text: str, run: Run) -> list[str]:
    """Cut *text* wherever *pattern* fits more than nothing."""
    found = _within_time(lambda: list(pattern.finditer(text, timeout=SECONDS)), run)
    result, last = [], 0
    for match in found:
        if match.end() > match.start():
            result.append(text[last : match.start()])
            last = match.end()
    result.append(text[last:])
    return result
