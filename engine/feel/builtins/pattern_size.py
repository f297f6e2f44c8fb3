"""Tells how large a regular expression becomes when its repeated parts are written out."""

import re

_CLASS = 100  #: Parts that a class of characters such as a category becomes.
_TAKEN_AWAY = 300  #: Parts of a class that is taken from another: ``[a-z-[aeiou]]``.
_COUNT = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_MOST_DIGITS = 6  #: Of a count; longer ones are too large in any case.
_BEYOND_ALL = 10**9


def size_of(pattern: str) -> int:
    """Return the number of parts of *pattern*, each as often as it is repeated at most."""
    groups: list[int] = [0]  # Of each open bracket, the parts so far.
    last, place = 0, 0  # The size of the part that a count would repeat.
    while place < len(pattern):
        character = pattern[place]
        step = 1
        if character in "([":
            groups[-1] += last
            groups.append(0)
            last = 0
        elif character in ")]" and len(groups) > 1:
            last += groups.pop() + 1
        elif character == "{" and (count := _COUNT.match(pattern, place)):
            last *= _times(count)
            step = len(count[0])
        else:
            groups[-1] += last
            last, step = _part(pattern, place)
        place += step
    return min(sum(groups) + last, _BEYOND_ALL)


def _times(count: re.Match[str]) -> int:
    if max(len(count[1]), len(count[2])) > _MOST_DIGITS:
        return _BEYOND_ALL
    return max(int(count[1] or 0), int(count[2] or 0), 1)


def _part(pattern: str, place: int) -> tuple[int, int]:
    """Return the size and the length of the part at *place*."""
    if pattern[place] == "\\":
        if pattern[place + 1 : place + 2] in ("p", "P"):
            end = pattern.find("}", place)
            return _CLASS, (end if end > 0 else place + 1) - place + 1
        return 2, 2
    if pattern[place] == "-" and pattern[place + 1 : place + 2] == "[":
        return _TAKEN_AWAY, 2
    return 1, 1
