"""The trend over months with control limits: is a month out, and why it is said so."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from engine.model import Json, Sentence
from engine.policy.sections.reports import Report as Owed
from engine.reckoning.control import (
    FEWEST,
    RUN,
    Point,
    Signal,
    chart_of_counts,
    chart_of_shares,
)
from engine.reckoning.months import Month, Period
from engine.reckoning.report import Cell, Chart, Figure, Grid, Head, Report, Row
from engine.reckoning.selection import Selection, StepSelection
from engine.reports.material import Material

_LIMITS = (
    Head(Sentence("Centre line"), "number"),
    Head(Sentence("Lower limit"), "number"),
    Head(Sentence("Upper limit"), "number"),
)
_SHARED = tuple(replace(head, kind="share") for head in _LIMITS)
_OUT: dict[Signal, Sentence] = {
    "above": Sentence("above the upper limit"),
    "below": Sentence("below the lower limit"),
    "run": Sentence("{count} months in a row on one side", {"count": RUN}),
}


def trend(material: Material, owed: Owed) -> Report:
    """Return how the complaints of each month, and shares of them, went up and down."""
    months = _months(material)
    over = [month for month in months if material.is_over(month)]
    grids = [_registered(material, months, over)]
    if material.statistics.solved_once is not None:
        grids.append(_not_at_once(material, months, over))
    if material.statistics.reopened is not None:
        grids.append(_taken_up(material, months, over))
    if material.steps:
        grids.append(_late(material, months, over))
    remarks = [_said_of_grid(grid) for grid in grids]
    if len(over) < FEWEST:
        few = Sentence(
            "Control limits need {needed} whole months; there are {count}, so that none are"
            " drawn yet.",
            {"needed": FEWEST, "count": len(over)},
        )
        remarks = [few]
    figures: dict[str, Json] = {
        "outOfControl": [str(row.cells[0]) for row in grids[0].rows if row.is_out]
    }
    return Report(
        owed.kind, owed.title, material.period, tuple(grids), tuple(remarks), figures
    )


def _months(material: Material) -> list[Month]:
    """Return the months of the period that the ledger has anything to say of."""
    first = max(material.period.first, material.since or material.period.last)
    months = Period(first, material.period.last).months()
    return [month for month in months if month <= f"{material.today:%Y-%m}"]


def _registered(material: Material, months: Sequence[Month], over: Sequence[Month]) -> Grid:
    counts = {month: len(material.book.of(month, "opened")) for month in months}
    points = _placed(over, chart_of_counts([counts[month] for month in over]))
    rows = []
    for month in months:
        cells = (Figure(counts[month], Selection(month, month), counts[month]),)
        rows.append(_row(material, month, cells, points))
    heads = (_MONTH, Head(Sentence("Registered"), "count"), *_LIMITS)
    return _grid(Sentence("Complaints registered"), heads, rows, value=1)


def _not_at_once(
    material: Material, months: Sequence[Month], over: Sequence[Month]
) -> Grid:
    parts: dict[Month, tuple[Figure, Figure]] = {}
    for month in months:
        judged = Selection(month, month, "closed", state="closed", solved="known")
        parts[month] = _counted(material, replace(judged, solved="no"), judged)
    heads = (
        Head(Sentence("Not solved at once"), "count"),
        Head(Sentence("Closed and judged"), "count"),
    )
    title = Sentence("Share not solved at once")
    return _of_shares(material, title, heads, parts, over)


def _taken_up(material: Material, months: Sequence[Month], over: Sequence[Month]) -> Grid:
    parts: dict[Month, tuple[Figure, Figure]] = {}
    for month in months:
        kept = Selection(month, month, state="kept")
        parts[month] = _counted(material, replace(kept, reopened="yes"), kept)
    heads = (Head(Sentence("Reopened"), "count"), Head(Sentence("Count"), "count"))
    return _of_shares(material, Sentence("Share reopened"), heads, parts, over)


def _late(material: Material, months: Sequence[Month], over: Sequence[Month]) -> Grid:
    parts: dict[Month, tuple[Figure, Figure]] = {}
    for month in months:
        every = StepSelection(month, month)
        broken = replace(every, outcome="broken")
        late, of = (
            sum(1 for step in material.steps if each.takes(step))
            for each in (broken, every)
        )
        parts[month] = (Figure(late, broken, late), Figure(of, every, of))
    heads = (Head(Sentence("Broken"), "count"), Head(Sentence("Deadlines"), "count"))
    return _of_shares(material, Sentence("Share of deadlines broken"), heads, parts, over)


def _counted(material: Material, some: Selection, of: Selection) -> tuple[Figure, Figure]:
    few, all_of_them = (sum(1 for _ in material.book.chosen(each)) for each in (some, of))
    return Figure(few, some, few), Figure(all_of_them, of, all_of_them)


def _of_shares(
    material: Material,
    title: Sentence,
    heads: tuple[Head, Head],
    parts: dict[Month, tuple[Figure, Figure]],
    over: Sequence[Month],
) -> Grid:
    counted = [(parts[month][0].rows, parts[month][1].rows) for month in over]
    points = _placed(over, chart_of_shares(counted))
    rows = []
    for month, (few, of) in parts.items():
        value = Decimal(few.rows) / of.rows if of.rows else None
        cells = (few, of, Figure(value, few.behind, few.rows))
        rows.append(_row(material, month, cells, points))
    share = Head(Sentence("Share"), "share")
    return _grid(title, (_MONTH, *heads, share, *_SHARED), rows, value=3)


_MONTH = Head(Sentence("Month"), width=12)


def _placed(months: Sequence[Month], points: Sequence[Point]) -> dict[Month, Point]:
    return dict(zip(months, points, strict=True))


def _row(
    material: Material, month: Month, cells: tuple[Cell, ...], points: dict[Month, Point]
) -> Row:
    point = points.get(month, Point(None))
    mark = _OUT[point.signal] if point.signal else material.mark(month)
    limits = (point.centre, point.lower, point.upper)
    return Row((month, *cells, *limits), mark, is_out=point.signal is not None)


def _grid(
    title: Sentence, heads: tuple[Head, ...], rows: Sequence[Row], *, value: int
) -> Grid:
    limits = (value + 1, value + 2, value + 3)
    chart = Chart("trend", title, 0, (value,), limits=limits)
    return Grid(heads, tuple(rows), title, chart=chart)


def _said_of_grid(grid: Grid) -> Sentence:
    out = [str(row.cells[0]) for row in grid.rows if row.is_out]
    if not out:
        return Sentence("{what}: no month is out of control.", {"what": grid.title})
    return Sentence(
        "{what}: out of control in {months}. Look what was different then.",
        {"what": grid.title, "months": ", ".join(out)},
    )
