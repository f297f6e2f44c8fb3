"""Which values something may have, as far as that is known without evaluating it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from engine.feel.values.kinds import FeelValue, kind, words_of_kind
from engine.model import Sentence

Kinds = frozenset[str]
Plain = str | Decimal
MOST_VALUES = 200  #: Of texts and numbers that are told apart.
TEMPORAL: Kinds = frozenset(
    (
        *("date", "time", "date and time"),
        *("years and months duration", "days and time duration"),
    )
)
_PLAIN: Kinds = frozenset(("string", "number"))


@dataclass(frozen=True, slots=True)
class Shape:
    """A set of values.

    `values` are the texts and numbers among them, `members` the entries of the contexts
    among them, `item` what is in the lists among them; None where anything may be.
    """

    kinds: Kinds | None = None  #: FEEL's own names of them, and ``null``; None for any.
    values: frozenset[Plain] | None = None
    members: Mapping[str, "Shape"] | None = None
    item: "Shape | None" = None

    @property
    def present(self) -> Kinds | None:
        """The kinds besides null."""
        return None if self.kinds is None else self.kinds - {"null"}

    def may_be(self, *kinds: str) -> bool:
        """Tell whether a value of one of *kinds* is among them."""
        return self.kinds is None or not self.kinds.isdisjoint(kinds)

    def only(self, *kinds: str) -> bool:
        """Tell whether it surely has a value besides null, and only of *kinds*."""
        return bool(self.present) and self.present is not None and self.present <= {*kinds}

    @property
    def or_null(self) -> "Shape":
        """The same, or null."""
        return self if self.kinds is None else replace(self, kinds=self.kinds | {"null"})

    @property
    def not_null(self) -> "Shape":
        """The same without null."""
        return self if self.kinds is None else replace(self, kinds=self.kinds - {"null"})

    @property
    def items(self) -> "Shape":
        """What is in its lists."""
        return self.item if self.item is not None and self.may_be("list") else ANY

    @property
    def innermost(self) -> "Shape":
        """What is in its lists, and in the lists in them; itself if it is no list."""
        shape = self
        while shape.only("list"):
            shape = shape.items
        return shape

    def member(self, name: str) -> "Shape":
        """Return what its contexts, or those in its lists, have as *name*."""
        if self.only("list"):
            return list_of(self.items.member(name))
        if self.only("context") and self.members is not None:
            return self.members.get(name, NULL).or_null
        return ANY

    @property
    def stored(self) -> "Shape":
        """What becomes of it as a variable: dates and durations are texts there."""
        kinds = self.kinds
        item = None if self.item is None else self.item.stored
        members = self.members
        if members is not None:
            members = {name: member.stored for name, member in members.items()}
        if kinds is None or kinds.isdisjoint(TEMPORAL):
            return replace(self, members=members, item=item)
        return Shape((kinds - TEMPORAL) | {"string"}, None, members, item)


ANY = Shape()
NOTHING = Shape(frozenset())  #: No value at all.
NULL = Shape(frozenset(("null",)))
BOOLEAN = Shape(frozenset(("boolean",)))
NUMBER = Shape(frozenset(("number",)))
TEXT = Shape(frozenset(("string",)))


def of_kinds(kinds: Iterable[str]) -> Shape:
    """Return any values of *kinds*."""
    return Shape(frozenset(kinds))


def list_of(item: Shape) -> Shape:
    """Return lists of *item*."""
    return Shape(frozenset(("list",)), item=item)


def context_of(members: Mapping[str, Shape]) -> Shape:
    """Return contexts with no other entries than *members*."""
    return Shape(frozenset(("context",)), members=members)


def shape_of_value(value: FeelValue) -> Shape:
    """Return the shape that only *value* has."""
    if isinstance(value, bool) or not isinstance(value, str | Decimal | list | dict):
        return of_kinds((kind(value),))
    if isinstance(value, list):
        return list_of(union(map(shape_of_value, value)))
    if isinstance(value, dict):
        return context_of({name: shape_of_value(each) for name, each in value.items()})
    return Shape(frozenset((kind(value),)), frozenset((value,)))


def union(shapes: Iterable[Shape]) -> Shape:
    """Return what has one of *shapes*; nothing if there are none."""
    return reduce(_either, shapes, NOTHING)


def _either(one: Shape, other: Shape) -> Shape:
    if one.kinds is None or other.kinds is None:
        return ANY
    return Shape(
        one.kinds | other.kinds,
        _values(one, other),
        _members(one, other),
        _item(one, other),
    )


def _values(one: Shape, other: Shape) -> frozenset[Plain] | None:
    if not one.may_be(*_PLAIN):
        return other.values
    if not other.may_be(*_PLAIN):
        return one.values
    if one.values is None or other.values is None:
        return None
    values = one.values | other.values
    return values if len(values) <= MOST_VALUES else None


def _members(one: Shape, other: Shape) -> Mapping[str, Shape] | None:
    if not one.may_be("context"):
        return other.members
    if not other.may_be("context"):
        return one.members
    if one.members is None or other.members is None:
        return None
    both = one.members, other.members
    return {
        name: union(members[name] for members in both if name in members)
        for name in {*one.members, *other.members}
    }


def _item(one: Shape, other: Shape) -> Shape | None:
    if not one.may_be("list"):
        return other.item
    if not other.may_be("list"):
        return one.item
    if one.item is None or other.item is None:
        return None
    return _either(one.item, other.item)


def kinds_in_words(shape: Shape) -> Sentence:
    """Return what a person would call the values of *shape*: “a text or a number”."""
    words = [words_of_kind(each) for each in sorted(shape.present or ())]
    if not words:
        return words_of_kind("null")
    return reduce(
        lambda one, other: Sentence("{value} or {other}", {"value": one, "other": other}),
        words,
    )
