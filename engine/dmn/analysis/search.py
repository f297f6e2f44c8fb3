"""Looks for combinations of pieces that no rule takes, without trying them all."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from engine.dmn.analysis.atoms import bits, numbers_in

Region: TypeAlias = tuple[int, ...]  #: For each column a set of its pieces, as bits.
Masks: TypeAlias = Sequence[Sequence[int]]  #: For each column and rule the pieces taken.


class Stopped(Exception):
    """There was too much to look through.

    Args:
        limit: The steps after which the search ended.
        rules: The rules that were not looked at to the end, from zero.
    """

    def __init__(self, limit: int, rules: Sequence[int] = ()) -> None:
        self.limit, self.rules = limit, rules


class Enough(Exception):
    """There is more, but so much has been found that there is no use in it."""


class Effort:
    """Counts the steps of an analysis.

    Args:
        limit: The most that it may take.
    """

    def __init__(self, limit: int) -> None:
        self.limit = self._left = limit

    @property
    def is_spent(self) -> bool:
        """Whether there is nothing left."""
        return self._left < 0

    def spend(self, steps: int = 1) -> None:
        """Count *steps*.

        Raises:
            Stopped: If there are none left.
        """
        self._left -= steps
        if self._left < 0:
            raise Stopped(self.limit)

    def part(self, steps: int) -> "Effort":
        """Return the effort that a part of the search may take, as a part of this one."""
        return _Part(steps, self)


class _Part(Effort):
    def __init__(self, limit: int, whole: Effort) -> None:
        super().__init__(limit)
        self._whole = whole

    def spend(self, steps: int = 1) -> None:
        self._whole.spend(steps)
        super().spend(steps)


class Search:
    """Looks through the combinations of a table's columns.

    Args:
        masks: The pieces that rules take.
        sizes: Of each column, how many pieces it has.
    """

    def __init__(self, masks: Masks, sizes: Sequence[int]) -> None:
        self._masks = masks
        self._classes = [
            _classes(taken, size) for taken, size in zip(masks, sizes, strict=True)
        ]

    def gaps(self, within: Region, rules: int, effort: Effort) -> Iterator[Region]:
        """Give the parts of *within* that none of *rules* takes.

        Args:
            within: Where to look.
            rules: The rules that count, as bits.
            effort: What it may take.

        Raises:
            Stopped: If there is too much to look through.
        """
        return _Descent(self._masks, self._classes, within, rules, effort).gaps()


class _Descent:
    """One search, column by column: those first that most rules look at."""

    def __init__(
        self,
        masks: Masks,
        classes: Sequence[Sequence[tuple[int, int]]],
        within: Region,
        rules: int,
        effort: Effort,
    ) -> None:
        self.rules, self.effort = rules, effort
        covering = [
            bits(rule for rule in numbers_in(rules) if not pieces & ~taken[rule])
            for pieces, taken in zip(within, masks, strict=True)
        ]
        effort.spend(rules.bit_count() * len(within))
        self.order = sorted(range(len(within)), key=lambda at: covering[at].bit_count())
        self.masks = [masks[at] for at in self.order]
        self.classes = [classes[at] for at in self.order]
        self.within = [within[at] for at in self.order]
        #: For each column the rules that take all that is left from it on.
        self.free = [rules] * (len(within) + 1)
        for at in reversed(range(len(within))):
            self.free[at] = self.free[at + 1] & covering[self.order[at]]
        self.covered: set[tuple[int, int]] = set()

    def gaps(self) -> Iterator[Region]:
        for found in self._gaps(0, self.rules, ()):
            placed = sorted(zip(self.order, found, strict=True))
            yield tuple(pieces for _, pieces in placed)

    def _gaps(self, at: int, rules: int, region: Region) -> Iterator[Region]:
        self.effort.spend()
        if not rules:
            yield (*region, *self.within[at:])
            return
        if rules & self.free[at] or (at, rules) in self.covered:
            return
        found = False
        for left, pieces in self._parts(at, rules).items():
            for gap in self._gaps(at + 1, left, (*region, pieces)):
                found = True
                yield gap
        if not found:
            self.covered.add((at, rules))

    def _parts(self, at: int, rules: int) -> dict[int, int]:
        """Return the column's pieces by the rules that are left when they are chosen."""
        count = rules.bit_count()
        if count * count < len(self.classes[at]):
            return self._split(at, rules)
        self.effort.spend(len(self.classes[at]) // 4)
        parts: dict[int, int] = {}
        for takers, pieces in self.classes[at]:
            here = pieces & self.within[at]
            if here:
                left = rules & takers
                parts[left] = parts.get(left, 0) | here
        return parts

    def _split(self, at: int, rules: int) -> dict[int, int]:
        """Return the same, looking at one rule after the other."""
        parts = {0: self.within[at]}
        for rule in numbers_in(rules):
            taken = self.masks[at][rule]
            finer: dict[int, int] = {}
            for left, pieces in parts.items():
                if pieces & taken:
                    finer[left | 1 << rule] = pieces & taken
                if pieces & ~taken:
                    finer[left] = pieces & ~taken
            parts = finer
            self.effort.spend(len(parts) // 4)
        return parts


def _classes(taken: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Return sets of rules, each with the pieces that just these rules take."""
    classes: dict[int, int] = {}
    if not taken:
        return [(0, (1 << size) - 1)]
    # Written as digits, the rules' sets of pieces are a matrix that is turned over.
    rows = [format(pieces, f"0{size}b") for pieces in reversed(taken)]
    for number, digits in enumerate(zip(*rows, strict=True)):
        takers = int("".join(digits), 2)
        classes[takers] = classes.get(takers, 0) | 1 << size - 1 - number
    return list(classes.items())


def common(left: Region, right: Region) -> Region | None:
    """Return the pieces that two regions share; None if there is nothing in common."""
    shared: list[int] = []
    for mine, theirs in zip(left, right, strict=True):
        both = mine & theirs
        if not both:
            return None
        shared.append(both)
    return tuple(shared)


def covers(outer: Region, inner: Region) -> bool:
    """Tell whether all of *inner* lies in *outer*."""
    return not any(mine & ~theirs for mine, theirs in zip(inner, outer, strict=True))


def joined(regions: Sequence[Region]) -> list[Region]:
    """Put regions together that differ in one column, until there are none."""
    found = list(regions)
    before = len(found) + 1
    while len(found) < before:
        before = len(found)
        for at in range(len(found[0]) if found else 0):
            whole: dict[Region, int] = {}
            for region in found:
                rest = region[:at] + region[at + 1 :]
                whole[rest] = whole.get(rest, 0) | region[at]
            found = [(*rest[:at], pieces, *rest[at:]) for rest, pieces in whole.items()]
    return found
