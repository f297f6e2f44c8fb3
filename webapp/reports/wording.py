"""Says the cells of reports on pages: numbers by their kind, words as they are read."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask, url_for

from engine.model import Sentence
from engine.reckoning.months import Month, moved
from engine.reckoning.report import Cell, Figure, Grid, Kind, Words
from engine.reckoning.selection import Selection
from webapp.shell.speech import speak, spoken

NONE = "–"
_ONE_LINE = 14  #: Characters.
_PLACES = {"number": 2, "hours": 1, "money": 2}


def told(words: Words) -> str:
    """Return *words*: those of a policy as they are, ours in the reader's language."""
    return spoken(words) if isinstance(words, Sentence) else words


def number_text(value: Decimal | int | None, kind: Kind, places: int | None = None) -> str:
    """Return a number as people of the office write it.

    With *places* it has exactly so many, as the others of its column.
    """
    if value is None:
        return NONE
    if kind == "share":
        return f"{_rounded(Decimal(value) * 100, 1)}%"
    if kind == "count":
        return f"{int(value):,}"
    most = _PLACES.get(kind, 2)
    text = f"{_rounded(Decimal(value), most if places is None else places):,}"
    if kind == "money" or places is not None or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def places_by_column(grid: Grid) -> list[int | None]:
    """Return how many places the numbers of each column have; None where that is fixed."""
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    return [
        _places((row.cells[place] for row in rows), head.kind)
        for place, head in enumerate(grid.heads)
    ]


def _places(cells: Iterable[Cell], kind: Kind) -> int | None:
    if kind not in ("number", "hours"):
        return None
    values = [cell.value if isinstance(cell, Figure) else cell for cell in cells]
    written = [
        number_text(value, kind)
        for value in values
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
    ]
    return max((len(text.partition(".")[2]) for text in written), default=0)


def cell_text(cell: Cell, kind: Kind, places: int | None = None) -> str:
    """Return what stands in a cell; a number with *places* if they are given."""
    if isinstance(cell, Figure):
        return number_text(cell.value, kind, places)
    if isinstance(cell, bool):
        return str(speak("yes") if cell else speak("no"))
    if isinstance(cell, int | Decimal):
        return number_text(cell, "number" if kind == "text" else kind, places)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return NONE if cell is None else told(cell)


def is_short(cell: Cell, kind: str) -> bool:
    """Tell whether a cell of the ledger stays in one line: a day, a choice, a number."""
    return kind != "text" or (isinstance(cell, str) and len(cell) <= _ONE_LINE)


def spans(months: Iterable[Month]) -> str:
    """Return *months* as they are told: those that follow each other as one span."""
    found: list[tuple[Month, Month]] = []
    for month in sorted(months):
        if found and moved(found[-1][1], 1) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return "、".join(
        first
        if first == last
        else spoken(Sentence("{first} to {last}", {"first": first, "last": last}))
        for first, last in found
    )


def address_behind(policy: str, cell: Cell) -> str | None:
    """Return where the cases behind a figure are listed; None where there are none."""
    if not isinstance(cell, Figure) or cell.behind is None or not cell.rows:
        return None
    is_line = isinstance(cell.behind, Selection)
    endpoint = "reports.ledger" if is_line else "reports.steps"
    params: dict[str, str] = dict(cell.behind.params())
    return url_for(endpoint, policy_key=policy, **params)  # type: ignore[arg-type]


def install(app: Flask) -> None:
    """Give the templates `told`, `spans`, `cell_text` and the like."""
    app.jinja_env.filters["told"] = told
    app.jinja_env.filters["spans"] = spans
    app.jinja_env.globals.update(
        cell_text=cell_text,
        address_behind=address_behind,
        number_text=number_text,
        places_by_column=places_by_column,
    )


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
