"""What all lists share: a page of rows, and search words made safe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select

from engine.store.reading import Reading

Row = TypeVar("Row")
Shown = TypeVar("Shown")

PAGE = 25
LARGEST_PAGE = 200
#: Longer lists are for nobody to read: those of tasks and cases go no further, and say so.
MOST = 500
#: So far they are counted, unless somebody turns to a page beyond.
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
    number: int  #: From 1.
    size: int = PAGE
    more: bool = False  #: Whether there are more than `total`; nobody counted them.

    @property
    def is_cut(self) -> bool:
        """Tell whether there are more than are ever listed."""
        return self.more and self.total >= MOST

    @property
    def last(self) -> int:
        """Return the number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """Return which row of all the first one here is, from 1; 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """Return which row of all the last one here is."""
        return (self.number - 1) * self.size + len(self.rows)


def page_of(
    reading: Reading,
    rows: Select[Row],
    number: int,
    show: Callable[[Sequence[Row]], Sequence[Shown]],
    *,
    size: int = PAGE,
) -> Page[Shown]:
    """Return page *number* of *rows*; past the end, the last page."""
    size = min(max(size, 1), LARGEST_PAGE)
    total = reading.session.scalar(
        select(func.count()).select_from(rows.order_by(None).subquery())
    )
    total = total or 0
    last = max(1, -(-total // size))
    number = min(max(number, 1), last)
    some = reading.session.scalars(rows.limit(size).offset((number - 1) * size)).all()
    return Page(tuple(show(some)), total, number, size)


def counted_to(number: int, size: int, *, is_sorted: bool) -> int:
    """Return how many rows have to be known to show page *number*.

    All that is listed where it *is_sorted* by something else than the way they are found.
    """
    if is_sorted:
        return MOST
    return min(max(COUNTED, number * min(size, LARGEST_PAGE)), MOST)


def page_among(
    ids: Sequence[int],
    known: int,
    number: int,
    show: Callable[[Sequence[int], int, int], Sequence[Shown]],
    *,
    size: int = PAGE,
) -> Page[Shown]:
    """Return page *number* of what has these ids, of which one more than *known* is there.

    *show* is given the ids that are listed, the size of the page and how many come before.
    """
    size = min(max(size, 1), LARGEST_PAGE)
    listed = ids[:known]
    last = max(1, -(-len(listed) // size))
    number = min(max(number, 1), last)
    shown = show(listed, size, (number - 1) * size)
    return Page(tuple(shown), len(listed), number, size, more=len(ids) > known)


def contains(column: ColumnElement[Any] | Any, text: str) -> ColumnElement[bool]:
    """Return the condition that *column* contains *text* literally, whatever its case."""
    return column.icontains(text, autoescape=True)


Order = UnaryExpression[Any] | ColumnElement[Any]
