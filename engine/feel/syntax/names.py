"""The names that an expression may use, some of them with blanks and signs in them.

Such names cannot be told from operators by their characters, so the parser asks for the
longest known name that begins where it stands (DMN 10.3.1.2).
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

# Punctuation and full-width signs of Chinese typing belong to no name: where the grammar
# would let them be part of one, a slip of the input method would become a silent null.
_SYMBOLS = "\u3001-\u3004\u3007-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3005-\u3006\u3007\u3021-\ud7ff\uf900-\ufdcf\ufdf0-\uff00"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
IDENTIFIER = re.compile(f"[{_START}][{_PART}]*")
PART = re.compile(f"[{_PART}]")
NO_PART = f"(?![{_PART}])"
_CHUNK = re.compile(rf"[{_PART}]+|[^\s{_PART}]")
_NEXT_CHUNK = re.compile(rf"\s*({_CHUNK.pattern})")
_Chunks: TypeAlias = "dict[str, _Chunks]"  #: By word or sign, what may follow it.
_END = ""  #: Leads to the name that ends here.


def plain(name: str) -> str:
    """Return *name* with one blank wherever there are several."""
    return " ".join(name.split())


class Names:
    """A set of names, and those of the surroundings.

    Args:
        names: The names themselves.
        outer: Names that are known as well.
    """

    __slots__ = ("_chunks", "_names", "_outer")

    def __init__(self, names: Iterable[str] = (), outer: "Names | None" = None) -> None:
        self._names: set[str] = set()
        self._chunks: _Chunks = {}
        self._outer = outer
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make *name* known."""
        name = plain(name)
        if not name or name in self._names:
            return
        self._names.add(name)
        if not IDENTIFIER.fullmatch(name):
            place = self._chunks
            for chunk in _CHUNK.findall(name):
                place = place.setdefault(chunk, {})
            place[_END] = {name: {}}

    def __contains__(self, name: str) -> bool:
        return name in self._names or (self._outer is not None and name in self._outer)

    def longest(self, text: str, start: int, first_word: str) -> tuple[int, str]:
        """Return where the longest name of several words ends, and the name; -1 if none."""
        found = (
            (-1, "")
            if self._outer is None
            else self._outer.longest(text, start, first_word)
        )
        end, place = start, self._chunks
        if first_word not in place:
            return found
        while match := _NEXT_CHUNK.match(text, end):
            place, end = place.get(match[1], {}), match.end()
            if _END in place and end > found[0]:
                found = (end, next(iter(place[_END])))
            if not place:
                break
        return found
