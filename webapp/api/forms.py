"""Forms as other systems read them: the fields that there are to fill in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec

from engine.forms.view import FieldView
from engine.queries.tasks.one import OpenForm
from webapp.api.declaring import about


class Option(msgspec.Struct, frozen=True):
    """Something that can be chosen."""

    value: str
    label: str


class FormField(msgspec.Struct, frozen=True):
    """A field, or a group of fields."""

    name: Annotated[str, about("The name that its value is sent under")]
    kind: Annotated[str, about("The type of the component, such as textfield")]
    label: str
    required: bool
    readonly: bool
    value: Annotated[Any, about("What is known or was typed before")]
    options: list[Option]
    fields: Annotated[list["FormField"], about("Of a group")]
    items: Annotated[list[list["FormField"]], about("The rows of a list")]


class FormAsked(msgspec.Struct, frozen=True):
    """A form to be filled in."""

    id: str
    fields: list[FormField]
    reacts: Annotated[bool, about("Whether what is entered changes which fields there are")]
    draft: Annotated[dict[str, Any], about("What was left half-filled")]
    kept_at: datetime | None


def form_asked(opened: OpenForm | None) -> FormAsked | None:
    """Return the form as it is told; None where there is none."""
    if opened is None:
        return None
    view = opened.form.layout(opened.values, {}, opened.context)
    return FormAsked(
        id=opened.form.id,
        fields=_fields(view.rows),
        reacts=opened.form.reacts,
        draft=dict(opened.values),
        kept_at=opened.kept_at,
    )


def _fields(rows: Iterable[Iterable[FieldView]]) -> list[FormField]:
    return [_field(field) for row in rows for field in row]


def _field(field: FieldView) -> FormField:
    return FormField(
        name=field.name,
        kind=field.kind,
        label=field.label,
        required=field.required,
        readonly=field.readonly,
        value=field.value,
        options=[Option(option.value, option.label) for option in field.options],
        fields=_fields(field.rows),
        items=[_fields(item.rows) for item in field.items],
    )
