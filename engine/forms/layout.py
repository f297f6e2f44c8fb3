"""Places the fields of a form on a grid of 16 columns, with all that a page shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from engine.forms.elements import attributes, chosen, typed
from engine.forms.filling import MOST_ROWS, Filled, fixed
from engine.forms.inputs import INPUTS
from engine.forms.inputs.choice import spelled
from engine.forms.inputs.moment import subtype
from engine.forms.view import COLUMNS, FaultView, FieldView, FormView, ItemView
from engine.forms.wording import markdown, readable
from engine.model import Json, Sentence

Errors = Mapping[str, tuple[Sentence, ...]]
Rows = tuple[tuple[FieldView, ...], ...]


def lay_out(
    filled: Sequence[Filled], errors: Errors, *, reading: bool, reacts: bool
) -> FormView:
    """Return the view of a filled form; for *reading* only what holds something."""
    drawing = _Drawing(errors, reading)
    rows = drawing.rows(filled)
    views = [view for view, _ in _labelled(rows, "")]
    return FormView(
        rows=rows,
        faults=tuple(_faults(rows, errors)),
        kept=() if reading else tuple(_kept(filled)),
        reacts=reacts and not reading,
        uploads=any(view.kind == "filepicker" and not view.readonly for view in views),
    )


class _Drawing:
    """Draws the fields of one form."""

    def __init__(self, errors: Errors, reading: bool) -> None:
        self._errors, self._reading = errors, reading

    def rows(self, filled: Sequence[Filled]) -> Rows:
        """Return the rows of the grid; fields that name the same row stand side by side."""
        shown = [field for field in filled if not field.hidden and self._is_shown(field)]
        rows = (list(row) for _, row in groupby(enumerate(shown), _row_of))
        return tuple(self._row([field for _, field in row]) for row in rows)

    def _row(self, fields: Sequence[Filled]) -> tuple[FieldView, ...]:
        wanted = [_columns(field) for field in fields]
        free = COLUMNS - sum(wish or 0 for wish in wanted)
        share = max(1, free // max(1, wanted.count(None)))
        return tuple(
            replace(self._field(field), columns=wish or share)
            for field, wish in zip(fields, wanted, strict=True)
        )

    def _is_shown(self, field: Filled) -> bool:
        kind = field.component.kind
        if kind == "button":
            return False
        if kind == "expression":
            return bool(field.component.words("label", field.scope))
        if not self._reading:
            return True
        if kind == "group":
            return any(
                self._is_shown(child) for child in field.children if not child.hidden
            )
        if kind == "dynamiclist":
            return bool(field.rows)
        return kind in INPUTS and field.value not in (None, "", [])

    def _field(self, field: Filled) -> FieldView:
        component, scope, name = (
            field.component,
            field.scope,
            field.name or field.component.id,
        )
        drawn = FieldView(
            kind=component.kind,
            name=name,
            element="f-" + name.replace(".", "-"),
            label=_label(field),
            help=component.words("description", scope),
            readonly=field.readonly or self._reading,
            errors=self._errors.get(field.name, ()) if field.name else (),
            clauses=component.clauses,
        )
        if component.kind in INPUTS or component.kind == "expression":
            return self._input(field, drawn)
        draw = _SHOWN.get(component.kind)
        if draw is not None:
            return draw(field, drawn)
        if component.kind == "group":
            return replace(drawn, rows=self.rows(field.children))
        if component.kind == "dynamiclist":
            return self._list(field, drawn)
        return drawn

    def _input(self, field: Filled, drawn: FieldView) -> FieldView:
        component, scope = field.component, field.scope
        return replace(
            drawn,
            required=component.flag("validate.required", scope) and not drawn.readonly,
            readonly=drawn.readonly or component.kind == "expression",
            value=typed(component, field.value),
            shown=readable(component, field.value, scope),
            attributes=attributes(component, field.value, scope),
            prefix=component.words("appearance.prefixAdorner", scope),
            suffix=component.words("appearance.suffixAdorner", scope),
            options=chosen(component, field.value, scope),
        )

    def _list(self, field: Filled, drawn: FieldView) -> FieldView:
        items = tuple(
            ItemView(f"{field.name}.{index}", index + 1, self.rows(row))
            for index, row in enumerate(field.rows)
        )
        open_ended = not drawn.readonly and not fixed(field.component)
        return replace(
            drawn,
            items=items,
            readonly=not open_ended,
            addable=open_ended and len(items) < MOST_ROWS,
        )


def _label(field: Filled) -> str:
    names = ("label", "dateLabel", "timeLabel")
    label, day, clock = (field.component.words(name, field.scope) for name in names)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(day, clock, strict=False))
    shared = "".join(character for character, _ in same).rstrip("（(-—–:： ")
    if not label and len(shared) > 1 and subtype(field.component) == "datetime":
        return shared  # One input takes both: 受理时间（日期）, 受理时间（时间）.
    return label or day or clock


def _row_of(place: tuple[int, Filled]) -> str:
    index, field = place
    return str(field.component.plain("layout.row") or f"alone-{index}")


def _columns(field: Filled) -> int | None:
    columns = field.component.plain("layout.columns")
    return int(columns) if columns and 1 <= columns <= COLUMNS else None


def _text(field: Filled, drawn: FieldView) -> FieldView:
    return replace(
        drawn, html=markdown(field.component.spoken("text", field.scope), field.scope)
    )


def _image(field: Filled, drawn: FieldView) -> FieldView:
    source = field.component.setting("source", field.scope)
    alt = field.component.words("alt", field.scope)
    if isinstance(source, str) and source.startswith(("/", "data:image/")):
        return replace(drawn, attributes={"src": source}, label=alt)
    documents = source if isinstance(source, list) else [source]
    pictures = [each for each in documents if isinstance(each, dict) and "document" in each]
    return replace(drawn, value=pictures, label=alt)


def _table(field: Filled, drawn: FieldView) -> FieldView:
    component, scope = field.component, field.scope
    columns = (
        component.plain("columns") or component.setting("columnsExpression", scope) or []
    )
    columns = [column for column in columns if isinstance(column, dict)]
    data = component.setting("dataSource", scope)
    if isinstance(data, str):  # A name without "=" is a variable's.
        data = scope.names.get(data)
    rows = [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
    return replace(
        drawn,
        head=tuple(str(column.get("label") or column.get("key")) for column in columns),
        body=tuple(
            tuple(_cell(row.get(column.get("key"))) for column in columns) for row in rows
        ),
    )


def _cell(value: Json) -> str:
    return "" if value is None else spelled(value)


_SHOWN: dict[str, Callable[[Filled, FieldView], FieldView]] = {
    "text": _text,
    "image": _image,
    "table": _table,
}


def _faults(rows: Rows, errors: Errors) -> Iterator[FaultView]:
    """Give the lines of the summary, in the order of the fields, then those without one."""
    shown = set()
    for view, label in _labelled(rows, ""):
        shown.add(view.name)
        yield from (FaultView(view.element, label, sentence) for sentence in view.errors)
    for name, sentences in errors.items():
        if name not in shown:
            yield from (FaultView(None, name, sentence) for sentence in sentences)


def _labelled(rows: Rows, around: str) -> Iterator[tuple[FieldView, str]]:
    """Give every field with a label that says which row it is in, such as 证人 2 · 姓名."""
    for row in rows:
        for view in row:
            yield view, around + view.label
            yield from _labelled(view.rows, around)
            for item in view.items:
                inside = f"{around}{view.label} {item.number} · "
                yield from _labelled(item.rows, inside)


def _kept(filled: Sequence[Filled]) -> Iterator[tuple[str, str]]:
    """Give what hidden fields hold, so that it is still there when they are shown again."""
    for field in filled:
        if field.component.kind in ("group", "dynamiclist"):
            for inside in (field.children, *field.rows):
                yield from _kept(inside)
        elif field.hidden and field.component.kind in INPUTS:
            value = field.value if isinstance(field.value, list) else [field.value]
            texts = (_sent(each) for each in value if each not in (None, False))
            yield from ((field.name, text) for text in texts)


def _sent(value: Json) -> str:
    if isinstance(value, dict) and "document" in value:
        return str(value["document"])
    return "on" if value is True else spelled(value)
