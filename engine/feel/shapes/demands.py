"""What must hold of variables for a condition to be true, or to be false."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from engine.feel.builtins.range_text import is_literal
from engine.feel.run import Budget, Run
from engine.feel.shapes.bounds import exclude, value_of
from engine.feel.shapes.inference import path_of
from engine.feel.syntax import tree
from engine.feel.values.kinds import FeelValue

MOST_WAYS = 16  #: More ways for a condition to hold are not told apart.
_CONTRARY = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # No literal depends on it.


@dataclass(frozen=True, slots=True)
class Demand:
    """That ``subject operator value`` holds.

    The subject is a variable with members behind it, or another expression, whose
    variables are its roots.
    """

    subject: str
    roots: frozenset[str]
    operator: str
    value: FeelValue

    def __hash__(self) -> int:
        return hash((self.subject, self.operator))


Demands: TypeAlias = tuple[Demand, ...]


def alternatives(node: tree.Node, truth: bool) -> list[Demands]:
    """Return the ways in which *node* comes to be *truth*; each is a list of demands."""
    ways = list(_ways(node, truth))
    return ways if 0 < len(ways) <= MOST_WAYS else [()]


def agree(demands: Iterable[Demand], before: Collection[Demand] = ()) -> bool:
    """Tell whether all *demands* may hold at once, and *before*, which agree already."""
    kept = list(before)
    for demand in demands:
        if any(
            other.subject == demand.subject and _exclude(demand, other) for other in kept
        ):
            return False
        kept.append(demand)
    return True


def _exclude(one: Demand, other: Demand) -> bool:
    run = Run(Budget(), _MOMENT)
    return exclude(one.operator, one.value, other.operator, other.value, run)


def _ways(node: tree.Node, truth: bool) -> Iterator[Demands]:
    if isinstance(node, (tree.And, tree.Or)):
        yield from _joined(node, truth)
    elif isinstance(node, tree.Literal) and isinstance(node.value, bool):
        if node.value is truth:
            yield ()
        else:
            yield (_atom(node, truth), _atom(node, not truth))  # It never is.
    elif isinstance(node, tree.Comparison) and (found := _compared(node)) is not None:
        operator = found.operator if truth else _CONTRARY[found.operator]
        yield (Demand(found.subject, found.roots, operator, found.value),)
    elif isinstance(node, tree.Call) and (argument := _negated(node)) is not None:
        yield from _ways(argument, not truth)
    elif isinstance(node, tree.Call) and (found := _defined(node)) is not None:
        yield (Demand(found.subject, found.roots, "!=" if truth else "=", None),)
    else:
        yield (_atom(node, truth),)


def _joined(node: tree.And | tree.Or, truth: bool) -> Iterator[Demands]:
    if isinstance(node, tree.Or) is truth:
        for term in node.terms:
            yield from _ways(term, truth)
        return
    ways: list[Demands] = [()]
    for term in node.terms:
        ways = [(*way, *more) for way in ways for more in _ways(term, truth)]
        if len(ways) > MOST_WAYS:
            return
    yield from ways


def _compared(node: tree.Comparison) -> Demand | None:
    for operator, side, other in (
        (node.operator, node.left, node.right),
        (_MIRRORED[node.operator], node.right, node.left),
    ):
        path = path_of(side)
        if path is not None and is_literal(other):
            return Demand(path, _roots(side), operator, value_of(other))
    return None


def _negated(node: tree.Call) -> tree.Node | None:
    named = isinstance(node.function, tree.Name) and node.function.name == "not"
    return node.arguments[0] if named and len(node.arguments) == 1 else None


def _defined(node: tree.Call) -> Demand | None:
    named = isinstance(node.function, tree.Name) and node.function.name == "is defined"
    if not named or len(node.arguments) != 1:
        return None
    path = path_of(node.arguments[0])
    return None if path is None else Demand(path, _roots(node), "!=", None)


def _atom(node: tree.Node, truth: bool) -> Demand:
    return Demand(path_of(node) or _text_of(node), _roots(node), "=", truth)


def _text_of(node: tree.Node) -> str:
    """Return the same text for the same expression, wherever it stands."""
    own = getattr(node, "name", getattr(node, "value", getattr(node, "operator", "")))
    parts = ",".join(_text_of(child) for child in node.children())
    shown = "" if isinstance(own, tree.Node) else repr(own)
    return f"{type(node).__name__}[{shown}]({parts})"


def _roots(node: tree.Node) -> frozenset[str]:
    return frozenset(
        part.name for part in tree.every_node(node) if isinstance(part, tree.Name)
    )
