"""Reports that count: each day, each month, by group, by responsible unit, hot spots."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from engine.model import Json, Sentence
from engine.policy.sections.reports import Report as Owed
from engine.reckoning.line import Line
from engine.reckoning.months import Month, Period, moved
from engine.reckoning.pareto import VITAL, pareto
from engine.reckoning.report import Chart, Figure, Grid, Head, Report, Row
from engine.reckoning.selection import Selection
from engine.reckoning.shares import mean
from engine.reports.material import Material, part, total, whole

_MONTH = Head(Sentence("Month"), width=12)
_COUNT = Head(Sentence("Count"), "count")
_SHARE = Head(Sentence("Share"), "share")


def daily_count(material: Material, owed: Owed) -> Report:
    """Return how many complaints came and ended on each day."""
    period = material.period
    opened, closed = _bases(period)
    came = Counter(line.opened_on for line in material.book.chosen(opened))
    went = Counter(line.closed_on for line in material.book.chosen(closed))
    rows = []
    for day in period.days():
        if day > material.today:
            break
        on = day.isoformat()
        rows.append(
            Row(
                (
                    day,
                    material.count(replace(opened, day=on), came[day]),
                    material.count(replace(closed, day=on), went[day]),
                )
            )
        )
    sums = came.total(), went.total()
    grid = Grid(
        (
            Head(Sentence("Day"), "date", 14),
            Head(Sentence("Registered"), "count"),
            Head(Sentence("Ended that day"), "count"),
        ),
        tuple(rows),
        total=total(material.count(opened, sums[0]), material.count(closed, sums[1])),
        chart=Chart("columns", owed.title, 0, (1,)),
    )
    figures = {"registered": sums[0], "ended": sums[1]}
    return Report(owed.kind, owed.title, period, (grid,), figures=figures)


def monthly_summary(material: Material, owed: Owed) -> Report:
    """Return for each month what came, what ended, and what was still open."""
    months = list(material.period.months())
    rows = [_summary(material, month) for month in months]
    opened, closed = _bases(material.period)
    over = material.book.chosen
    done, dropped = replace(closed, state="closed"), replace(closed, state="cancelled")
    grid = Grid(
        (
            _MONTH,
            Head(Sentence("Registered"), "count"),
            Head(Sentence("Closed"), "count"),
            Head(Sentence("Cancelled"), "count"),
            Head(Sentence("Open at the end"), "count"),
            Head(Sentence("Mean days until closed"), "number"),
        ),
        tuple(rows),
        total=total(
            whole(opened, over(opened)),
            whole(done, over(done)),
            whole(dropped, over(dropped)),
            None,
            _days(over(done), done),
        ),
        chart=Chart("columns", owed.title, 0, (1, 2)),
    )
    return Report(
        owed.kind,
        owed.title,
        material.period,
        (grid,),
        figures=summary(material, months[-1]),
    )


def summary(material: Material, month: Month) -> dict[str, Json]:
    """Return the figures of the summary of one month."""
    row = _summary(material, month)
    names = ("registered", "closed", "cancelled", "openAtEnd", "meanDays")
    return {
        name: _rounded(cell.value)
        for name, cell in zip(names, row.cells[1:], strict=True)
        if isinstance(cell, Figure)
    }


def statistics_table(material: Material, owed: Owed) -> Report:
    """Return how many complaints of each group there were in each month."""
    grids = [_group(material, column) for column in material.statistics.groups]
    last = material.period.last
    figures: dict[str, Json] = {
        column: dict(_tally(material.book.of(last, "opened"), column))
        for column in material.statistics.groups
    }
    return Report(owed.kind, owed.title, material.period, tuple(grids), figures=figures)


def unit_rate(material: Material, owed: Owed) -> Report:
    """Return which share of the complaints each responsible unit has, and closed."""
    column = material.statistics.unit or ""
    chosen = Selection(material.period.first, material.period.last, state="kept")
    before = _before(material.period)
    lines = list(material.book.chosen(chosen))
    done = _tally((line for line in lines if line.state == "closed"), column)
    earlier = _tally(material.book.chosen(before), column)
    counts = _tally(lines, column)
    rows = []
    for key in material.keys_in_order(column, counts | _absent(earlier, counts)):
        mine = replace(chosen, values=((column, key),))
        closed = replace(mine, state="closed")
        then = replace(before, values=mine.values)
        cells = (
            material.count(mine, counts[key]),
            part(counts[key], len(lines), mine),
            material.count(closed, done[key]),
            part(done[key], counts[key], closed),
            material.count(then, earlier[key]),
        )
        rows.append(Row((material.name(column, key), *cells)))
    ended = [line for line in lines if line.state == "closed"]
    closed = replace(chosen, state="closed")
    grid = Grid(
        (
            Head(material.title(column), width=24),
            _COUNT,
            _SHARE,
            Head(Sentence("Closed of them"), "count"),
            Head(Sentence("Closing rate"), "share"),
            Head(Sentence("Period before"), "count"),
        ),
        tuple(rows),
        total=total(
            material.count(chosen, len(lines)),
            part(len(lines), len(lines), chosen),
            material.count(closed, len(ended)),
            part(len(ended), len(lines), closed),
            whole(before, material.book.chosen(before)),
        ),
        chart=Chart("columns", owed.title, 0, (1,)),
    )
    figures = {"units": dict(counts), "total": len(lines)}
    return Report(owed.kind, owed.title, material.period, (grid,), figures=figures)


def hot_spots(material: Material, owed: Owed) -> Report:
    """Return the causes, the most frequent first, with their cumulative share."""
    column = material.statistics.hot_spot or ""
    chosen = Selection(material.period.first, material.period.last, state="kept")
    lines = list(material.book.chosen(chosen))
    bars = pareto(_tally(lines, column))
    rows, few = [], 0
    for bar in bars:
        mine = replace(chosen, values=((column, bar.key),))
        few += bar.is_vital
        rows.append(
            Row(
                (
                    material.name(column, bar.key),
                    material.count(mine, bar.count),
                    Figure(bar.share, mine, bar.count),
                    bar.cumulative,
                ),
                mark=Sentence("one of the few that matter most") if bar.is_vital else None,
            )
        )
    grid = Grid(
        (
            Head(material.title(column), width=28),
            _COUNT,
            _SHARE,
            Head(Sentence("Cumulative share"), "share"),
        ),
        tuple(rows),
        total=total(material.count(chosen, len(lines)), None, None),
        chart=Chart("pareto", owed.title, 0, (1,), line=3),
    )
    remark = Sentence(
        "{few} of {all} causes make up {share} % of the complaints.",
        {"few": few, "all": len(bars), "share": int(VITAL * 100)},
    )
    figures = {"hotSpots": [{"value": bar.key, "count": bar.count} for bar in bars]}
    remarks = (remark,) if bars else ()
    return Report(owed.kind, owed.title, material.period, (grid,), remarks, figures)


def _summary(material: Material, month: Month) -> Row:
    at = Selection(month, month)
    ended, still = replace(at, basis="closed"), replace(at, basis="open")
    done, dropped = replace(ended, state="closed"), replace(ended, state="cancelled")
    over = material.book.chosen
    cells = (
        whole(at, over(at)),
        whole(done, over(done)),
        whole(dropped, over(dropped)),
        whole(still, over(still)),
        _days(over(done), done),
    )
    return Row((month, *cells), mark=material.mark(month))


def _group(material: Material, column: str) -> Grid:
    chosen = Selection(material.period.first, material.period.last, state="kept")
    months = list(material.period.months())
    counts = {month: _tally(material.book.of(month, "opened"), column) for month in months}
    totals: Counter[str] = sum(counts.values(), Counter())
    rows = []
    for key in material.keys_in_order(column, totals):
        mine = replace(chosen, values=((column, key),))
        cells = [
            material.count(replace(mine, first=month, last=month), counts[month][key])
            for month in months
        ]
        cells.append(material.count(mine, totals[key]))
        rows.append(Row((material.name(column, key), *cells)))
    every = [replace(chosen, first=month, last=month) for month in months]
    return Grid(
        (
            Head(material.title(column), width=24),
            *(Head(month, "count", 10) for month in months),
            Head(Sentence("Total"), "count", 10),
        ),
        tuple(rows),
        title=material.title(column),
        total=total(
            *(whole(each, material.book.chosen(each)) for each in (*every, chosen))
        ),
        chart=Chart("columns", material.title(column), 0, (len(months) + 1,)),
    )


def _bases(period: Period) -> tuple[Selection, Selection]:
    opened = Selection(period.first, period.last)
    return opened, replace(opened, basis="closed")


def _before(period: Period) -> Selection:
    length = sum(1 for _ in period.months())
    return Selection(moved(period.first, -length), moved(period.first, -1), state="kept")


def _tally(lines: Iterable[Line], column: str) -> Counter[str]:
    return Counter(
        key for line in lines if line.state != "cancelled" for key in line.keys(column)
    )


def _absent(earlier: Counter[str], counts: Counter[str]) -> Counter[str]:
    return Counter({key: 0 for key in earlier if key not in counts})


def _days(lines: Iterable[Line], behind: Selection) -> Figure:
    taken: Sequence[Decimal] = [
        Decimal((line.closed_on - line.opened_on).days)
        for line in lines
        if line.closed_on is not None
    ]
    return Figure(mean(taken), behind, len(taken))


def _rounded(value: Decimal | int | None) -> Json:
    return round(value, 2) if isinstance(value, Decimal) else value
