"""How wide words are and where their lines break, for Chinese and Latin alike.

Widths are those of common office fonts at a size of 12 px: a Chinese character is as
wide as the size, a Latin one a little more than half. Lines break between Chinese
characters and between Latin words, never before a closing or after an opening mark.
"""

import unicodedata
from collections.abc import Iterator

import regex

SIZE = 12.0  #: Height of letters in a diagram, in px.
LINE = 15.0  #: Distance of two lines.
WIDEST_LABEL = 90.0  #: Names beside a shape break here, as they do in the modelers.

_PIECES = regex.compile(r"\s+|[\p{Latin}\p{N}_.\-/@#%:+&']+|.")
_NOT_FIRST = frozenset("，。、；：？！）》」』】…—”’％,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【“‘([{")
_NARROW = frozenset("iljtfr.,;:!|'()[]")


def text_width(text: str, size: float = SIZE) -> float:
    """Return how wide *text* is on one line, in px."""
    return sum(map(_em, text)) * size


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.35
    return 0.68 if character.isupper() or character in "mwMW" else 0.56


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """Return the lines of *text*, none wider than *width* unless one piece is."""
    lines: list[str] = []
    line = ""
    for piece in _unbreakable(" ".join(text.split())):
        if line and text_width((line + piece).rstrip(), size) > width + 0.01:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def wrap_evenly(text: str, width: float, size: float = SIZE) -> list[str]:
    """Return as few lines as *width* allows, of about the same width."""
    lines = wrap(text, width, size)
    narrow = text_width(text, size) / max(len(lines), 1)
    while len(lines) > 1 and narrow < width:
        tried = wrap(text, narrow, size)
        if len(tried) <= len(lines):
            return tried
        narrow += size / 4
    return lines


def block_size(lines: list[str], size: float = SIZE) -> tuple[float, float]:
    """Return width and height of *lines* set under each other."""
    width = max((text_width(line, size) for line in lines), default=0.0)
    return width, len(lines) * LINE * size / SIZE


def _unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may break."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and (piece[0] in _NOT_FIRST or held[-1] in _NOT_LAST):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held
