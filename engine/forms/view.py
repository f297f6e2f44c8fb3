"""What a page needs to know to show a form; no HTML except that of texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model import Json, Sentence

COLUMNS = 16  #: Of the grid that forms are drawn on.


@dataclass(frozen=True, slots=True)
class OptionView:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One row of a list that people add rows to."""

    name: str  #: Such as ``witnesses.0``; naming it removes the row.
    number: int  #: From one.
    rows: tuple[tuple["FieldView", ...], ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A component at its place in the grid.

    Which members mean something depends on the kind: inputs have a value and an input
    type, choices have options, groups have rows, lists have items.
    """

    kind: str  #: The component type, such as ``textfield``.
    name: str  #: The name that its value is sent under.
    element: str  #: The id of its element in the page.
    label: str = ""
    help: str = ""
    columns: int = COLUMNS
    required: bool = False
    readonly: bool = False
    value: Json = None  #: As it is typed; the documents of a file field; a tick's state.
    shown: str = ""  #: The value as people read it.
    errors: tuple[Sentence, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)  #: Of the input element.
    prefix: str = ""
    suffix: str = ""
    options: tuple[OptionView, ...] = ()
    rows: tuple[tuple["FieldView", ...], ...] = ()
    items: tuple[ItemView, ...] = ()
    addable: bool = False
    html: str = ""  #: Safe; of a text.
    head: tuple[str, ...] = ()  #: Of a table.
    body: tuple[tuple[str, ...], ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultView:
    """A line of the summary above a form that was not accepted."""

    element: str | None  #: What to jump to; None where the page shows no such field.
    label: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as it is to be shown now."""

    rows: tuple[tuple[FieldView, ...], ...]
    faults: tuple[FaultView, ...] = ()
    kept: tuple[
        tuple[str, str], ...
    ] = ()  #: Names and values of hidden fields, to send along.
    reacts: bool = False  #: Whether what is entered changes which fields there are.
    uploads: bool = False  #: Whether there is a file field.
