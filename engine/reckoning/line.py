"""What figures are reckoned from: lines of a ledger, and steps with a deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.model import Json
from engine.reckoning.months import Month, month_of

_WORST, _BEST = 1, 5


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the ledger; days are those of the policy's time zone."""

    case_id: int
    number: str
    opened_on: date
    closed_on: date | None
    state: str  #: open, closed or cancelled.
    values: Mapping[str, Json] = field(default_factory=dict)  #: By column.
    solved_once: bool | None = None  #: None: does not count.
    score: Decimal | None = None  #: 1 (worst) to 5; None: no answer.
    reopened: bool | None = None
    is_demo: bool = False  #: Whether its case is made up, for a demonstration.

    @property
    def opened_in(self) -> Month:
        """The month in which it was registered."""
        return month_of(self.opened_on)

    @property
    def closed_in(self) -> Month | None:
        """The month in which it ended, by closing or by being cancelled."""
        return None if self.closed_on is None else month_of(self.closed_on)

    def keys(self, column: str) -> tuple[str, ...]:
        """Return what the line is counted under by *column*; ``""`` where it says nothing.

        A list counts under each of its items, once.
        """
        value = self.values.get(column)
        items = value if isinstance(value, list) else [value]
        found = tuple(dict.fromkeys(key_of(item) for item in items))
        return found or ("",)

    @property
    def grade(self) -> int | None:
        """The score as a whole number from 1 to 5, a half rounded up."""
        if self.score is None:
            return None
        whole = int(self.score.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return min(max(whole, _WORST), _BEST)


@dataclass(frozen=True, slots=True)
class Step:
    """A task of a case that had to be done by a moment which has passed, or was done."""

    task_id: int
    case_id: int
    number: str  #: Of the case.
    name: str
    element: str  #: Of the diagram.
    person: str  #: The login of whose it was; ``""`` where nobody took it.
    unit: str  #: ``""`` where it belongs to none.
    due_on: date
    is_kept: bool
    late_minutes: int = 0  #: In working time; 0 where it was kept.
    is_open: bool = False

    @property
    def due_in(self) -> Month:
        """The month that it counts in."""
        return month_of(self.due_on)


def key_of(value: Json) -> str:
    """Return the text that a value of a column is counted under."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    return str(value).strip()
