"""Says what is wrong with the values that were entered into a form."""

from collections.abc import Iterator, Mapping, Sequence

from engine.forms.component import Component
from engine.forms.filling import MOST_ROWS, Filled
from engine.forms.inputs import INPUTS
from engine.forms.inputs.input import is_empty
from engine.model import Json, Sentence

Fault = tuple[str, Sentence]


def faults_in(filled: Sequence[Filled]) -> Iterator[Fault]:
    """Give the faults of all visible fields, each with the field's name."""
    for field in filled:
        if field.hidden:
            continue
        if field.misshapen:
            yield field.name, Sentence("Enter this again; it was not understood.")
        elif field.component.kind == "group":
            yield from faults_in(field.children)
        elif field.component.kind == "dynamiclist":
            yield from _row_faults(field)
        elif field.component.kind in INPUTS:
            yield from ((field.name, fault) for fault in _input_faults(field))


def _row_faults(field: Filled) -> Iterator[Fault]:
    if len(field.value) > MOST_ROWS:
        yield field.name, Sentence("Enter at most {most} rows.", {"most": MOST_ROWS})
    for row in field.rows:
        yield from faults_in(row)


def _input_faults(field: Filled) -> Iterator[Sentence]:
    component, kind = field.component, INPUTS[field.component.kind]
    if field.readonly:
        if field.given is not None and field.given != field.value:
            yield Sentence("This cannot be changed here.")
    elif is_empty(field.value):
        if component.flag("validate.required", field.scope):
            yield kind.missing(component)
    else:
        yield from kind.faults(component, field.value, field.scope)


def strangers(
    components: Sequence[Component], values: Mapping[str, Json], prefix: str = ""
) -> Iterator[Fault]:
    """Give the names in *values* that are no field of the form."""
    yield from _strangers(_shape(components), values, prefix)


def _shape(components: Sequence[Component]) -> dict[str, Json]:
    """Return the names that a form's values may have, nested as the values are."""
    shape: dict[str, Json] = {}
    for component in components:
        if component.kind == "group":
            inside = shape
            for part in component.path:
                inside = inside.setdefault(part, {})
            inside.update(_shape(component.children))
        elif component.path and (
            component.kind in INPUTS or component.kind in ("dynamiclist", "expression")
        ):
            inside = shape
            for part in component.path[:-1]:
                inside = inside.setdefault(part, {})
            rows = component.kind == "dynamiclist"
            inside[component.path[-1]] = [_shape(component.children)] if rows else None
    return shape


def _strangers(shape: Json, values: Json, prefix: str) -> Iterator[Fault]:
    if isinstance(shape, list) and isinstance(values, list):
        for index, row in enumerate(values[:MOST_ROWS]):
            yield from _strangers(shape[0], row, f"{prefix}{index}.")
    if not isinstance(shape, dict) or not isinstance(values, Mapping):
        return
    for name, value in values.items():
        if name not in shape:
            yield f"{prefix}{name}", _STRANGE
        else:
            yield from _strangers(shape[name], value, f"{prefix}{name}.")


_STRANGE = Sentence("This form has no such field; leave it out.")
