"""One evaluation under way: what it may still spend, and what it has to warn of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import thread_time

from engine.feel.errors import BudgetExceeded, Position
from engine.model import Sentence

MOST_WARNINGS = 50  #: Of one evaluation; a loop would repeat itself.
#: Bytes that are reckoned for a list, an item in it, a context, and anything else that is
#: neither a number nor a text.
LIST, ITEM, CONTEXT, OBJECT = 64, 128, 256, 320
TICKS = 64  #: Steps between two looks at the stopwatch.


@dataclass(frozen=True, slots=True)
class Budget:
    """What one evaluation may spend before it is stopped with `BudgetExceeded`."""

    steps: int = 500_000  #: Loop turns, calls, rules and visited parts of values.
    depth: int = 60  #: Functions that call functions.
    seconds: float | None = 1.0  #: Processor time; None for no limit.
    size: int = 1_000_000  #: Characters of a text.
    memory: int = 48_000_000  #: Bytes of all values made on the way, roughly counted.
    #: Processor time of the thread. No value depends on it, so it is no clock.
    stopwatch: Callable[[], float] = field(default=thread_time, repr=False)


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own.
    """Why a part of an expression gave null."""

    kind: str  #: Stable id, such as ``unknown-name`` or ``not-comparable``.
    sentence: Sentence
    position: Position | None = None
    source: str | None = None  #: The expression that the position counts in.
    element: str | None = None  #: Id of the decision or knowledge model that it belongs to.


class Run:
    """The account of one evaluation; never shared between threads.

    Args:
        budget: What it may spend.
        now: The moment that ``now()`` and ``today()`` give, with a time zone.
    """

    __slots__ = (
        "_end",
        "_known",
        "_left",
        "_levels",
        "_memory",
        "_quiet",
        "_tick",
        "budget",
        "now",
        "warnings",
    )

    def __init__(self, budget: Budget, now: datetime) -> None:
        self.budget, self.now = budget, now
        self.warnings: list[Warning_] = []
        self._known: set[tuple[str, Position | None, str | None]] = set()
        self._quiet = 0
        self._left = budget.steps
        self._memory = budget.memory
        self._levels = budget.depth
        self._tick = TICKS
        self._end = None if budget.seconds is None else budget.stopwatch() + budget.seconds

    def spend(self, steps: int = 1) -> None:
        """Count *steps*, and stop the evaluation when there are none left."""
        self._left -= steps
        if self._left < 0:
            raise BudgetExceeded(
                "Expected to be done within {limit} steps; the evaluation was stopped.",
                budget="steps",
                limit=self.budget.steps,
            )
        self._tick -= steps
        if self._tick < 0:
            self._tick = TICKS
            self.look_at_stopwatch()

    def look_at_stopwatch(self) -> None:
        """Stop the evaluation when its time is over."""
        if self._end is not None and self.budget.stopwatch() > self._end:
            raise self.out_of_time()

    def out_of_time(self) -> BudgetExceeded:
        """Return the refusal that names the time limit."""
        return BudgetExceeded(
            "Expected to be done within {limit} seconds; the evaluation was stopped.",
            budget="seconds",
            limit=self.budget.seconds,
        )

    @property
    def seconds_left(self) -> float | None:
        """The processor time that is left, down to zero; None for no limit."""
        if self._end is None:
            return None
        return max(self._end - self.budget.stopwatch(), 0.0)

    def take(self, size: int) -> None:
        """Count *size* bytes of a new value, and stop the evaluation at one too many."""
        self._memory -= size
        if self._memory < 0:
            raise BudgetExceeded(
                "Expected values of at most {limit} MB in all; the evaluation was stopped.",
                budget="memory",
                limit=self.budget.memory // 1_000_000,
            )

    def take_text(self, text: str) -> None:
        """Count a new text, which may be neither too long nor one too many."""
        self.check_size(len(text))
        self.take(text.__sizeof__())

    def enter(self) -> None:
        """Go into a function that the expression defines."""
        self._levels -= 1
        if self._levels < 0:
            raise self.too_deep()

    def leave(self) -> None:
        """Come back from it."""
        self._levels += 1

    def too_deep(self) -> BudgetExceeded:
        """Return the refusal that names the depth limit."""
        return BudgetExceeded(
            "Expected functions that call each other at most {limit} deep; "
            "the evaluation was stopped.",
            budget="depth",
            limit=self.budget.depth,
        )

    def check_size(self, length: int) -> None:
        """Refuse a text of *length* characters if that is too many."""
        if length > self.budget.size:
            raise BudgetExceeded(
                "Expected texts of at most {limit} characters; the evaluation was stopped.",
                budget="size",
                limit=self.budget.size,
            )

    def warn(self, warning: Warning_) -> None:
        """Keep *warning*, unless it is known already or the account is quiet."""
        if self._quiet or len(self.warnings) >= MOST_WARNINGS:
            return
        key = (warning.kind, warning.position, warning.source)
        if key not in self._known:
            self._known.add(key)
            self.warnings.append(warning)

    def hush(self) -> None:
        """Keep no warnings until `speak`: what follows may well be null."""
        self._quiet += 1

    def speak(self) -> None:
        """Keep warnings again."""
        self._quiet -= 1
