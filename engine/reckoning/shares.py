"""Shares, means and how punctual people were, exact; nothing of nothing is no figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.reckoning.line import Line, Step

GRADES = (5, 4, 3, 2, 1)
_MINUTES = Decimal(60)


def share(count: int, of: int) -> Decimal | None:
    """Return which share *count* is; None of nothing."""
    return Decimal(count) / of if of else None


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """Return the mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class Scores:
    """How content customers were."""

    given: int  #: How many answered.
    mean: Decimal | None
    by_grade: tuple[int, ...]  #: How many of each of `GRADES`.


def scores(lines: Iterable[Line]) -> Scores:
    """Return how content the customers of *lines* were."""
    rated = [line for line in lines if line.score is not None]
    grades = [line.grade for line in rated]
    return Scores(
        given=len(rated),
        mean=mean([line.score for line in rated if line.score is not None]),
        by_grade=tuple(grades.count(grade) for grade in GRADES),
    )


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many deadlines were kept and broken, and by how much."""

    kept: int
    broken: int
    mean_late: Decimal | None  #: Working hours, of the broken ones.
    most_late: Decimal | None  #: Working hours.

    @property
    def all(self) -> int:
        """How many there were."""
        return self.kept + self.broken

    @property
    def kept_share(self) -> Decimal | None:
        """Which share of them was kept."""
        return share(self.kept, self.all)


def punctuality(steps: Iterable[Step]) -> Punctuality:
    """Return how punctual *steps* were done."""
    kept, late = 0, []
    for step in steps:
        if step.is_kept:
            kept += 1
        else:
            late.append(Decimal(step.late_minutes) / _MINUTES)
    return Punctuality(kept, len(late), mean(late), max(late) if late else None)
