"""Erases what people entered, wrote and attached in a case that is over.

What it counts for, its steps with their times, and its journal stay whole.
"""

from engine.store.erasing.case import erase
from engine.store.erasing.due import overdue_for_erasure
from engine.store.erasing.family import family_of
from engine.store.erasing.files import unneeded_files
from engine.store.erasing.rights import may_erase, refuse_unless_erasable
from engine.store.erasing.words import tidy_words

__all__ = [
    "erase",
    "family_of",
    "may_erase",
    "overdue_for_erasure",
    "refuse_unless_erasable",
    "tidy_words",
    "unneeded_files",
]
