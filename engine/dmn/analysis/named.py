"""Finds the values at which a condition, or what a column asks, may change its answer."""

from collections.abc import Callable, Iterator

from engine.dmn.logic.table import Condition
from engine.feel.builtins.range_text import is_literal, literal_value
from engine.feel.run import Run
from engine.feel.syntax import tree
from engine.feel.values.kinds import FeelValue

Path = tuple[str, ...]
Named = tuple[FeelValue, ...]
_TESTED: Path = ("?",)  #: What the tests of a cell call the value that is tested.


class Opaque(Exception):
    """An answer depends on more than the value that is asked about."""


def named_by(condition: Condition, run: Run) -> Named:
    """Return the values that a condition names; null if it asks whether there is one.

    Raises:
        Opaque: If it depends on more than the value that it tests.
    """
    if condition is None:
        return ()
    return tuple(
        value for test in condition.tree.tests for value in _in_test(test, _TESTED, run)
    )


def named_about(path: Path, node: tree.Node, run: Run) -> Named:
    """Return the values of the variable *path* at which *node* may change its answer.

    Raises:
        Opaque: If it depends on more than that variable, or computes with it.
    """
    return tuple(_in_logic(node, path, run))


def path_of(node: tree.Node) -> Path | None:
    """Return the variable that *node* is, with the members behind its dots."""
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Path):
        before = path_of(node.value)
        return (*before, node.name) if before else None
    return None


def is_constant(node: tree.Node) -> bool:
    """Tell whether *node* is made of literals alone."""
    if isinstance(node, tree.Arithmetic):
        return is_constant(node.left) and is_constant(node.right)
    if isinstance(node, tree.Negation):
        return is_constant(node.operand)
    return is_literal(node)


def _in_test(test: tree.Test, subject: Path, run: Run) -> Iterator[FeelValue]:
    if isinstance(test, tree.OperatorTest):
        yield _compared(test.operator, test.operand, run)
    elif _mentions(test.expression, _TESTED):
        if subject != _TESTED:
            raise Opaque
        yield from _in_logic(test.expression, subject, run)
    else:
        yield from _in_value(test.expression, run)


def _mentions(node: tree.Node, subject: Path) -> bool:
    return any(path_of(part) == subject for part in tree.every_node(node))


def _compared(operator: str, node: tree.Node, run: Run) -> FeelValue:
    value = _constant(node, run)
    if isinstance(value, str) and operator not in ("=", "!="):
        raise Opaque  # Texts in order are too many to tell apart.
    return value


def _in_value(node: tree.Node, run: Run) -> Iterator[FeelValue]:
    if isinstance(node, tree.ListOf):
        for item in node.items:
            yield from _in_value(item, run)
    elif isinstance(node, tree.RangeOf):
        yield _compared(">", node.low, run)
        yield _compared("<", node.high, run)
    elif isinstance(node, tree.OpenRange):
        yield _compared(node.operator, node.end, run)
    else:
        yield _constant(node, run)


def _constant(node: tree.Node, run: Run) -> FeelValue:
    if not is_constant(node):
        raise Opaque
    return literal_value(node, run)


def _in_logic(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    read = _LOGIC.get(type(node))
    if path_of(node) == subject:
        yield True
    elif read is not None:
        yield from read(node, subject, run)
    elif not is_constant(node):
        raise Opaque


def _in_comparison(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    assert isinstance(node, tree.Comparison)
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if path_of(side) == subject:
            yield _compared(node.operator, other, run)
            return
    raise Opaque


def _in_between(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    assert isinstance(node, tree.Between)
    if path_of(node.value) != subject:
        raise Opaque
    yield _compared(">=", node.low, run)
    yield _compared("<=", node.high, run)


def _in_tests(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    assert isinstance(node, tree.In)
    if path_of(node.value) != subject:
        raise Opaque
    for test in node.tests:
        yield from _in_test(test, subject, run)


def _in_terms(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    for term in node.children():
        yield from _in_logic(term, subject, run)


def _in_call(node: tree.Node, subject: Path, run: Run) -> Iterator[FeelValue]:
    assert isinstance(node, tree.Call)
    if is_literal(node):
        return
    if path_of(node.function) != ("not",) or len(node.arguments) != 1:
        raise Opaque
    yield from _in_logic(node.arguments[0], subject, run)


_LOGIC: dict[type, Callable[[tree.Node, Path, Run], Iterator[FeelValue]]] = {
    tree.And: _in_terms,
    tree.Or: _in_terms,
    tree.If: _in_terms,
    tree.Comparison: _in_comparison,
    tree.Between: _in_between,
    tree.In: _in_tests,
    tree.Call: _in_call,
}
