"""The parts of an expression. `at` is where in the text a part stands, from zero."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression."""

    at: int

    def children(self) -> Iterator["Node"]:
        """Give the parts directly in this one, in the order of the text."""
        for name in _parts(type(self)):
            yield from _nodes(getattr(self, name))


_PARTS: dict[type[Node], tuple[str, ...]] = {}  #: What is asked for often.


def _parts(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _PARTS:
        _PARTS[kind] = tuple(field.name for field in fields(kind) if field.name != "at")
    return _PARTS[kind]


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def every_node(root: Node) -> Iterator[Node]:
    """Give *root* and all parts within it."""
    yield root
    for child in root.children():
        yield from every_node(child)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """``1``, ``"text"``, ``true``, ``null``."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """``@"2026-03-02"``."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, a function, or ``?``."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """``a and b and c``."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """``a or b or c``."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left < right`` and its like."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``left + right`` and its like."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """A test such as ``< 5``."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ValueTest(Node):
    """A test by a value, a list, a range, or an expression with ``?``."""

    expression: Node


Test = OperatorTest | ValueTest


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The tests of a cell, one of which must hold, or none of which may."""

    tests: tuple[Test, ...]  #: None at all: ``-``, which anything passes.
    negated: bool = False


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in (tests)``."""

    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """``number``, or the name of a type that a model defines."""

    name: str


@dataclass(frozen=True, slots=True)
class ItemsType(Node):
    """``list<…>`` or ``range<…>``."""

    kind: str
    item: "TypeNode"


@dataclass(frozen=True, slots=True)
class ContextType(Node):
    """``context<name: type, …>``."""

    entries: tuple[tuple[str, "TypeNode"], ...]


@dataclass(frozen=True, slots=True)
class FunctionType(Node):
    """``function<type, …> -> type``."""

    parameters: tuple["TypeNode", ...]
    result: "TypeNode"


TypeNode = TypeName | ItemsType | ContextType | FunctionType


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: TypeNode


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``value.name``."""

    value: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``value[condition]``, or an index in place of the condition."""

    value: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments)``."""

    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NamedCall(Node):
    """``function(name: argument, …)``."""

    function: Node
    arguments: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """``[low..high]``; a parenthesis leaves the end out."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class OpenRange(Node):
    """``(< high)``, which is open at the other end."""

    operator: str
    end: Node


@dataclass(frozen=True, slots=True)
class Span(Node):
    """``low..high`` as the domain of a loop."""

    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """``{name: value, …}``; an entry sees those before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if condition then chosen else otherwise``."""

    condition: Node
    chosen: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for name in domain, … return body``; the body sees ``partial``."""

    bindings: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some|every name in domain, … satisfies condition``."""

    every: bool
    bindings: tuple[tuple[str, Node], ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """``function(name: type, …) body``."""

    parameters: tuple[tuple[str, TypeNode | None], ...]
    body: Node
    external: bool = False
