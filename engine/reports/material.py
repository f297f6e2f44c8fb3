"""What a report is made from: the book of its months, the steps, and names for values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from engine.model import Sentence
from engine.policy.sections.ledger import Ledger
from engine.policy.sections.statistics import Statistics
from engine.reckoning.book import Book
from engine.reckoning.line import Line, Step
from engine.reckoning.months import Month, Period, last_day
from engine.reckoning.report import Figure, Row, Words
from engine.reckoning.selection import Selection

BLANK = Sentence("not filled in")
TOTAL = Sentence("Total")
NOT_OVER = Sentence("not over yet")
_TRUTH = {"true": Sentence("yes"), "false": Sentence("no")}


@dataclass(frozen=True, slots=True)
class Material:
    """All that a report of one policy is made from."""

    ledger: Ledger
    statistics: Statistics
    period: Period
    book: Book
    today: date
    steps: Sequence[Step] = ()
    since: Month | None = None  #: Of the first case of the ledger.
    #: Names of units and people by the key that a column has them under.
    units: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    #: How many cases of a closed month have changed since.
    changes: Mapping[Month, int] = field(default_factory=dict)

    def name(self, column_id: str, key: str) -> Words:
        """Return what people call a value of a column."""
        column = self.ledger.column(column_id)
        if not key or column is None:
            return key or BLANK
        if column.kind == "unit":
            return self.units.get(key, key)
        if column.kind == "person":
            return self.people.get(key, key)
        if column.kind == "yes-no":
            return _TRUTH.get(key, key)
        return column.labels.get(key, key)

    def title(self, column_id: str) -> str:
        """Return what a column is called."""
        column = self.ledger.column(column_id)
        return column_id if column is None else column.title

    def keys_in_order(self, column_id: str, counts: Mapping[str, int]) -> list[str]:
        """Return the keys of a column: as its labels stand, else the most frequent first.

        A label that never comes is there too; what is not filled in comes last.
        """
        column = self.ledger.column(column_id)
        labels = [] if column is None else list(column.labels)
        others = sorted(
            (key for key in counts if key and key not in labels),
            key=lambda key: (-counts[key], key),
        )
        return [*labels, *others, *([""] if counts.get("") else [])]

    def count(self, selection: Selection, rows: int) -> Figure:
        """Return a figure that says how many lines there are."""
        return Figure(rows, selection, rows)

    def with_book(self, book: Book) -> "Material":
        """Return the same material with other lines."""
        return replace(self, book=book)

    def is_over(self, month: Month) -> bool:
        """Tell whether nothing more can be registered in *month*."""
        return last_day(month) < self.today

    def mark(self, month: Month) -> Sentence | None:
        """Return what is out of the ordinary with the figures of *month*."""
        if not self.is_over(month):
            return NOT_OVER
        changed = self.changes.get(month)
        if changed is None:
            return None
        return said_of_closed(changed)


def said_of_closed(changed: int) -> Sentence:
    """Return what stands beside the figures of a closed month."""
    if changed == 0:
        return Sentence("month closed")
    return Sentence("month closed; {count} changed since", {"count": changed})


def whole(selection: Selection, lines: Iterable[Line]) -> Figure:
    """Return the number of *lines*, which are all that *selection* takes."""
    rows = sum(1 for _ in lines)
    return Figure(rows, selection, rows)


def part(count: int, of: int, selection: Selection) -> Figure:
    """Return the share of *count*; behind it stand those of whom it is the share."""
    return Figure(Decimal(count) / of if of else None, selection, count)


def total(*cells: Figure | None) -> Row:
    """Return the row that stands below all others."""
    return Row((TOTAL, *cells))
