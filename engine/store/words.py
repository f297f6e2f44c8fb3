"""Cuts text into the words of a full-text index, so that any run of characters is found.

Chinese has no spaces to tell words by: each character is a word, and several in a row are
looked for as a phrase. Letters and digits of the Latin script are in every number, so that
single ones would lead to every case: there every tail of a run is a word, and what is
looked for is the beginning of one.
"""

import re
import unicodedata
from collections.abc import Iterator

_LONGEST = 12  #: Characters of a tail; what is longer is looked for by its beginning.
_RUN = re.compile("[a-z0-9]+|[^a-z0-9]+")
_MARK = "x"  #: Before each tail, so that no database takes it for a number.


def words_of(text: str) -> str:
    """Return the words of *text* for the index, with spaces between."""
    return " ".join(word for run in _runs(text) for word in _words(run))


def phrases_of(text: str) -> list[list[str]]:
    """Return what has to be there for *text* to be: phrases, whose last word may go on.

    A run of Latin letters and digits stands behind what comes before it, and is not held
    to be followed by what comes after.
    """
    phrases: list[list[str]] = [[]]
    for run in _runs(text):
        if _is_latin(run):
            phrases[-1].append(_MARK + run[:_LONGEST])
            phrases.append([])
        else:
            phrases[-1] += run
    return [phrase for phrase in phrases if phrase]


def is_tail(word: str) -> bool:
    """Tell whether *word* is the tail of a run, which may go on."""
    return len(word) > 1


def _words(run: str) -> Iterator[str]:
    if not _is_latin(run):
        yield from run
        return
    for place in range(len(run)):
        yield _MARK + run[place : place + _LONGEST]


def _runs(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _RUN.findall("".join(each for each in plain if each.isalnum()))


def _is_latin(run: str) -> bool:
    return run.isascii()
