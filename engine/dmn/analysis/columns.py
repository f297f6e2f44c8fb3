"""Which pieces of a column's values each rule of a table takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.analysis.atoms import OTHER_TEXT, Atom, atoms_of
from engine.dmn.logic.item_types import AllowedValues
from engine.dmn.logic.table import Condition, InputColumn, Table
from engine.feel.builtins.range_text import is_literal, literal_value
from engine.feel.compiling.scope import Scope
from engine.feel.run import Run
from engine.feel.syntax import tree
from engine.feel.types import Constrained, Simple
from engine.feel.values.kinds import FeelValue

MISSING = Atom(None, ordered=False, counts=False)  #: There is no value.
ANYTHING = Atom(OTHER_TEXT, ordered=False)  #: Where no condition names any value.


class Opaque(Exception):
    """A condition depends on more than the value it tests."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column cut into pieces."""

    label: str
    atoms: tuple[Atom, ...]
    surely: tuple[tuple[bool, ...], ...]  #: For each rule and atom: whether it is taken.
    perhaps: tuple[tuple[bool, ...], ...]  #: The same where opaque conditions may hold.


def columns_of(table: Table, run: Run) -> list[Column]:
    """Return the columns of *table*."""
    return [
        _column(clause, [row.conditions[at] for row in table.rows], run)
        for at, clause in enumerate(table.inputs)
    ]


def _column(clause: InputColumn, conditions: Sequence[Condition], run: Run) -> Column:
    values: list[FeelValue] = []
    opaque: list[bool] = []
    for condition in conditions:
        try:
            values += _values(condition, run)
            opaque.append(False)
        except Opaque:
            opaque.append(True)
    known, declared = _declared(clause, run)
    atoms = atoms_of([*values, *known], run)
    if atoms is None:
        atoms, opaque = [], [condition is not None for condition in conditions]
    scope = Scope({}, None, run)
    kept = [atom for atom in atoms if _possible(atom, clause, declared, scope)]
    if not any(atom.counts for atom in kept):  # Nothing is told apart.
        kept = [ANYTHING]
    kept.append(MISSING)
    taken = [
        [_takes(condition, hidden, atom, scope) for atom in kept]
        for condition, hidden in zip(conditions, opaque, strict=True)
    ]
    return Column(
        clause.label,
        tuple(kept),
        tuple(tuple(takes is True for takes in row) for row in taken),
        tuple(tuple(takes is not False for takes in row) for row in taken),
    )


def _takes(condition: Condition, opaque: bool, atom: Atom, scope: Scope) -> bool | None:
    """Tell whether a condition takes an atom; None if that cannot be known."""
    if condition is None:
        return True
    if opaque:
        return None
    return condition.within(scope, atom.example) is True


def _declared(clause: InputColumn, run: Run) -> tuple[list[FeelValue], list[Condition]]:
    """Return the values that the column's declarations name, and the declarations."""
    declared: list[Condition] = [] if clause.allowed is None else [clause.allowed]
    declared_type = clause.type.resolved()
    if isinstance(declared_type, Constrained) and isinstance(
        declared_type.allows, AllowedValues
    ):
        declared.append(declared_type.allows.tests)
    known: list[FeelValue] = []
    for tests in declared:
        try:
            known += _values(tests, run)
        except Opaque:
            continue
    base = clause.type.unconstrained()
    if isinstance(base, Simple) and base.name == "boolean":
        known.append(True)
    return known, declared


def _possible(
    atom: Atom, clause: InputColumn, declared: Sequence[Condition], scope: Scope
) -> bool:
    base = clause.type.unconstrained()
    if isinstance(base, Simple) and not base.conforms(atom.example, scope.run):
        return False
    return all(
        tests is None or tests.within(scope, atom.example) is True for tests in declared
    )


def _values(condition: Condition, run: Run) -> list[FeelValue]:
    """Return the values that a condition names.

    Raises:
        Opaque: If it depends on anything else.
    """
    if condition is None:
        return []
    return [value for test in condition.tree.tests for value in _values_of_test(test, run)]


def _values_of_test(test: tree.Test, run: Run) -> Iterator[FeelValue]:
    if isinstance(test, tree.ValueTest):
        yield from _values_in(test.expression, run)
        return
    value = _literal(test.operand, run)
    if isinstance(value, str) and test.operator not in ("=", "!="):
        raise Opaque  # Texts in order are too many to tell apart.
    yield value


def _values_in(node: tree.Node, run: Run) -> Iterator[FeelValue]:
    if isinstance(node, tree.ListOf):
        for item in node.items:
            yield from _values_in(item, run)
    elif isinstance(node, tree.RangeOf):
        ends = (_literal(node.low, run), _literal(node.high, run))
        if any(isinstance(end, str) for end in ends):
            raise Opaque
        yield from ends
    elif isinstance(node, tree.OpenRange):
        yield _literal(node.end, run)
    else:
        yield _literal(node, run)


def _literal(node: tree.Node, run: Run) -> FeelValue:
    if not is_literal(node):
        raise Opaque
    return literal_value(node, run)
