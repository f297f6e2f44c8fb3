"""Where the parts of a chart lie: bars, lines, ticks; drawn by a template as SVG.

It takes no colours and writes no markup: the classes say what a part is, the style sheet
how it looks, on screen, in the dark and on paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.model import Sentence
from engine.reckoning.report import CHARTED, Cell, Figure, Grid, Kind, Words
from webapp.reports.labels import fitted

WIDTH, FLOOR = 760, 234
_LEFT, _RIGHT, _TOP = 52, 52, 18
_TICKS = 5
_WIDEST = 80  #: All bars of one row.
Write = Callable[[Decimal | int | None, Kind], str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One column."""

    x: float
    y: float
    width: float
    height: float
    title: str
    series: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a line."""

    x: float
    y: float
    title: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `gaps` begin a new stretch."""

    name: str  #: share, value, centre or limit.
    path: str
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """What stands below a bar or a point."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All parts of a chart, placed."""

    title: Words
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    shares: tuple[Tick, ...]  #: At the second axis.
    labels: tuple[Label, ...]
    legend: tuple[tuple[str, Words], ...]
    leans: bool
    left: float
    height: int
    floor: float = FLOOR
    right: float = WIDTH - _RIGHT
    width: int = WIDTH
    left_out: int = 0  #: How many rows are not drawn.


def picture_of(grid: Grid, say: Callable[[Words], str], write: Write) -> Picture | None:
    """Return the chart of *grid*, placed; None where there is nothing to draw."""
    chart = grid.chart
    if chart is None or not any(
        _number(row.cells[it]) for row in grid.rows for it in chart.bars
    ):
        return None
    return _Placing(grid, say, write).picture()


class _Placing:
    def __init__(self, grid: Grid, say: Callable[[Words], str], write: Write) -> None:
        assert grid.chart is not None
        self.grid, self.chart, self.say, self.write = grid, grid.chart, say, write
        self.rows = grid.rows if self.chart.kind == "trend" else grid.rows[:CHARTED]
        self.texts = [self._text(row.cells[self.chart.labels]) for row in self.rows]
        self.fitted = fitted(self.texts, WIDTH - _LEFT - _RIGHT)
        half = (WIDTH - _LEFT - _RIGHT) / len(self.rows) / 2
        self.left = _r(max(_LEFT, self.fitted.left - half))
        self.kind = grid.heads[self.chart.bars[0]].kind
        self.top = _nice(self._highest(), self.kind)
        self.step = (WIDTH - self.left - _RIGHT) / len(self.rows)

    def picture(self) -> Picture:
        is_trend = self.chart.kind == "trend"
        lines = self._trend() if is_trend else self._cumulative()
        return Picture(
            title=self.chart.title,
            bars=() if is_trend else self._bars(),
            lines=lines,
            ticks=self._ticks(),
            shares=self._shares() if self.chart.line is not None else (),
            labels=self._labels(),
            legend=self._legend(),
            leans=self.fitted.leans,
            left=self.left,
            height=round(FLOOR + self.fitted.below),
            left_out=len(self.grid.rows) - len(self.rows),
        )

    def _highest(self) -> Decimal:
        columns = (*self.chart.bars, *self.chart.limits)
        found = [_number(row.cells[column]) for row in self.rows for column in columns]
        return max((value for value in found if value is not None), default=Decimal(0))

    def _bars(self) -> tuple[Bar, ...]:
        width = min(self.step * 0.72, _WIDEST) / len(self.chart.bars)
        bars = []
        for place, row in enumerate(self.rows):
            begin = self._x(place) - width * len(self.chart.bars) / 2
            for series, column in enumerate(self.chart.bars):
                value = _number(row.cells[column])
                if not value:
                    continue
                y = self._y(value)
                x = begin + width * series
                title = self._told(place, column)
                marked = self.chart.kind == "pareto" and row.mark is not None
                bars.append(
                    Bar(
                        _r(x),
                        y,
                        _r(width * 0.94),
                        _r(FLOOR - y),
                        title,
                        series,
                        marked,
                    )
                )
        return tuple(bars)

    def _cumulative(self) -> tuple[Line, ...]:
        column = self.chart.line
        if column is None:
            return ()
        dots = []
        for place, row in enumerate(self.rows):
            value = _number(row.cells[column]) or Decimal(0)
            y = _r(FLOOR - float(value) * (FLOOR - _TOP))
            dots.append(Dot(self._x(place), y, self._told(place, column), is_out=False))
        return (Line("share", _path([(dot.x, dot.y) for dot in dots]), tuple(dots)),)

    def _trend(self) -> tuple[Line, ...]:
        names = ("centre", "limit", "limit")
        lines = [
            Line(name, self._line(column))
            for name, column in zip(names, self.chart.limits, strict=False)
        ]
        column = self.chart.bars[0]
        dots = []
        for place, row in enumerate(self.rows):
            value = _number(row.cells[column])
            if value is not None:
                told = self._told(place, column)
                is_out = row.mark is not None and self._has_limits(place)
                said = f"{told} ({self.say(row.mark)})" if row.mark else told
                dots.append(Dot(self._x(place), self._y(value), said, is_out))
        return (*lines, Line("value", self._line(column), tuple(dots)))

    def _has_limits(self, place: int) -> bool:
        """Tell whether the row at *place* is judged; only then its mark says it is out."""
        row = self.rows[place]
        cells = row.cells
        value = _number(cells[self.chart.bars[0]])
        lower, upper = (_number(cells[column]) for column in self.chart.limits[1:3])
        if value is None or lower is None or upper is None:
            return False
        return not lower <= value <= upper

    def _line(self, column: int) -> str:
        points: list[tuple[float, float] | None] = []
        for place, row in enumerate(self.rows):
            value = _number(row.cells[column])
            points.append(None if value is None else (self._x(place), self._y(value)))
        return _path(points)

    def _ticks(self) -> tuple[Tick, ...]:
        steps = _tick_values(self.top, self.kind)
        return tuple(Tick(self._y(value), self.write(value, self.kind)) for value in steps)

    def _shares(self) -> tuple[Tick, ...]:
        quarters = [Decimal(part) / 4 for part in range(5)]
        height = FLOOR - _TOP
        return tuple(Tick(_r(FLOOR - float(it) * height), f"{it:.0%}") for it in quarters)

    def _labels(self) -> tuple[Label, ...]:
        return tuple(
            Label(self._x(place), text)
            for place, text in enumerate(self.fitted.texts)
            if place % self.fitted.every == 0
        )

    def _legend(self) -> tuple[tuple[str, Words], ...]:
        heads = self.grid.heads
        if self.chart.kind == "trend":
            value, (centre, *_) = heads[self.chart.bars[0]], self.chart.limits
            limits = Sentence("Control limits (three standard deviations)")
            return (
                ("value", value.title),
                ("centre", heads[centre].title),
                ("limit", limits),
            )
        legend: list[tuple[str, Words]] = [
            (f"bar-{series}", heads[column].title)
            for series, column in enumerate(self.chart.bars)
        ]
        if self.chart.line is not None:
            legend.append(("share", heads[self.chart.line].title))
        return tuple(legend) if len(legend) > 1 else ()

    def _told(self, place: int, column: int) -> str:
        head = self.grid.heads[column]
        value = _number(self.rows[place].cells[column])
        label = self.texts[place]
        return f"{label} · {self.say(head.title)} {self.write(value, head.kind)}"

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, date):
            return f"{cell.month}-{cell.day}"
        return self.say(cell) if isinstance(cell, str | Sentence) else str(cell)

    def _x(self, place: int) -> float:
        return _r(self.left + self.step * (place + 0.5))

    def _y(self, value: Decimal) -> float:
        return _r(FLOOR - float(value / self.top) * (FLOOR - _TOP))


def _number(cell: Cell) -> Decimal | None:
    value = cell.value if isinstance(cell, Figure) else cell
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _nice(highest: Decimal, kind: Kind) -> Decimal:
    """Return the first round number that is not below *highest*."""
    if kind == "share":
        return next(
            it
            for it in (Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), Decimal(1), highest)
            if it >= highest
        )
    if highest <= 0:
        return Decimal(1)
    power = Decimal(10) ** (highest.adjusted())
    steps = (Decimal(it) * power for it in ("1", "1.5", "2", "3", "4", "5", "8", "10"))
    top = next(it for it in steps if it >= highest)
    return max(top, Decimal(1)) if kind == "count" else top


def _tick_values(top: Decimal, kind: Kind) -> Sequence[Decimal]:
    if kind == "count" and top < _TICKS:
        return [Decimal(value) for value in range(int(top) + 1)]
    for parts in (5, 4, 3):
        values = [top * part / parts for part in range(parts + 1)]
        if kind != "count" or all(it == it.to_integral_value() for it in values):
            return values
    return [Decimal(0), top]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    drawn, is_new = [], True
    for point in points:
        if point is None:
            is_new = True
            continue
        drawn.append(f"{'M' if is_new else 'L'}{point[0]} {point[1]}")
        is_new = False
    return " ".join(drawn)


def _r(value: float) -> float:
    return round(value, 1)
