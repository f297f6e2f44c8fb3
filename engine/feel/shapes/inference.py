"""Infers from the text of an expression which values it may give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch

from engine.feel.outlook import possible_kinds
from engine.feel.shapes.shape import (
    ANY,
    BOOLEAN,
    NUMBER,
    TEMPORAL,
    TEXT,
    Shape,
    context_of,
    list_of,
    of_kinds,
    shape_of_value,
    union,
)
from engine.feel.syntax import tree
from engine.feel.values.literals import parse_temporal

_ANSWER = BOOLEAN.or_null
_SUMS = of_kinds((*TEMPORAL, "number", "string", "null"))
#: Built-in functions that give what they are given, or one item of it.
_EXTREMES = frozenset(("min", "max"))
#: Built-in functions whose items are those of the lists that they are given.
_SAME_ITEMS = frozenset(
    ("sublist", "reverse", "distinct values", "duplicate values", "remove", "sort")
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the names that an expression may use; others may be anything."""

    names: Mapping[str, Shape] = field(default_factory=dict)

    def within(self, names: Mapping[str, Shape]) -> "Known":
        """Return the same with *names* in front."""
        return Known({**self.names, **names})

    def item_of(self, items: Shape) -> "Known":
        """Return what a filter may name: the item, and the entries of the item."""
        names = {"item": items}
        if items.members is not None and items.only("context"):
            return self.within({**items.members, **names})
        if items.may_be("context"):
            return Known(names)  # Its entries may hide any other name.
        return self.within(names)


def shape_of(node: tree.Node, known: Known) -> Shape:
    """Return which values *node* may give."""
    return _shape(node, known)


@singledispatch
def _shape(node: tree.Node, known: Known) -> Shape:
    kinds = possible_kinds(node)
    return ANY if kinds is None else of_kinds((*kinds, "null"))


@_shape.register(tree.Literal)
def _literal(node: tree.Literal, known: Known) -> Shape:
    return shape_of_value(node.value)


@_shape.register(tree.AtLiteral)
def _at_literal(node: tree.AtLiteral, known: Known) -> Shape:
    return shape_of_value(parse_temporal(node.text))


@_shape.register(tree.Name)
def _name(node: tree.Name, known: Known) -> Shape:
    return known.names.get(node.name, ANY)


@_shape.register(tree.And)
@_shape.register(tree.Or)
@_shape.register(tree.Comparison)
@_shape.register(tree.Between)
@_shape.register(tree.In)
@_shape.register(tree.InstanceOf)
@_shape.register(tree.Quantified)
def _question(node: tree.Node, known: Known) -> Shape:
    return _ANSWER


@_shape.register(tree.Negation)
def _negation(node: tree.Negation, known: Known) -> Shape:
    if isinstance(node.operand, tree.Literal):
        return NUMBER
    operand = shape_of(node.operand, known)
    return NUMBER.or_null if operand.only("number") else _SUMS


@_shape.register(tree.Arithmetic)
def _arithmetic(node: tree.Arithmetic, known: Known) -> Shape:
    both = shape_of(node.left, known), shape_of(node.right, known)
    if all(each.only("number") for each in both):
        return NUMBER.or_null
    if node.operator == "+" and all(each.only("string") for each in both):
        return TEXT.or_null
    return _SUMS


@_shape.register(tree.If)
def _if(node: tree.If, known: Known) -> Shape:
    return union((shape_of(node.chosen, known), shape_of(node.otherwise, known)))


@_shape.register(tree.ListOf)
def _list(node: tree.ListOf, known: Known) -> Shape:
    return list_of(union(shape_of(item, known) for item in node.items))


@_shape.register(tree.ContextOf)
def _context(node: tree.ContextOf, known: Known) -> Shape:
    members: dict[str, Shape] = {}
    for name, value in node.entries:
        members[name] = shape_of(value, known)
        known = known.within({name: members[name]})
    return context_of(members)


@_shape.register(tree.For)
def _for(node: tree.For, known: Known) -> Shape:
    inner = bound(node.bindings, known).within({"partial": ANY})
    return list_of(shape_of(node.body, inner)).or_null


def bound(bindings: tuple[tuple[str, tree.Node], ...], known: Known) -> Known:
    """Return what is known within a loop over *bindings*."""
    for name, domain in bindings:
        shape = shape_of(domain, known)
        known = known.within({name: shape.items if shape.only("list") else ANY})
    return known


@_shape.register(tree.Filter)
def _filter(node: tree.Filter, known: Known) -> Shape:
    value = shape_of(node.value, known)
    if not value.only("list"):
        return ANY
    condition = shape_of(node.condition, known.item_of(value.items))
    if condition.only("number"):
        return value.items.or_null
    return value if condition.only("boolean") else ANY


@_shape.register(tree.Path)
def _path(node: tree.Path, known: Known) -> Shape:
    return shape_of(node.value, known).member(node.name)


@_shape.register(tree.Call)
def _call(node: tree.Call, known: Known) -> Shape:
    if not isinstance(node.function, tree.Name) or node.function.name in known.names:
        return ANY
    name = node.function.name
    given = [shape_of(argument, known) for argument in node.arguments]
    if name == "get or else" and len(given) == 2:
        return union((given[0].not_null, given[1]))
    if name in ("is defined", "list contains"):
        return BOOLEAN
    if name == "count":
        return NUMBER
    if name in _EXTREMES and len(given) > 1:
        return union(given).or_null
    if name in _SAME_ITEMS and given and given[0].only("list"):
        return given[0].or_null
    kinds = possible_kinds(node)
    return ANY if kinds is None else of_kinds((*kinds, "null"))


@_shape.register(tree.NamedCall)
def _named_call(node: tree.NamedCall, known: Known) -> Shape:
    called = node.function
    if not isinstance(called, tree.Name) or called.name in known.names:
        return ANY
    kinds = possible_kinds(node)
    return ANY if kinds is None else of_kinds((*kinds, "null"))


def path_of(node: tree.Node) -> str | None:
    """Return the text of a variable and the members behind it; None for anything else."""
    if isinstance(node, tree.Name):
        return node.name
    if isinstance(node, tree.Path):
        before = path_of(node.value)
        return None if before is None else f"{before}.{node.name}"
    return None
