"""What can be known of values before there are any: from texts, forms and models.

It says which kinds of values an expression may give, and which of its parts can never be
true. Where it does not know, it says nothing. It evaluates no variables.
"""

from engine.feel.shapes.doubts import Doubt, doubts_of, doubts_of_tests
from engine.feel.shapes.inference import Known, shape_of
from engine.feel.shapes.shape import (
    ANY,
    BOOLEAN,
    NOTHING,
    NULL,
    NUMBER,
    TEXT,
    Shape,
    context_of,
    kinds_in_words,
    list_of,
    shape_of_value,
    union,
)

__all__ = [
    "ANY",
    "BOOLEAN",
    "NOTHING",
    "NULL",
    "NUMBER",
    "TEXT",
    "Doubt",
    "Known",
    "Shape",
    "context_of",
    "doubts_of",
    "doubts_of_tests",
    "kinds_in_words",
    "list_of",
    "shape_of",
    "shape_of_value",
    "union",
]
