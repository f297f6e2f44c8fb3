"""Cuts the values of a column into pieces within which no condition tells any apart."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import TypeAlias

from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import NoValue
from engine.feel.values.arithmetic import add, subtract
from engine.feel.values.comparison import compare, zone_of
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue, kind
from engine.feel.values.temporal import DAY, SECOND, Date, DateTime, Time

_STEPS: dict[type, FeelValue] = {
    Decimal: Decimal(1),
    Date: DaysAndTime(DAY),
    DateTime: DaysAndTime(SECOND),
    Time: DaysAndTime(SECOND),
    DaysAndTime: DaysAndTime(3600 * SECOND),
    YearsAndMonths: YearsAndMonths(1),
}
Key: TypeAlias = tuple[str, object]  #: What tells a value from all that are not equal.
OTHER_TEXT = "…"  #: Stands for all texts that nothing names.


@dataclass(frozen=True, slots=True)
class Atom:
    """A single value, or the values between two that conditions name."""

    example: FeelValue  #: One of them.
    ordered: bool  #: Whether it has neighbours.
    low: FeelValue = None  #: Where it begins; null: it reaches down without end.
    high: FeelValue = None
    counts: bool = True  #: Whether a table should have a rule for it.

    @property
    def is_point(self) -> bool:
        """Whether it is one value."""
        return not self.ordered or self.low is self.high is not None

    @property
    def is_other_text(self) -> bool:
        """Whether it is all texts that nothing names."""
        return isinstance(self.example, str) and not self.counts


MISSING = Atom(None, ordered=False, counts=False)  #: There is no value.


@dataclass(frozen=True, slots=True)
class Axis:
    """All values that a column may have, cut into pieces; the last is that of no value."""

    atoms: tuple[Atom, ...]
    groups: tuple[tuple[int, ...], ...]  #: Numbers of atoms of one kind, in their order.
    named: dict[Key, int]  #: The atom of each value that some condition names.

    def pieces(self, names: Iterable[FeelValue]) -> Iterator[tuple[int, Atom]]:
        """Give the parts that a condition naming *names* may tell apart.

        Each is a set of atoms, as bits, with one of them: the condition need only be
        asked about that one.
        """
        own = {self.named.get(key_of(value)) for value in names if value is not None}
        for group in self.groups:
            if self.atoms[group[0]].ordered:
                yield from self._stretches(group, own)
                continue
            rest = [number for number in group if number not in own]
            yield from (
                (1 << number, self.atoms[number]) for number in group if number in own
            )
            if rest:
                yield bits(rest), self.atoms[rest[-1]]

    def _stretches(
        self, group: Sequence[int], own: Collection[int | None]
    ) -> Iterator[tuple[int, Atom]]:
        begun, end = group[0], group[-1] + 1
        for number in sorted(one for one in own if one is not None and begun <= one < end):
            if begun < number:
                yield (1 << number) - (1 << begun), self.atoms[begun]
            yield 1 << number, self.atoms[number]
            begun = number + 1
        if begun < end:
            yield (1 << end) - (1 << begun), self.atoms[begun]


def bits(numbers: Iterable[int]) -> int:
    """Return a set of small numbers as bits."""
    return sum(1 << number for number in numbers)


def numbers_in(found: int) -> Iterator[int]:
    """Give the numbers in a set of bits, the least first."""
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest


def axis_of(values: Iterable[FeelValue]) -> Axis:
    """Return the pieces that *values* cut.

    Of texts it is not counted that there are others; of yes and no there are both.
    """
    by_kind: dict[tuple[str, bool], dict[object, FeelValue]] = {}
    for value in values:
        if value is not None:
            name, place = key_of(value)
            zoned = isinstance(value, (Time, DateTime)) and zone_of(value) is not None
            by_kind.setdefault((name, zoned), {}).setdefault(place, value)
    atoms: list[Atom] = []
    groups: list[tuple[int, ...]] = []
    named: dict[Key, int] = {}
    for (name, _), found in by_kind.items():
        pieces = _pieces(name, found)
        first = len(atoms)
        atoms += pieces
        groups.append(tuple(range(first, len(atoms))))
        for number in groups[-1]:
            if atoms[number].is_point:
                named[key_of(atoms[number].example)] = number
    groups.append((len(atoms),))
    return Axis((*atoms, MISSING), tuple(groups), named)


def key_of(value: FeelValue) -> Key:
    """Return what *value* is told from others by, and sorted by among its kind."""
    name = kind(value)
    if isinstance(value, Date):
        return name, value.order
    if isinstance(value, (Time, DateTime)):
        return f"{name} {zone_of(value) is None}", value.instant
    if isinstance(value, YearsAndMonths):
        return name, value.months
    return name, value.nanoseconds if isinstance(value, DaysAndTime) else value


def _pieces(name: str, values: dict[object, FeelValue]) -> list[Atom]:
    if name == "boolean":
        return [Atom(True, ordered=False), Atom(False, ordered=False)]
    if name == "string":
        atoms = [Atom(text, ordered=False) for text in values.values()]
        other = OTHER_TEXT
        while other in values:
            other += OTHER_TEXT
        return [*atoms, Atom(other, ordered=False, counts=False)]
    ends = [values[place] for place in sorted(values)]  # type: ignore[type-var]
    atoms = [Atom(_beyond(ends[0], below=True), True, None, ends[0])]
    for at, end in enumerate(ends):
        above = ends[at + 1] if at + 1 < len(ends) else None
        example = _beyond(end) if above is None else _between(end, above)
        atoms += [Atom(end, True, end, end), Atom(example, True, end, above)]
    return [atom for atom in atoms if atom.example is not None]


def _beyond(value: FeelValue, *, below: bool = False) -> FeelValue:
    step = _STEPS[type(value)]
    try:
        found = subtract(value, step) if below else add(value, step)
    except (NoValue, ArithmeticError):
        return None  # There are no values beyond.
    side = -1 if below else 1
    if isinstance(value, Decimal) and compare(found, value) != side:
        found = DECIMAL128.next_minus(value) if below else DECIMAL128.next_plus(value)
        return found if found.is_finite() else None
    if isinstance(value, Time) and compare(found, value) != side:
        found = replace(value, nanoseconds=0 if below else DAY - 1)
    # A time of day begins anew at midnight.
    return found if compare(found, value) == side else None


def _between(low: FeelValue, high: FeelValue) -> FeelValue:
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        whole = DECIMAL128.add(low.to_integral_value(rounding=ROUND_FLOOR), Decimal(1))
        if whole < high and whole > low:
            return whole
        middle = DECIMAL128.divide(DECIMAL128.add(low, high), Decimal(2))
        return middle if low < middle < high else None
    step = _beyond(low)
    if step is not None and compare(step, high) == -1:
        return step
    if isinstance(low, (Date, YearsAndMonths)):
        return None  # They are next to each other.
    return _middle(low, high)


def _middle(low: FeelValue, high: FeelValue) -> FeelValue:
    span = subtract(high, low)
    half = span.nanoseconds // 2 if isinstance(span, DaysAndTime) else 0
    return add(low, DaysAndTime(half)) if half else None
