"""Spaces text so that a full-text index finds any run of characters in it."""

import unicodedata


def spaced(text: str) -> str:
    """Return the letters and digits of *text* with a space between every two.

    Chinese has no spaces to tell words by; searched as a phrase, single characters find
    every part of a word, of a telephone number and of a name in any script.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(character for character in plain if character.isalnum())
