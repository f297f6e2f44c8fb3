"""Looks into texts, cuts them and puts them together."""

from decimal import Decimal

from engine.feel.builtins import patterns
from engine.feel.builtins.arguments import a_list, a_text, an_integer, index_in
from engine.feel.builtins.registry import Family
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.kinds import FeelValue

FUNCTIONS = Family()


@FUNCTIONS.function("substring", "string, start position, length?")
def substring(
    run: Run, string: FeelValue, start: FeelValue, length: FeelValue = None
) -> FeelValue:
    """Return the part that begins at *start*, from one or from the end."""
    text = a_text(string)
    first = index_in(text, an_integer(start))
    if length is None:
        return text[first:]
    count = an_integer(length)
    if count < 1:
        raise NoValue("Expected a length of at least 1, but got {length}.", length=count)
    return text[first : first + count]


@FUNCTIONS.function("string length", "string")
def string_length(run: Run, string: FeelValue) -> FeelValue:
    """Count the characters."""
    return Decimal(len(a_text(string)))


@FUNCTIONS.function("upper case", "string")
def upper_case(run: Run, string: FeelValue) -> FeelValue:
    """Return the text in capitals."""
    return a_text(string).upper()


@FUNCTIONS.function("lower case", "string")
def lower_case(run: Run, string: FeelValue) -> FeelValue:
    """Return the text in small letters."""
    return a_text(string).lower()


@FUNCTIONS.function("substring before", "string, match")
def substring_before(run: Run, string: FeelValue, match: FeelValue) -> FeelValue:
    """Return what stands before *match*, or nothing if it is not there."""
    before, found, _ = _partition(string, match)
    return before if found else ""


@FUNCTIONS.function("substring after", "string, match")
def substring_after(run: Run, string: FeelValue, match: FeelValue) -> FeelValue:
    """Return what stands behind *match*, or nothing if it is not there."""
    _, found, after = _partition(string, match)
    return after if found else ""


def _partition(string: FeelValue, match: FeelValue) -> tuple[str, bool, str]:
    text, sought = a_text(string), a_text(match)
    place = text.find(sought)
    return text[: max(place, 0)], place >= 0, text[place + len(sought) :]


@FUNCTIONS.function("contains", "string, match")
def contains(run: Run, string: FeelValue, match: FeelValue) -> FeelValue:
    """Tell whether *match* is in the text."""
    return a_text(match) in a_text(string)


@FUNCTIONS.function("starts with", "string, match")
def starts_with(run: Run, string: FeelValue, match: FeelValue) -> FeelValue:
    """Tell whether the text begins so."""
    return a_text(string).startswith(a_text(match))


@FUNCTIONS.function("ends with", "string, match")
def ends_with(run: Run, string: FeelValue, match: FeelValue) -> FeelValue:
    """Tell whether the text ends so."""
    return a_text(string).endswith(a_text(match))


@FUNCTIONS.function("string join", "list, delimiter?")
def string_join(run: Run, texts: FeelValue, delimiter: FeelValue = None) -> FeelValue:
    """Put texts together; null items are left out."""
    between = "" if delimiter is None else a_text(delimiter)
    parts = [a_text(item) for item in a_list(texts) if item is not None]
    run.check_size(sum(map(len, parts)) + len(between) * len(parts))
    return between.join(parts)


@FUNCTIONS.function("matches", "input, pattern, flags?")
def matches(
    run: Run, text: FeelValue, pattern: FeelValue, flags: FeelValue = None
) -> FeelValue:
    """Tell whether the pattern fits somewhere in the text."""
    compiled = _pattern(pattern, flags, run)
    return patterns.found_in(compiled, a_text(text), run)


@FUNCTIONS.function("replace", "input, pattern, replacement, flags?")
def replace(
    run: Run,
    text: FeelValue,
    pattern: FeelValue,
    replacement: FeelValue,
    flags: FeelValue = None,
) -> FeelValue:
    """Replace whatever the pattern fits; ``$1`` stands for its first group."""
    compiled = _pattern(pattern, flags, run)
    verbatim = isinstance(flags, str) and "q" in flags
    return patterns.replaced(
        compiled, a_text(text), a_text(replacement), run, verbatim=verbatim
    )


@FUNCTIONS.function("split", "string, delimiter")
def split(run: Run, string: FeelValue, delimiter: FeelValue) -> FeelValue:
    """Cut the text wherever the pattern fits."""
    parts: list[FeelValue] = []
    parts.extend(patterns.pieces(_pattern(delimiter, None, run), a_text(string), run))
    return parts


def _pattern(pattern: FeelValue, flags: FeelValue, run: Run) -> patterns.Pattern:
    return patterns.compiled(a_text(pattern), "" if flags is None else a_text(flags), run)
