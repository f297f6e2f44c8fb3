"""The functions that every expression can call, by family.

The names and rules are those of DMN 1.5, chapter 10.3.4; `extensions` has the few that
Camunda adds and its editors offer.
"""

from engine.feel.builtins import (
    conversion,
    dates,
    extensions,
    lists,
    logic,
    numbers,
    range_text,
    ranges,
    statistics,
    texts,
)
from engine.feel.builtins.registry import Registry

BUILT_INS = Registry(
    conversion.FUNCTIONS,
    dates.FUNCTIONS,
    extensions.FUNCTIONS,
    lists.FUNCTIONS,
    logic.FUNCTIONS,
    numbers.FUNCTIONS,
    range_text.FUNCTIONS,
    ranges.FUNCTIONS,
    statistics.FUNCTIONS,
    texts.FUNCTIONS,
)
