"""Reads what a browser sent into typed values, by the names of the form's fields."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.forms.component import Component
from engine.forms.filling import MOST_ROWS, get, put
from engine.forms.inputs import INPUTS
from engine.model import Json

Fields = Mapping[str, Sequence[str]]
Documents = Mapping[str, Sequence[Json]]
_NUMBER = re.compile(r"\.\d+(?=\.|$)", re.ASCII)


def decode(
    components: Sequence[Component], fields: Fields, files: Documents
) -> dict[str, Json]:
    """Return the values that were sent; a field that was not is left out.

    Names that no field has are kept under their whole name, for validation to refuse.
    """
    values: dict[str, Json] = {}
    known = _decode_all(components, "", fields, files, values)
    for name in (fields.keys() | files.keys()) - known:
        sent = fields.get(name) or files.get(name) or [""]
        values.setdefault(name, sent[0] if len(sent) == 1 else list(sent))
    return values


def file_names(components: Sequence[Component], names: Iterable[str]) -> tuple[str, ...]:
    """Return those of *names* that are file fields, whichever rows they are in."""
    fields = set(_file_fields(components, ""))
    return tuple(name for name in names if _NUMBER.sub(".*", name) in fields)


def _file_fields(components: Sequence[Component], prefix: str) -> Iterator[str]:
    for component in components:
        name = prefix + ".".join(component.path)
        if component.kind == "filepicker":
            yield name
        elif component.kind == "dynamiclist":
            yield from _file_fields(component.children, f"{name}.*.")
        elif component.kind == "group":
            within = f"{name}." if component.path else prefix
            yield from _file_fields(component.children, within)


def _decode_all(
    components: Sequence[Component],
    prefix: str,
    fields: Fields,
    files: Documents,
    values: dict[str, Json],
) -> set[str]:
    """Put the values of *components* into *values*; return the names that were theirs."""
    known: set[str] = set()
    for component in components:
        name = prefix + ".".join(component.path)
        if component.kind == "group":
            inner = get(values, component.path) or {} if component.path else values
            within = f"{name}." if component.path else prefix
            known |= _decode_all(component.children, within, fields, files, inner)
            if component.path and inner:
                put(values, component.path, inner)
        elif component.kind == "dynamiclist":
            known |= _decode_rows(component, name, fields, files, values)
        elif component.kind in INPUTS and (name in fields or name in files):
            known.add(name)
            put(values, component.path, _decode(component, name, fields, files))
    return known


def _decode(component: Component, name: str, fields: Fields, files: Documents) -> Json:
    texts = INPUTS[component.kind].read(component, fields.get(name, ()))
    if component.kind != "filepicker":
        return texts
    return [*texts, *files.get(name, ())]


def _decode_rows(
    component: Component,
    name: str,
    fields: Fields,
    files: Documents,
    values: dict[str, Json],
) -> set[str]:
    """Read the rows, numbered as they come; one empty field says that there were none."""
    if not component.path:
        return set()
    known, rows = {name} & (fields.keys() | files.keys()), []
    for number in _row_numbers(f"{name}.", [*fields, *files]):
        row: dict[str, Json] = {}
        within = f"{name}.{number}."
        known |= _decode_all(component.children, within, fields, files, row)
        rows.append(row)
    if known:
        put(values, component.path, rows)
    return known


def _row_numbers(prefix: str, names: Sequence[str]) -> list[int]:
    starts = (
        name[len(prefix) :].split(".", 1)[0] for name in names if name.startswith(prefix)
    )
    numbers = {int(start) for start in starts if start.isascii() and start.isdigit()}
    return sorted(number for number in numbers if number < 10 * MOST_ROWS)
