"""Lets those who run an installation see what it does: lines of a log, and counts.

It decides nothing, knows no tables, and never says what people entered: ids, names of
commands and templates of sentences only.
"""

from engine.watch.logs import set_up_logs
from engine.watch.passages import Passage, SeenCase, passage

__all__ = ["Passage", "SeenCase", "passage", "set_up_logs"]
