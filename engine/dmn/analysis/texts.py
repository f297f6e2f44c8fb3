"""Writes pieces of a column as a cell of a table would, in FEEL."""

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.atoms import OTHER_TEXT, Atom, numbers_in
from engine.dmn.analysis.columns import Column
from engine.feel.run import Run
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.text import literal_text

_QUOTED = (Date, Time, DateTime, YearsAndMonths, DaysAndTime)
Span = tuple[Atom, Atom]  #: The first and the last of pieces that adjoin each other.


def literal(value: FeelValue, run: Run) -> str:
    """Write a single value."""
    text = literal_text(value, run)
    return f'@"{text}"' if isinstance(value, _QUOTED) else text


def cell(column: Column, pieces: int, run: Run) -> str:
    """Write a set of pieces as the tests of a cell."""
    if column.is_free:
        return "null" if pieces == column.missing else "not(null)"
    found = list(spans(column, pieces))
    if any(is_whole(span) for span in found):
        return "not(null)"
    tests = [_test(span, run) for span in found if not span[0].is_other_text]
    if len(tests) == len(found):
        return ", ".join(tests)
    others = ", ".join(_other_texts(column, pieces, run))
    if all(isinstance(first.example, str) or first.example is None for first, _ in found):
        return f"not({others})"
    return f"? in ({', '.join(tests)}) or not(? in ({others}))"


def _other_texts(column: Column, pieces: int, run: Run) -> Iterator[str]:
    """Give what is not in *pieces*, where these hold all texts that nothing names."""
    for number, atom in enumerate(column.axis.atoms):
        text_or_null = isinstance(atom.example, str) or atom.example is None
        if text_or_null and not pieces >> number & 1:
            yield literal(atom.example, run)
    if pieces & column.missing and not any(
        isinstance(atom.example, str) and not pieces >> number & 1
        for number, atom in enumerate(column.axis.atoms)
    ):
        yield literal(OTHER_TEXT, run)  # Something must stand between the brackets.


def spans(column: Column, pieces: int) -> Iterator[Span]:
    """Give the stretches in a set of pieces, in their order."""
    atoms = [column.axis.atoms[number] for number in numbers_in(pieces)]
    at = 0
    while at < len(atoms):
        end = _end_of_stretch(atoms, at)
        yield atoms[at], atoms[end]
        at = end + 1


def is_whole(span: Span) -> bool:
    """Tell whether a stretch takes all values of its kind."""
    first, last = span
    return first.ordered and first.low is None and last.high is None


def _end_of_stretch(atoms: Sequence[Atom], at: int) -> int:
    while at + 1 < len(atoms) and _adjoin(atoms[at], atoms[at + 1]):
        at += 1
    return at


def _adjoin(left: Atom, right: Atom) -> bool:
    if not (left.ordered and right.ordered) or left.is_point == right.is_point:
        return False
    return left.high is not None and left.high is right.low


def _test(span: Span, run: Run) -> str:
    first, last = span
    if first is last and first.is_point:
        return literal(first.example, run)
    low, high = literal(first.low, run), literal(last.high, run)
    if first.low is None:
        return f"{'<=' if last.is_point else '<'} {high}"
    if last.high is None:
        return f"{'>=' if first.is_point else '>'} {low}"
    opening, closing = ("[" if first.is_point else "("), ("]" if last.is_point else ")")
    return f"{opening}{low}..{high}{closing}"
