"""Masks personal data: one value by what it is, and whatever repeats one in a text.

Who sees what is not decided here.
"""

from engine.masking.mask import mask
from engine.masking.veil import NO_VEIL, Veil, numbers_at, personal_texts

__all__ = ["NO_VEIL", "Veil", "mask", "numbers_at", "personal_texts"]
