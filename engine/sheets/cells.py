"""What a cell of a report is in a file: a number, a day, or text that is never run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.model import Sentence
from engine.reckoning.report import Cell, Figure, Grid, Row, Words

Say = Callable[[Sentence], str]
Plain = str | int | Decimal | date | datetime | None

#: How formulas and commands begin, for the programs that open such files.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n")
_YES, _NO = Sentence("yes"), Sentence("no")
REMARK = Sentence("Note")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid in plain values: its heads, its rows, and the total below them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]
    total: tuple[Plain, ...] | None


def sheet_of(grid: Grid, say: Say) -> Sheet:
    """Return *grid* in plain values; a column of remarks is added where a row has one."""
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    is_marked = any(row.mark for row in rows)
    heads = [words(head.title, say) for head in grid.heads]
    total = None if grid.total is None else _cells(grid.total, say, is_marked)
    return Sheet(
        heads=(*heads, say(REMARK)) if is_marked else tuple(heads),
        rows=tuple(_cells(row, say, is_marked) for row in grid.rows),
        total=total,
    )


def words(told: Words, say: Say) -> str:
    """Return *told* in the reader's language."""
    return say(told) if isinstance(told, Sentence) else told


def is_risky(text: str) -> bool:
    """Tell whether a program might take *text* for a formula."""
    return text.startswith(_BEGINNINGS)


def _cells(row: Row, say: Say, is_marked: bool) -> tuple[Plain, ...]:
    told: Sequence[Plain] = [_plain(cell, say) for cell in row.cells]
    if not is_marked:
        return tuple(told)
    return (*told, say(row.mark) if row.mark else None)


def _plain(cell: Cell, say: Say) -> Plain:
    if isinstance(cell, Figure):
        return cell.value
    if isinstance(cell, Sentence):
        return say(cell)
    if isinstance(cell, bool):
        return say(_YES if cell else _NO)
    return cell
