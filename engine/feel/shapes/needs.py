"""Tells which variables an expression needs: where one is null, so is the whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.shapes.demands import Demands, alternatives
from engine.feel.syntax import tree

#: Built-in functions that have no value when one of their arguments has none.
_STRICT = frozenset(
    (
        *("not", "date", "time", "date and time", "duration", "number", "string"),
        *("count", "sum"),
        *("string length", "contains", "starts with", "ends with", "matches", "substring"),
        *("upper case", "lower case", "years and months duration", "floor", "ceiling"),
        *("abs", "decimal", "modulo", "day of week", "day of year", "month of year"),
        *("add working days", "add working hours", "working hours between"),
        *("is working day", "next day of month"),
    )
)


@dataclass(frozen=True, slots=True)
class Need:
    """A variable that must have a value whenever *when* holds."""

    name: str
    when: Demands = ()


def needs_of(node: tree.Node, when: Demands = ()) -> Iterator[Need]:
    """Yield the variables without which *node* is null, where *when* holds."""
    if isinstance(node, tree.Name):
        yield Need(node.name, when)
    elif isinstance(node, (tree.And, tree.Or)):
        yield from _of_terms(node, when)
    elif isinstance(node, tree.If):
        for chosen, truth in ((node.chosen, True), (node.otherwise, False)):
            for more in alternatives(node.condition, truth):
                yield from needs_of(chosen, (*when, *more))
    elif isinstance(node, tree.Call):
        called = node.function.name if isinstance(node.function, tree.Name) else ""
        for argument in node.arguments if called in _STRICT else ():
            yield from needs_of(argument, when)
    else:
        for part in _strict_parts(node):
            yield from needs_of(part, when)


def _strict_parts(node: tree.Node) -> tuple[tree.Node, ...]:
    """Return the parts of *node* without which it is null."""
    if isinstance(node, tree.Comparison):
        return () if node.operator in ("=", "!=") else (node.left, node.right)
    if isinstance(node, tree.Arithmetic):
        return node.left, node.right
    if isinstance(node, tree.Between):
        return node.value, node.low, node.high
    if isinstance(node, tree.Negation):
        return (node.operand,)
    if isinstance(node, (tree.Path, tree.Filter)):
        return (node.value,)
    if isinstance(node, (tree.For, tree.Quantified)):
        return (node.bindings[0][1],)
    if isinstance(node, tree.In) and all(map(_is_ordered, node.tests)):
        return (node.value,)
    return ()


def _is_ordered(test: tree.Test) -> bool:
    if isinstance(test, tree.OperatorTest):
        return test.operator not in ("=", "!=")
    return isinstance(test.expression, tree.RangeOf)


def _of_terms(node: tree.And | tree.Or, when: Demands) -> Iterator[Need]:
    """Yield what each term needs where the others do not decide."""
    for term in node.terms:
        cases: list[Demands] = [when]
        for other in node.terms:
            if other is not term:
                ways = alternatives(other, isinstance(node, tree.And))
                cases = [(*case, *way) for case in cases for way in ways][:_MOST_CASES]
        for case in cases:
            yield from needs_of(term, case)


_MOST_CASES = 16
