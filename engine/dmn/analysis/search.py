"""Looks for combinations of pieces that no rule takes, without trying them all."""

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.columns import Column

MOST_STEPS = 100_000  #: Of one search; a table that needs more is too large to analyse.
Region = tuple[tuple[int, ...], ...]  #: For each column the numbers of its pieces.


class TooLarge(Exception):
    """The table has too many combinations."""


class Search:
    """Looks through the combinations of a table's columns.

    Args:
        columns: The columns.
        rules: The indices from zero of the rules that count.
        sure: Whether a rule must take a piece for certain, or only perhaps.
    """

    def __init__(
        self, columns: Sequence[Column], rules: Sequence[int], *, sure: bool
    ) -> None:
        self._takers = [
            [
                sum(
                    1 << rule
                    for rule in rules
                    if (column.surely if sure else column.perhaps)[rule][atom]
                )
                for atom in range(len(column.atoms))
            ]
            for column in columns
        ]
        self._everything = sum(1 << rule for rule in rules)
        self._covered: set[tuple[int, int]] = set()
        self._steps = 0

    def gaps(self, within: Region) -> Iterator[Region]:
        """Give the parts of *within* that no rule takes.

        Raises:
            TooLarge: If there is too much to look through.
        """
        self._covered.clear()
        return self._gaps(within, 0, self._everything, ())

    def _gaps(
        self, within: Region, at: int, rules: int, region: Region
    ) -> Iterator[Region]:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooLarge
        if not rules:
            yield (*region, *within[at:])
            return
        if at == len(within) or (at, rules) in self._covered:
            return
        found = False
        for left, atoms in self._groups(within[at], at, rules).items():
            for gap in self._gaps(within, at + 1, left, (*region, tuple(atoms))):
                found = True
                yield gap
        if not found:
            self._covered.add((at, rules))

    def _groups(self, atoms: Sequence[int], at: int, rules: int) -> dict[int, list[int]]:
        """Return the pieces by the rules that are left when they are chosen."""
        groups: dict[int, list[int]] = {}
        for atom in atoms:
            groups.setdefault(rules & self._takers[at][atom], []).append(atom)
        return groups


def everything(columns: Sequence[Column]) -> Region:
    """Return the pieces of all columns for which there should be a rule."""
    return tuple(
        tuple(number for number, atom in enumerate(column.atoms) if atom.counts)
        for column in columns
    )


def taken_by(columns: Sequence[Column], rule: int, *, sure: bool) -> Region:
    """Return the pieces that a rule takes in each column."""
    return tuple(
        tuple(
            atom
            for atom, taken in enumerate((column.surely if sure else column.perhaps)[rule])
            if taken
        )
        for column in columns
    )


def common(left: Region, right: Region) -> Region | None:
    """Return the pieces that two regions share; None if there is nothing in common."""
    shared = tuple(
        tuple(atom for atom in mine if atom in theirs)
        for mine, theirs in zip(left, right, strict=True)
    )
    return shared if all(shared) else None
