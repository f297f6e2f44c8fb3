"""Says the cells of reports on pages: numbers by their kind, words as they are read."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask, url_for

from engine.model import Sentence
from engine.reckoning.report import Cell, Figure, Kind, Words
from engine.reckoning.selection import Selection
from webapp.shell.speech import speak, spoken

NONE = "–"
_PLACES = {"number": 2, "hours": 1, "money": 2}


def told(words: Words) -> str:
    """Return *words*: those of a policy as they are, ours in the reader's language."""
    return spoken(words) if isinstance(words, Sentence) else words


def number_text(value: Decimal | int | None, kind: Kind) -> str:
    """Return a number as people of the office write it."""
    if value is None:
        return NONE
    if kind == "share":
        return f"{_rounded(Decimal(value) * 100, 1)}%"
    if kind == "count":
        return f"{int(value):,}"
    places = _PLACES.get(kind, 2)
    text = f"{_rounded(Decimal(value), places):,}"
    return text if kind == "money" or "." not in text else text.rstrip("0").rstrip(".")


def cell_text(cell: Cell, kind: Kind) -> str:
    """Return what stands in a cell."""
    if isinstance(cell, Figure):
        return number_text(cell.value, kind)
    if isinstance(cell, bool):
        return str(speak("yes") if cell else speak("no"))
    if isinstance(cell, int | Decimal):
        return number_text(cell, "number" if kind == "text" else kind)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return NONE if cell is None else told(cell)


def address_behind(policy: str, cell: Cell) -> str | None:
    """Return where the cases behind a figure are listed; None where there are none."""
    if not isinstance(cell, Figure) or cell.behind is None or not cell.rows:
        return None
    is_line = isinstance(cell.behind, Selection)
    endpoint = "reports.ledger" if is_line else "reports.steps"
    params: dict[str, str] = dict(cell.behind.params())
    return url_for(endpoint, policy_key=policy, **params)  # type: ignore[arg-type]


def install(app: Flask) -> None:
    """Give the templates the filter `told`, and `cell_text` and `address_behind`."""
    app.jinja_env.filters["told"] = told
    app.jinja_env.globals.update(
        cell_text=cell_text, address_behind=address_behind, number_text=number_text
    )


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
