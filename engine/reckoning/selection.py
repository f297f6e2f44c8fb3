"""Says which lines stand behind a figure, in words that fit into an address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, TypeVar

from engine.reckoning.line import Line, Step
from engine.reckoning.months import Month, last_day

#: How a case belongs to a month: registered in it, ended in it, or open at its end.
Basis = Literal["opened", "closed", "open"]
BASES: tuple[Basis, ...] = ("opened", "closed", "open")
#: `kept` stands for all but the cancelled ones.
STATES = ("open", "closed", "cancelled", "kept")
COLUMN = "is."  #: Before the name of a column in an address.
BLANK = "~"  #: In an address: what is not filled in; an empty choice asks for nothing.

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines of the ledger, by what they have in common; an empty text asks for nothing."""

    first: Month
    last: Month
    basis: Basis = "opened"
    day: str = ""  #: One day of registering or ending, by the basis; ISO.
    state: str = ""
    solved: str = ""  #: yes, no, or known.
    reopened: str = ""  #: yes or no.
    grade: str = ""  #: 1 to 5, or given.
    values: tuple[tuple[str, str], ...] = ()  #: Columns and what a line is counted under.

    def params(self) -> Params:
        """Return the selection as names and values of an address."""
        plain = (
            (each.name, getattr(self, each.name))
            for each in fields(self)
            if each.name != "values"
        )
        columns = ((COLUMN + column, key or BLANK) for column, key in self.values)
        return (*((name, value) for name, value in plain if value), *columns)

    def takes(self, line: Line) -> bool:
        """Tell whether *line*, which belongs to the months, is among those chosen."""
        return (
            self._has_day(line)
            and _has_state(line, self.state)
            and _ANSWERS[self.solved](line.solved_once)
            and _ANSWERS[self.reopened](line.reopened)
            and (not self.grade or _has_grade(line, self.grade))
            and all(key in line.keys(column) for column, key in self.values)
        )

    def _has_day(self, line: Line) -> bool:
        if not self.day:
            return True
        day = line.closed_on if self.basis == "closed" else line.opened_on
        return day is not None and day.isoformat() == self.day


@dataclass(frozen=True, slots=True)
class StepSelection:
    """Steps with a deadline that fell into these months."""

    first: Month
    last: Month
    outcome: str = ""  #: kept or broken.
    step: str = ""  #: The element of the diagram.
    person: str | None = None  #: None asks for nothing, ``""`` for what nobody took.
    unit: str | None = None

    def params(self) -> Params:
        """Return the selection as names and values of an address."""
        asked = ((each.name, getattr(self, each.name)) for each in fields(self))
        told = ("person", "unit")
        return tuple((name, it) for name, it in asked if it or (it == "" and name in told))

    def takes(self, step: Step) -> bool:
        """Tell whether *step* is among those chosen."""
        return (
            self.first <= step.due_in <= self.last
            and self.outcome in ("", "kept" if step.is_kept else "broken")
            and self.step in ("", step.element)
            and self.person in (None, step.person)
            and self.unit in (None, step.unit)
        )


def belongs(line: Line, month: Month, basis: Basis) -> bool:
    """Tell whether *line* belongs to *month*."""
    if basis == "opened":
        return line.opened_in == month
    if basis == "closed":
        return line.closed_in == month
    return line.opened_in <= month and (line.closed_in is None or line.closed_in > month)


Item = TypeVar("Item")


def grouped(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    """Return *items* under their keys, in the order in which the keys come."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def is_over(month: Month, today: date) -> bool:
    """Tell whether nothing more can be registered in *month*."""
    return last_day(month) < today


_ANSWERS: Mapping[str, Callable[[bool | None], bool]] = {
    "": lambda answer: True,
    "yes": lambda answer: answer is True,
    "no": lambda answer: answer is False,
    "known": lambda answer: answer is not None,
}
ANSWERS = tuple(_ANSWERS)
GRADES = ("", "1", "2", "3", "4", "5", "given")


def _has_state(line: Line, state: str) -> bool:
    if state == "kept":
        return line.state != "cancelled"
    return state in ("", line.state)


def _has_grade(line: Line, grade: str) -> bool:
    if grade == "given":
        return line.grade is not None
    return line.grade is not None and str(line.grade) == grade
