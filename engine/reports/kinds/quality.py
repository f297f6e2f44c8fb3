"""Reports on how well complaints were handled: at once, to content, in time, for good."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from engine.model import Json, Sentence
from engine.policy.sections.reports import Report as Owed
from engine.reckoning.line import Line, Step
from engine.reckoning.report import Chart, Figure, Grid, Head, Report, Row, Words
from engine.reckoning.selection import Selection, StepSelection, grouped
from engine.reckoning.shares import GRADES, Punctuality, punctuality, scores
from engine.reports.material import BLANK, Material, part, total

_MONTH = Head(Sentence("Month"), width=12)
_NOBODY = Sentence("nobody took it")
_Cells = Callable[[Selection, Sequence[Line]], tuple[Figure, ...]]


def solved_once(material: Material, owed: Owed) -> Report:
    """Return which share of the closed complaints was solved at the first attempt."""
    heads = (
        Head(Sentence("Closed and judged"), "count"),
        Head(Sentence("Solved at once"), "count"),
        Head(Sentence("Share"), "share"),
    )
    chosen = Selection(
        material.period.first,
        material.period.last,
        "closed",
        state="closed",
        solved="known",
    )

    def cells(base: Selection, lines: Sequence[Line]) -> tuple[Figure, ...]:
        once = sum(1 for line in lines if line.solved_once)
        solved = replace(base, solved="yes")
        return (
            Figure(len(lines), base, len(lines)),
            Figure(once, solved, once),
            part(once, len(lines), solved),
        )

    names = ("judged", "solvedOnce", "share")
    return _by_month_and_unit(material, owed, chosen, heads, cells, names, chart=3)


def satisfaction(material: Material, owed: Owed) -> Report:
    """Return how content customers were with closed complaints."""
    grades = tuple(
        Head(Sentence("{grade} points", {"grade": grade}), "count", 9) for grade in GRADES
    )
    heads = (
        Head(Sentence("Answers"), "count"),
        Head(Sentence("Mean"), "number"),
        *grades,
    )
    chosen = Selection(
        material.period.first, material.period.last, "closed", state="closed", grade="given"
    )

    def cells(base: Selection, lines: Sequence[Line]) -> tuple[Figure, ...]:
        found = scores(lines)
        return (
            Figure(found.given, base, found.given),
            Figure(found.mean, base, found.given),
            *(
                Figure(count, replace(base, grade=str(grade)), count)
                for grade, count in zip(GRADES, found.by_grade, strict=True)
            ),
        )

    names = ("answers", "mean")
    return _by_month_and_unit(material, owed, chosen, heads, cells, names, chart=2)


def reopened(material: Material, owed: Owed) -> Report:
    """Return which share of the complaints takes up an earlier one."""
    heads = (
        Head(Sentence("Count"), "count"),
        Head(Sentence("Reopened"), "count"),
        Head(Sentence("Share"), "share"),
    )
    chosen = Selection(material.period.first, material.period.last, state="kept")

    def cells(base: Selection, lines: Sequence[Line]) -> tuple[Figure, ...]:
        again = sum(1 for line in lines if line.reopened)
        taken_up = replace(base, reopened="yes")
        return (
            Figure(len(lines), base, len(lines)),
            Figure(again, taken_up, again),
            part(again, len(lines), taken_up),
        )

    names = ("registered", "reopened", "share")
    return _by_month_and_unit(material, owed, chosen, heads, cells, names, chart=3)


def deadlines(material: Material, owed: Owed) -> Report:
    """Return which deadlines were kept and broken, by step, by person and by unit."""
    base = StepSelection(material.period.first, material.period.last)
    steps = [step for step in material.steps if base.takes(step)]
    names: dict[str, Words] = {step.element: step.name for step in steps}
    people: dict[str, Words] = {**material.people, "": _NOBODY}
    units: dict[str, Words] = {**material.units, "": BLANK}
    everything = Row((Sentence("Total"), *_punctual(base, steps)))

    def grid(title: Sentence, key: Callable[[Step], str], field: str) -> Grid:
        said = {"step": names, "person": people, "unit": units}[field]
        rows = [
            Row((said.get(value, value), *_punctual(replace(base, **{field: value}), some)))
            for value, some in sorted(
                grouped(steps, key).items(), key=lambda it: (-_broken(it[1]), it[0])
            )
        ]
        chart = Chart("columns", title, 0, (3,))
        return Grid(
            (Head(title, width=26), *_PUNCTUAL), tuple(rows), title, everything, chart
        )

    grids = (
        grid(Sentence("By step"), lambda step: step.element, "step"),
        grid(Sentence("By person"), lambda step: step.person, "person"),
        grid(Sentence("By unit"), lambda step: step.unit, "unit"),
    )
    found = punctuality(steps)
    figures = {
        "kept": found.kept,
        "broken": found.broken,
        "share": _short(found.kept_share),
    }
    remark = Sentence(
        "A step counts in the month of its deadline, once it is done or the deadline has"
        " passed; hours are working hours."
    )
    return Report(owed.kind, owed.title, material.period, grids, (remark,), figures)


_PUNCTUAL = (
    Head(Sentence("Deadlines"), "count"),
    Head(Sentence("Kept"), "count"),
    Head(Sentence("Broken"), "count"),
    Head(Sentence("Kept share"), "share"),
    Head(Sentence("Late on average (h)"), "hours", 16),
    Head(Sentence("Late at most (h)"), "hours", 16),
)


def _punctual(base: StepSelection, steps: Sequence[Step]) -> tuple[Figure, ...]:
    found: Punctuality = punctuality(steps)
    kept, broken = replace(base, outcome="kept"), replace(base, outcome="broken")
    return (
        Figure(found.all, base, found.all),
        Figure(found.kept, kept, found.kept),
        Figure(found.broken, broken, found.broken),
        Figure(found.kept_share, kept, found.kept),
        Figure(found.mean_late, broken, found.broken),
        Figure(found.most_late, broken, found.broken),
    )


def _broken(steps: Iterable[Step]) -> int:
    return sum(1 for step in steps if not step.is_kept)


def _by_month_and_unit(
    material: Material,
    owed: Owed,
    chosen: Selection,
    heads: tuple[Head, ...],
    cells: _Cells,
    names: tuple[str, ...],
    *,
    chart: int,
) -> Report:
    """Return a report with a row for each month, and one for each responsible unit."""
    by_month = []
    for month in material.period.months():
        at = replace(chosen, first=month, last=month)
        found = cells(at, list(material.book.chosen(at)))
        by_month.append(Row((month, *found), mark=material.mark(month)))
    lines = list(material.book.chosen(chosen))
    everything = total(*cells(chosen, lines))
    grids = [
        Grid(
            (_MONTH, *heads),
            tuple(by_month),
            Sentence("By month"),
            everything,
            Chart("columns", owed.title, 0, (chart,)),
        )
    ]
    column = material.statistics.unit
    if column is not None:
        grids.append(_by_unit(material, column, chosen, lines, (heads, cells)))
    last = by_month[-1].cells[1:]
    figures: dict[str, Json] = {
        name: _short(cell.value)
        for name, cell in zip(names, last, strict=False)
        if isinstance(cell, Figure)
    }
    return Report(owed.kind, owed.title, material.period, tuple(grids), figures=figures)


def _by_unit(
    material: Material,
    column: str,
    chosen: Selection,
    lines: Sequence[Line],
    told: tuple[tuple[Head, ...], _Cells],
) -> Grid:
    heads, cells = told
    mine: dict[str, list[Line]] = {}
    for line in lines:
        for key in line.keys(column):
            mine.setdefault(key, []).append(line)
    counts = {key: len(some) for key, some in mine.items()}
    rows = [
        Row(
            (
                material.name(column, key),
                *cells(replace(chosen, values=((column, key),)), mine.get(key, [])),
            )
        )
        for key in material.keys_in_order(column, counts)
    ]
    title = material.title(column)
    return Grid(
        (Head(title, width=24), *heads),
        tuple(rows),
        Sentence("By {column}", {"column": title}),
        total(*cells(chosen, lines)),
    )


def _short(value: Decimal | int | None) -> Json:
    return round(value, 4) if isinstance(value, Decimal) else value
