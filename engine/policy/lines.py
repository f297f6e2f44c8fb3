"""Finds on which line of a TOML file a key is written; the parser does not tell."""

import re

Path = tuple[str | int, ...]  #: Keys, and the place in an array of tables from 0.

_PART = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_QUOTES = ('"""', "'''")


def key_lines(text: str) -> dict[Path, int]:
    """Return the line of each table and key of *text*, counted from 1."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    home: Path = ()
    open_quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if open_quote:
            open_quote = "" if open_quote in line else open_quote
            continue
        if header := _HEADER.match(line):
            home = _resolved(_parts(header[2]), header[1] == "[[", counts)
            lines.setdefault(home, number)
        elif key := _KEY.match(line):
            lines.setdefault(home + _parts(key[1]), number)
        open_quote = next((quote for quote in _QUOTES if line.count(quote) % 2), "")
    return lines


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Return the line of *path*, else of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _resolved(parts: Path, is_array: bool, counts: dict[Path, int]) -> Path:
    """Return the path with the place of each array of tables on the way."""
    home: Path = ()
    for depth, part in enumerate(parts, start=1):
        home += (part,)
        if is_array and depth == len(parts):
            counts[home] = counts.get(home, -1) + 1
        if home in counts:
            home += (counts[home],)
    return home
