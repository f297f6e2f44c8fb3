"""What a report is made of: grids of figures that lead to their cases, charts, remarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.model import Json, Sentence
from engine.reckoning.months import Period
from engine.reckoning.selection import Selection, StepSelection

Words = str | Sentence  #: Text of the policy, or ours, which is translated when shown.
Kind = Literal["text", "date", "moment", "count", "share", "number", "hours", "money"]

CHARTED = 40  #: Bars of a picture; more cannot be told apart.


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, how many lines stand behind it, and which."""

    value: Decimal | int | None  #: None: there is nothing to reckon it from.
    behind: Selection | StepSelection | None = None
    rows: int = 0


Cell = Words | Figure | date | Decimal | int | bool | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column of a grid."""

    title: Words
    kind: Kind = "text"
    width: int | None = None  #: Characters, as Excel counts them.


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid."""

    cells: tuple[Cell, ...]
    mark: Sentence | None = None  #: What is out of the ordinary with it.
    is_out: bool = False  #: Whether it is out of control, which is what the mark says.


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a grid, by its columns, counted from 0."""

    kind: Literal["columns", "pareto", "trend"]
    title: Words
    labels: int
    bars: tuple[int, ...] = ()
    line: int | None = None  #: Cumulative shares, on an axis of their own.
    limits: tuple[int, ...] = ()  #: Centre line, lower and upper limit.


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a report."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    title: Words = ""
    total: Row | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All of a report; `figures` are what processes and closed months keep of it."""

    kind: str
    title: str
    period: Period
    grids: tuple[Grid, ...]
    remarks: tuple[Sentence, ...] = ()
    figures: Mapping[str, Json] = field(default_factory=dict)
    demo: int = 0  #: How many of the cases counted are made up, for a demonstration.
