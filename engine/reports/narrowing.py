"""Narrows a ledger in the database to what a selection may take; the rest it leaves out.

What comes is never too little: `Selection.takes` has the last word, line by line. So a
value that a database reads in another way than we do costs a line more, and no figure.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import ColumnElement, TextClause, or_, text

from engine.reckoning.months import first_day, last_day
from engine.reckoning.selection import Selection
from engine.store.models import LedgerEntry

#: What `str.strip` takes away.
BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_LONGEST_NUMBER = 15  #: Digits that a database compares exactly enough.
_NEAR = Decimal("0.000001")
_ENTRY = LedgerEntry.__table__

#: What stands in a column, if it may be counted under a key: alone, or in a list, into
#: which SQLite does not look.
_COUNTED = {
    "sqlite": """
        CASE json_type(ledger_entry."values", {path})
        WHEN 'array' THEN true WHEN 'object' THEN true
        WHEN 'true' THEN {key} = 'true' WHEN 'false' THEN {key} = 'false'
        WHEN 'text' THEN trim(json_extract(ledger_entry."values", {path}), {blank}) = {key}
        WHEN 'integer' THEN
          json_extract(ledger_entry."values", {path}) BETWEEN {low} AND {high}
        WHEN 'real' THEN
          json_extract(ledger_entry."values", {path}) BETWEEN {low} AND {high}
        ELSE false END""",
    "postgresql": """
        EXISTS (
          SELECT 1 FROM json_array_elements(
            CASE json_typeof(CAST(ledger_entry."values" AS json) -> {path})
            WHEN 'array' THEN CAST(ledger_entry."values" AS json) -> {path}
            ELSE json_build_array(CAST(ledger_entry."values" AS json) -> {path}) END
          ) AS item(told)
          WHERE CASE json_typeof(item.told)
            WHEN 'array' THEN true WHEN 'object' THEN true
            WHEN 'boolean' THEN item.told #>> '{{}}' = {key}
            WHEN 'string' THEN btrim(item.told #>> '{{}}', {blank}) = {key}
            WHEN 'number' THEN CASE WHEN item.told #>> '{{}}' ~ '[eE]' THEN true
              ELSE CAST(item.told #>> '{{}}' AS numeric)
                BETWEEN CAST({low} AS numeric) AND CAST({high} AS numeric) END
            ELSE false END)""",
}
#: What stands in a column, if it may say nothing.
_SILENT = {
    "sqlite": """
        COALESCE(json_type(ledger_entry."values", {path}), 'null')
          IN ('null', 'array', 'object')
        OR trim(json_extract(ledger_entry."values", {path}), {blank}) = ''""",
    "postgresql": """
        COALESCE(json_typeof(CAST(ledger_entry."values" AS json) -> {path}), 'null')
          IN ('null', 'array', 'object')
        OR btrim(CAST(ledger_entry."values" AS json) ->> {path}, {blank}) = ''""",
}
#: Whether there are escapes, for characters that a database may not be able to say.
_ESCAPED = {
    "sqlite": """instr(ledger_entry."values", char(92) || 'u') > 0""",
    "postgresql": """position(chr(92) || 'u' IN ledger_entry."values") > 0""",
}
_EVERYTHING: dict[str, tuple[object, object]] = {
    "sqlite": (float("-inf"), float("inf")),
    "postgresql": (Decimal("-1e1000"), Decimal("1e1000")),
}


def narrowed(selection: Selection, dialect: str) -> list[ColumnElement[bool] | TextClause]:
    """Return conditions that every line meets which *selection* takes."""
    conditions = [*_of_days(selection), *_of_state(selection)]
    counted = [
        _of_column(number, column, key, dialect)
        for number, (column, key) in enumerate(selection.values)
        if "\0" not in key  # PostgreSQL could not be asked for it.
    ]
    return [*conditions, *counted]


def _of_days(selection: Selection) -> Iterator[ColumnElement[bool]]:
    begin, end = first_day(selection.first), last_day(selection.last)
    opened, closed = _ENTRY.c.opened_on, _ENTRY.c.closed_on
    if selection.basis == "open":
        # Of several months, open at the end of any of them.
        yield opened <= end
        yield or_(closed.is_(None), closed > begin)
    else:
        day = closed if selection.basis == "closed" else opened
        yield day.between(begin, end)
    if selection.day:
        day = closed if selection.basis == "closed" else opened
        yield day == date.fromisoformat(selection.day)


def _of_state(selection: Selection) -> Iterator[ColumnElement[bool]]:
    if selection.state == "kept":
        yield _ENTRY.c.state != "cancelled"
    elif selection.state:
        yield _ENTRY.c.state == selection.state


def _of_column(number: int, column: str, key: str, dialect: str) -> TextClause:
    low, high = _around(key, dialect)
    values = {
        f"path{number}": f'$."{column}"' if dialect == "sqlite" else column,
        f"key{number}": key,
        f"blank{number}": BLANK,
        f"low{number}": low,
        f"high{number}": high,
    }
    names = {name.rstrip("0123456789"): f":{name}" for name in values}
    test = (_COUNTED if key else _SILENT)[dialect].format(**names)
    used = {name: value for name, value in values.items() if f":{name}" in test}
    said = f"(CASE WHEN {_ESCAPED[dialect]} THEN true ELSE ({test}) END)"
    return text(said).bindparams(**used)


def _around(key: str, dialect: str) -> tuple[object, object]:
    """Return bounds between which a number lies that is counted under *key*."""
    try:
        number = Decimal(key)
    except InvalidOperation:
        return 1, 0  # No number is.
    if not number.is_finite() or len(key) > _LONGEST_NUMBER:
        return _EVERYTHING[dialect]
    near = _NEAR * max(abs(number), Decimal(1))
    bounds = number - near, number + near
    return bounds if dialect == "postgresql" else (float(bounds[0]), float(bounds[1]))
