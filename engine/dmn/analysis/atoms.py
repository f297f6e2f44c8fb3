"""Cuts the values of a column into pieces within which no condition tells any apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cmp_to_key

from engine.feel.decimal128 import DECIMAL128
from engine.feel.run import Run
from engine.feel.values.arithmetic import add, subtract
from engine.feel.values.comparison import compare
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue, kind
from engine.feel.values.temporal import DAY, SECOND, Date, DateTime, Time
from engine.feel.values.text import literal_text

_STEPS: dict[type, FeelValue] = {
    Decimal: Decimal(1),
    Date: DaysAndTime(DAY),
    DateTime: DaysAndTime(SECOND),
    Time: DaysAndTime(SECOND),
    DaysAndTime: DaysAndTime(3600 * SECOND),
    YearsAndMonths: YearsAndMonths(1),
}


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


def atoms_of(values: Iterable[FeelValue], run: Run) -> list[Atom] | None:
    """Return the pieces that *values* cut, in order; None if some have no order.

    Of texts it is not counted that there are others; of yes and no there are both.
    """
    by_kind: dict[str, list[FeelValue]] = {}
    for value in values:
        by_kind.setdefault(kind(value), []).append(value)
    atoms: list[Atom] = []
    for name, found in by_kind.items():
        if name == "boolean":
            atoms += [Atom(True, ordered=False), Atom(False, ordered=False)]
        elif name == "string":
            unique = dict.fromkeys(found)
            atoms += [Atom(text, ordered=False) for text in unique]
            atoms.append(Atom(OTHER_TEXT, ordered=False, counts=False))
        elif name != "null":
            pieces = _pieces(found)
            if pieces is None:
                return None
            atoms += pieces
    return atoms


def _pieces(values: list[FeelValue]) -> list[Atom] | None:
    first = values[0]
    if type(first) not in _STEPS or any(compare(first, value) is None for value in values):
        return None
    ends: list[FeelValue] = []
    for value in sorted(values, key=cmp_to_key(_order)):
        if not ends or compare(ends[-1], value) != 0:
            ends.append(value)
    atoms = [Atom(_beyond(ends[0], below=True), True, None, ends[0])]
    for at, end in enumerate(ends):
        above = ends[at + 1] if at + 1 < len(ends) else None
        example = _beyond(end) if above is None else _between(end, above)
        atoms += [Atom(end, True, end, end), Atom(example, True, end, above)]
    return [atom for atom in atoms if atom.example is not None]


def _order(left: FeelValue, right: FeelValue) -> int:
    return compare(left, right) or 0


def _beyond(value: FeelValue, *, below: bool = False) -> FeelValue:
    step = _STEPS[type(value)]
    found = subtract(value, step) if below else add(value, step)
    # A time of day begins anew at midnight.
    return found if compare(found, value) == (-1 if below else 1) else None


def _between(low: FeelValue, high: FeelValue) -> FeelValue:
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        whole = DECIMAL128.add(low.to_integral_value(rounding=ROUND_FLOOR), Decimal(1))
        return (
            whole
            if whole < high
            else DECIMAL128.divide(DECIMAL128.add(low, high), Decimal(2))
        )
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


def words_of(atoms: Sequence[Atom], run: Run) -> str:
    """Write what the atoms have in common, as a cell of a table would."""
    parts: list[str] = []
    at = 0
    while at < len(atoms):
        end = at
        while end + 1 < len(atoms) and _adjoin(atoms[end], atoms[end + 1]):
            end += 1
        parts.append(_span(atoms[at], atoms[end], run))
        at = end + 1
    return ", ".join(parts)


def _adjoin(left: Atom, right: Atom) -> bool:
    if not (left.ordered and right.ordered) or left.is_point == right.is_point:
        return False
    return left.high is not None and left.high is right.low


def _span(first: Atom, last: Atom, run: Run) -> str:
    if first is last and first.is_point:
        return literal_text(first.example, run)
    low, high = literal_text(first.low, run), literal_text(last.high, run)
    opening, closing = ("[" if first.is_point else "("), ("]" if last.is_point else ")")
    if first.low is None:
        return f"{'<=' if last.is_point else '<'} {high}"
    if last.high is None:
        return f"{'>=' if first.is_point else '>'} {low}"
    return f"{opening}{low}..{high}{closing}"
