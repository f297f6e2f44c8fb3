"""Adds and removes rows of lists, by the names that the form's buttons send."""

from copy import deepcopy

from engine.model import Json, Variables


def with_row_added(values: Variables, name: str) -> dict[str, Json]:
    """Return *values* with an empty row at the end of the list *name*."""
    changed = dict(deepcopy(values))
    rows = _at(changed, name.split("."))
    if isinstance(rows, list):
        rows.append({})
    return changed


def with_row_removed(values: Variables, name: str) -> dict[str, Json]:
    """Return *values* without the row *name*, such as ``witnesses.1``."""
    changed = dict(deepcopy(values))
    *path, number = name.split(".")
    rows = _at(changed, path)
    if isinstance(rows, list) and number.isdecimal() and int(number) < len(rows):
        del rows[int(number)]
    return changed


def _at(values: Json, path: list[str]) -> Json:
    for part in path:
        if isinstance(values, list):
            inside = part.isdecimal() and int(part) < len(values)
            values = values[int(part)] if inside else None
        else:
            values = values.get(part) if isinstance(values, dict) else None
    return values
