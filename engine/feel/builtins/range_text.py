"""Reads literals, and the range that is given as text: ``range("[1..5]")``."""

from engine.feel.builtins import conversion
from engine.feel.builtins.arguments import a_text
from engine.feel.builtins.registry import Family
from engine.feel.compiling.code import Compiler, code_of
from engine.feel.compiling.scope import Scope
from engine.feel.errors import BudgetExceeded, NoValue, SyntaxProblem
from engine.feel.run import Run
from engine.feel.syntax import tree
from engine.feel.syntax.names import Names
from engine.feel.syntax.parser import parse
from engine.feel.values.kinds import FeelValue

FUNCTIONS = Family()
#: What may make up an end; anything else would let a text run as an expression.
_CONVERSIONS = {
    name: conversion.FUNCTIONS[name]
    for name in ("date", "time", "date and time", "duration")
}
_NAMES = Names(_CONVERSIONS)


@FUNCTIONS.function("range", "from")
def range_of_text(run: Run, source: FeelValue) -> FeelValue:
    """Read a range whose ends are literals."""
    text = a_text(source)
    wrong = NoValue("Expected a range such as [1..5], but got “{text}”.", text=text[:50])
    try:
        node = parse(text, Names(), Names(), _NAMES)
    except BudgetExceeded:
        raise
    except SyntaxProblem:
        raise wrong from None
    if not (
        isinstance(node, tree.RangeOf) and is_literal(node.low) and is_literal(node.high)
    ):
        raise wrong
    return literal_value(node, run)


def is_literal(node: tree.Node) -> bool:
    """Tell whether *node* is a literal, or a date and its like made of literals."""
    if isinstance(node, tree.Negation):
        return is_literal(node.operand)
    if isinstance(node, tree.Call):
        named = isinstance(node.function, tree.Name) and node.function.name in _CONVERSIONS
        return named and all(is_literal(argument) for argument in node.arguments)
    return isinstance(node, (tree.Literal, tree.AtLiteral))


def literal_value(node: tree.Node, run: Run) -> FeelValue:
    """Return the value of a literal, or of a range between two."""
    return code_of(node, Compiler("", _CONVERSIONS))(Scope({}, None, run))
