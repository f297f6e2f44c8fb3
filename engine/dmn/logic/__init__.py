"""Compiles boxed expressions and decision tables to functions of a scope.

It knows one element at a time; what elements need of each other is `engine.dmn.graph`'s.
"""

from engine.dmn.logic import tables
from engine.dmn.logic.boxed import code_of, function_parts

__all__ = ["code_of", "function_parts", "tables"]
