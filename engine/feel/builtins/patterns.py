"""Regular expressions of XPath (which FEEL uses), with a limit on how long they search."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias, TypeVar

import regex
from elementpath.regex import RegexError, translate_pattern

from engine.feel.builtins.pattern_size import size_of
from engine.feel.errors import BudgetExceeded, NoValue
from engine.feel.run import Run

Pattern: TypeAlias = "regex.Pattern[str]"
_Found = TypeVar("_Found")
LARGEST_PATTERN = 10_000  #: Parts, where a part that is repeated counts as often.
KEPT = 64  #: Compiled patterns; the least recently used is forgotten.
LARGEST_KEPT = 1000  #: Parts; larger ones are compiled each time.
_PART = 500  #: Bytes of a part of a compiled pattern.
_ATTEMPTS = 8  #: How often a search may be begun.
_LEAST_SECONDS = 0.01  #: Of processor time, below which a search is not begun again.
_PIECE = 128  #: Bytes of a piece of text in a list.
_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_REPLACEMENT = re.compile(r"\\[\\$]|\$\d+|[^\\$]+|.", re.DOTALL)


def compiled(pattern: str, flags: str, run: Run) -> Pattern:
    """Return the compiled *pattern*.

    Raises:
        NoValue: If it is no pattern, or the flags are none of ``smixq``.
        BudgetExceeded: If it is too large.
    """
    if not set(flags) <= _FLAGS.keys():
        raise NoValue("Expected a pattern with flags of “smixq”, but got others.")
    source = _without_blanks(pattern) if "x" in flags and "q" not in flags else pattern
    size = len(source) if "q" in flags else size_of(source)
    if size > LARGEST_PATTERN:
        raise BudgetExceeded(
            "Expected a pattern of at most {limit} parts, counting repeated ones as often"
            " as they are repeated; the evaluation was stopped.",
            budget="size",
            limit=LARGEST_PATTERN,
        )
    run.spend(1 + size // 10)
    if size <= LARGEST_KEPT:
        found = _kept(source, flags)
    else:
        run.take(size * _PART)
        found = _compiled(source, flags)
    run.look_at_stopwatch()
    return found


@lru_cache(maxsize=KEPT)
def _kept(source: str, flags: str) -> Pattern:
    return _compiled(source, flags)


def _compiled(source: str, flags: str) -> Pattern:
    bits = 0
    for flag in flags:
        bits |= int(_FLAGS[flag])
    # The library's own store of patterns would grow by megabytes.
    if "q" in flags:
        return regex.compile(re.escape(source), bits | regex.V0, cache_pattern=False)
    try:
        translated = translate_pattern(source, bits, "1.1", True, True, True)
        return regex.compile(translated, bits | regex.V0, cache_pattern=False)
    except (
        *(RegexError, regex.error, re.error, ValueError),
        *(OverflowError, MemoryError, RecursionError),
    ):
        raise NoValue(
            "Expected a pattern, but “{pattern}” is none.", pattern=source[:50]
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


def _within_time(search: Callable[[float | None], _Found], run: Run) -> _Found:
    """Return what *search* finds, which is given the seconds that it may take.

    The library counts by the wall, the budget by the processor: on a busy machine a search
    that ran out of the one is begun again with what is left of the other.
    """
    for _ in range(_ATTEMPTS):
        left = run.seconds_left
        if left is not None and left < _LEAST_SECONDS:
            break
        try:
            result = search(left)
        except TimeoutError:
            continue
        run.look_at_stopwatch()
        return result
    raise run.out_of_time()


def found_in(pattern: Pattern, text: str, run: Run) -> bool:
    """Tell whether *pattern* fits somewhere in *text*."""
    return _within_time(lambda left: pattern.search(text, timeout=left), run) is not None


def replaced(
    pattern: Pattern, text: str, replacement: str, run: Run, *, verbatim: bool
) -> str:
    """Replace what *pattern* fits; verbatim, the replacement has no groups."""
    parts = [replacement] if verbatim else _parts(replacement)

    def replaced_within(left: float | None) -> str:
        size = 0

        def counted(match: "regex.Match[str]") -> str:
            nonlocal size
            run.spend(len(parts))
            written = replacement if verbatim else _written(parts, match, pattern.groups)
            size += len(written)
            run.check_size(size)
            run.take(written.__sizeof__())
            return written

        return pattern.sub(counted, text, timeout=left)

    return _within_time(replaced_within, run)


def _parts(replacement: str) -> list[str]:
    parts = _REPLACEMENT.findall(replacement)
    if any(part in ("\\", "$") for part in parts):
        raise NoValue("Expected a digit behind “$”, and “\\” or “$” behind “\\”.")
    return parts


def _written(parts: list[str], match: "regex.Match[str]", groups: int) -> str:
    return "".join(_written_part(part, match, groups) for part in parts)


def _written_part(part: str, match: "regex.Match[str]", groups: int) -> str:
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

    def cut(left: float | None) -> list[str]:
        result, last = [], 0
        for match in pattern.finditer(text, timeout=left):
            run.spend()
            if match.end() > match.start():
                run.take(_PIECE + match.start() - last)
                result.append(text[last : match.start()])
                last = match.end()
        result.append(text[last:])
        return result

    return _within_time(cut, run)
