"""Finds the parts of an expression that can never be true, or are no question.

Only what is certain is told: a name of which nothing is known may hold anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.builtins.range_text import is_literal
from engine.feel.shapes.bounds import contradiction_in, is_empty_range
from engine.feel.shapes.inference import Known, bound, path_of, shape_of
from engine.feel.shapes.shape import (
    NULL,
    TEMPORAL,
    Plain,
    Shape,
    kinds_in_words,
)
from engine.feel.syntax import tree
from engine.feel.values.text import quoted
from engine.model import Sentence

_ORDERED = TEMPORAL | {"number", "string"}
NEVER, NO_QUESTION = "comparison-never", "condition-no-question"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in an expression that its author cannot have meant."""

    rule: str  #: ``comparison-never`` or ``condition-no-question``.
    what: Sentence
    word: str = ""  #: The value that is never there.
    known: tuple[str, ...] = ()  #: The values that may be there.


def doubts_of(node: tree.Node, known: Known) -> Iterator[Doubt]:
    """Yield what is wrong with *node* and the parts of it."""
    if isinstance(node, tree.Comparison):
        yield from _comparison(node, known)
    elif isinstance(node, tree.In):
        yield from _in(node, known)
    elif isinstance(node, tree.Between):
        yield from _between(node, known)
    elif isinstance(node, (tree.And, tree.Or)):
        yield from _logic(node, known)
    elif isinstance(node, tree.If):
        yield from _asked(node.condition, known)
    elif isinstance(node, tree.Call):
        yield from _call(node, known)
    yield from _inner(node, known)


def _inner(node: tree.Node, known: Known) -> Iterator[Doubt]:
    if isinstance(node, (tree.For, tree.Quantified)):
        inner = known
        for name, domain in node.bindings:
            yield from doubts_of(domain, inner)
            inner = bound(((name, domain),), inner)
        if isinstance(node, tree.Quantified):
            yield from _asked(node.condition, inner)
            yield from doubts_of(node.condition, inner)
        else:
            yield from doubts_of(node.body, inner.within({"partial": Shape()}))
    elif isinstance(node, tree.Filter):
        whole = shape_of(node.value, known)
        yield from doubts_of(node.value, known)
        items = whole.items if whole.only("list") else Shape()
        yield from doubts_of(node.condition, known.item_of(items))
    elif isinstance(node, tree.ContextOf):
        for name, value in node.entries:
            yield from doubts_of(value, known)
            known = known.within({name: shape_of(value, known)})
    elif isinstance(node, tree.FunctionOf):
        yield from doubts_of(
            node.body, known.within({name: Shape() for name, _ in node.parameters})
        )
    else:
        for child in node.children():
            yield from doubts_of(child, known)


def doubts_of_tests(tests: tree.Tests, value: Shape, name: str) -> Iterator[Doubt]:
    """Yield what is wrong with the cell of a column *name* whose values are *value*."""
    for test in tests.tests:
        operand = test.operand if isinstance(test, tree.OperatorTest) else test.expression
        if is_literal(operand):
            operator = test.operator if isinstance(test, tree.OperatorTest) else "="
            shape = shape_of(operand, Known())
            yield from _compared(operator, value, shape, name)
        elif is_empty_range(operand):
            yield Doubt(NEVER, _EMPTY)


# Questions


def _asked(node: tree.Node, known: Known) -> Iterator[Doubt]:
    """Yield a doubt if *node*, which should be true or false, is neither."""
    shape = shape_of(node, known)
    if shape.kinds is not None and shape.kinds and not shape.may_be("boolean"):
        yield Doubt(
            NO_QUESTION,
            Sentence(
                "{kinds} stands where a question is needed.",
                {"kinds": kinds_in_words(shape)},
            ),
        )


def _logic(node: tree.And | tree.Or, known: Known) -> Iterator[Doubt]:
    for term in node.terms:
        yield from _asked(term, known)
    if isinstance(node, tree.And):
        name = contradiction_in(node.terms)
        if name is not None:
            yield Doubt(
                NEVER,
                Sentence("What is asked of {name} cannot hold at once.", {"name": name}),
            )


# Comparisons


def _comparison(node: tree.Comparison, known: Known) -> Iterator[Doubt]:
    left, right = shape_of(node.left, known), shape_of(node.right, known)
    name = path_of(node.left) or path_of(node.right)
    if path_of(node.left) is None and name is not None:
        left, right = right, left
    yield from _compared(node.operator, left, right, name)


def _compared(
    operator: str, left: Shape, right: Shape, name: str | None
) -> Iterator[Doubt]:
    """Yield a doubt if ``left operator right`` never holds, or always does."""
    equality = operator in ("=", "!=")
    if NULL in (left, right):
        if not equality:
            yield Doubt(NEVER, _NULL_IN_ORDER)
        return
    mine, theirs = left.present, right.present
    if not mine or not theirs:
        return
    common = mine & theirs
    if not common or (not equality and common.isdisjoint(_ORDERED)):
        kinds = {"one": kinds_in_words(left), "other": kinds_in_words(right)}
        yield Doubt(NEVER, Sentence("{one} is compared with {other}.", kinds))
    elif equality and common <= {"string", "number"}:
        yield from _values(operator, left, right, name)


def _values(operator: str, left: Shape, right: Shape, name: str | None) -> Iterator[Doubt]:
    mine, theirs = left.values, right.values
    if mine is None or theirs is None or mine & theirs:
        return
    if len(theirs) != 1:
        return
    value = next(iter(theirs))
    if operator == "=":
        template = "{name} is never {value}."
    else:
        template = "{name} is never {value}, so that it always differs."
    shown = Sentence("The value") if name is None else name
    yield Doubt(
        NEVER,
        Sentence(template, {"name": shown, "value": _spelled(value)}),
        str(value),
        tuple(sorted(map(str, mine))),
    )


def _spelled(value: Plain) -> str:
    return quoted(value) if isinstance(value, str) else str(value)


def _in(node: tree.In, known: Known) -> Iterator[Doubt]:
    value, name = shape_of(node.value, known), path_of(node.value)
    for test in node.tests:
        if isinstance(test, tree.OperatorTest):
            operand = shape_of(test.operand, known)
            yield from _compared(test.operator, value, operand, name)
        elif isinstance(test.expression, tree.ListOf):
            for item in test.expression.items:
                if is_literal(item):
                    yield from _compared("=", value, shape_of(item, known), name)
        elif is_literal(test.expression):
            yield from _compared("=", value, shape_of(test.expression, known), name)
        elif is_empty_range(test.expression):
            yield Doubt(NEVER, _EMPTY)
        elif isinstance(test.expression, tree.RangeOf):
            low = shape_of(test.expression.low, known)
            yield from _compared(">", value, low, name)


def _between(node: tree.Between, known: Known) -> Iterator[Doubt]:
    value, name = shape_of(node.value, known), path_of(node.value)
    for end in (node.low, node.high):
        found = list(_compared(">", value, shape_of(end, known), name))
        yield from found
        if found:
            return
    if is_empty_range(tree.RangeOf(node.at, node.low, node.high, True, True)):
        yield Doubt(NEVER, _EMPTY)


def _call(node: tree.Call, known: Known) -> Iterator[Doubt]:
    called = node.function.name if isinstance(node.function, tree.Name) else ""
    if called == "not" and len(node.arguments) == 1:
        yield from _asked(node.arguments[0], known)
    if called == "list contains" and len(node.arguments) == 2:
        whole, element = (shape_of(argument, known) for argument in node.arguments)
        if whole.only("list") and is_literal(node.arguments[1]):
            yield from _compared("=", whole.items, element, path_of(node.arguments[0]))


_EMPTY = Sentence("The range is empty: it ends before it begins.")
_NULL_IN_ORDER = Sentence("Something is put in order with null.")
