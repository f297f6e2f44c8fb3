"""Finds conditions joined by ``and`` that exclude each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.feel.builtins.range_text import is_literal, literal_value
from engine.feel.run import Budget, Run
from engine.feel.shapes.inference import path_of
from engine.feel.syntax import tree
from engine.feel.values.comparison import compare, equal
from engine.feel.values.kinds import FeelValue

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # No literal depends on it.


@dataclass(slots=True)
class _Asked:
    """What is asked of one variable: pairs of an operator and a literal."""

    demands: list[tuple[str, FeelValue]] = field(default_factory=list)

    def excludes(self, operator: str, value: FeelValue, run: Run) -> bool:
        """Tell whether another demand cannot hold beside those there are."""
        return any(
            exclude(operator, value, other, theirs, run) for other, theirs in self.demands
        )


def contradiction_in(terms: Sequence[tree.Node]) -> str | None:
    """Return the variable of which two of *terms* ask what cannot be; None if none."""
    run = Run(Budget(), _MOMENT)
    asked: dict[str, _Asked] = {}
    for term in terms:
        for name, operator, value in demands_of(term):
            demands = asked.setdefault(name, _Asked())
            if demands.excludes(operator, value, run):
                return name
            demands.demands.append((operator, value))
    return None


def demands_of(term: tree.Node) -> Iterator[tuple[str, str, FeelValue]]:
    """Yield what *term* asks of a variable: its name, an operator and a literal."""
    if isinstance(term, tree.And):
        for part in term.terms:
            yield from demands_of(part)
    elif isinstance(term, tree.Comparison):
        yield from _of_comparison(term)
    elif isinstance(term, tree.Between):
        name = path_of(term.value)
        for operator, end in ((">=", term.low), ("<=", term.high)):
            if name is not None and is_literal(end):
                yield name, operator, value_of(end)


def _of_comparison(term: tree.Comparison) -> Iterator[tuple[str, str, FeelValue]]:
    for operator, side, other in (
        (term.operator, term.left, term.right),
        (_MIRRORED[term.operator], term.right, term.left),
    ):
        name = path_of(side)
        if name is not None and is_literal(other):
            yield name, operator, value_of(other)


def value_of(node: tree.Node) -> FeelValue:
    """Return the value of a literal."""
    return literal_value(node, Run(Budget(), _MOMENT))


def exclude(
    operator: str, value: FeelValue, other: str, theirs: FeelValue, run: Run
) -> bool:
    """Tell whether ``x operator value`` and ``x other theirs`` cannot both be true."""
    if operator == "=" or other == "=":
        if operator != "=":
            operator, value, other, theirs = other, theirs, operator, value
        return _excluded_by(value, other, theirs, run)
    if "!=" in (operator, other):
        return False
    if value is None or theirs is None:
        return False  # Told by the comparison itself.
    if operator[0] == other[0]:
        return False
    low, high = (value, theirs) if operator[0] == ">" else (theirs, value)
    order = compare(low, high)
    closed = len(operator) == 2 and len(other) == 2
    return order is not None and (order > 0 or (order == 0 and not closed))


def _excluded_by(value: FeelValue, other: str, theirs: FeelValue, run: Run) -> bool:
    """Tell whether ``other theirs`` is false of *value*."""
    if other in ("=", "!="):
        same = equal(value, theirs, run)
        return same is (other == "!=")
    order = compare(value, theirs)
    if order is None:
        return value is None
    return not {
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[other]


def is_empty_range(node: tree.Node) -> bool:
    """Tell whether *node* is a range of literals in which nothing lies."""
    if not isinstance(node, tree.RangeOf):
        return False
    if not (is_literal(node.low) and is_literal(node.high)):
        return False
    order = compare(value_of(node.low), value_of(node.high))
    closed = node.low_included and node.high_included
    return order is not None and (order > 0 or (order == 0 and not closed))
