"""Fits the labels below a chart: beside each other, or leaning where they are too long."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

TILT = 40  #: Degrees by which labels lean.
_WIDE, _NARROW = 12.2, 7.2  #: Of a Chinese character and of a Latin one.
_LATIN = 0x2E80  #: Characters before this one are narrow.
_LONGEST = 12  #: Characters of a label.
_MOST = 26  #: Labels that fit at all.
_BETWEEN = 8
_BELOW = 30  #: What labels need that do not lean.
_OFF = 14  #: Between the axis and the end of a label that leans.


@dataclass(frozen=True, slots=True)
class Fitted:
    """What labels say, and the room that they need."""

    texts: tuple[str, ...]
    every: int  #: Only each so-manieth is written.
    leans: bool
    left: float  #: Before the middle of the first bar.
    below: float  #: Under the axis.


def fitted(texts: Sequence[str], width: float) -> Fitted:
    """Return how *texts* stand below a chart of *width*."""
    step = width / len(texts)
    if max(map(_width, texts)) <= step - _BETWEEN:
        return Fitted(tuple(texts), 1, leans=False, left=0, below=_BELOW)
    short = tuple(map(_short, texts))
    longest, tilt = max(map(_width, short)), math.radians(TILT)
    return Fitted(
        texts=short,
        every=-(-len(short) // _MOST),
        leans=True,
        left=_width(short[0]) * math.cos(tilt) + _BETWEEN,
        below=_OFF + longest * math.sin(tilt) + _BETWEEN,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _width(text: str) -> float:
    return sum(_NARROW if ord(each) < _LATIN else _WIDE for each in text)
