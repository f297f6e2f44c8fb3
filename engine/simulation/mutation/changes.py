"""Finds small changes of a text that leave it readable: of numbers, of comparisons."""

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_ISO = re.compile(r"\d+(?=[YMWDHS])")
_TOKEN = re.compile(
    r'"(?:\\.|[^"\\])*"|<=|>=|!=|->|[<>]|\b(?:and|or)\b|(?<![\w.])\d+(?:\.\d+)?(?!\w)'
)
_OTHERS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "and": "or", "or": "and"}
_DURATION = re.compile(r'"P[\dYMWDTHS.]+"')


def bumped(number: str) -> str:
    """Return the next number.

    >>> bumped("3"), bumped("0.5")
    ('4', '1.5')
    """
    whole, dot, rest = number.partition(".")
    return f"{int(whole) + 1}{dot}{rest}"


def longer(text: str) -> str | None:
    """Return a time limit in plain words, as an ISO duration or as cron, changed by one.

    >>> longer("3 working hours"), longer("PT24H"), longer("0 0 9 5 * *")
    ('4 working hours', 'PT25H', '0 0 9 6 * *')
    """
    if text.count(" ") >= 4:
        return _last_bumped(text)
    for pattern in (_ISO, _NUMBER):
        found = pattern.search(text)
        if found:
            return text[: found.start()] + bumped(found[0]) + text[found.end() :]
    return None


def _last_bumped(text: str) -> str | None:
    found = list(re.finditer(r"(?<!\S)[1-9]\d*(?!\S)", text))
    if not found:
        return None
    last = found[-1]
    return text[: last.start()] + bumped(last[0]) + text[last.end() :]


def expression_changes(source: str) -> Iterator[str]:
    """Yield *source*, FEEL, with one comparison, connective or number in it changed."""
    for found in _TOKEN.finditer(source):
        token = found[0]
        if _DURATION.fullmatch(token):
            changed = longer(token)
        elif token[0].isdigit():
            changed = bumped(token)
        else:
            changed = _OTHERS.get(token)
        if changed is not None:
            yield source[: found.start()] + changed + source[found.end() :]
