"""A form: reads what was entered, judges it, and says how it is to be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.forms.component import Component
from engine.forms.context import FormContext
from engine.forms.decoding import Documents, Fields, decode, file_names
from engine.forms.filling import Filled, fill, fixed, get, has, put
from engine.forms.inputs import INPUTS
from engine.forms.layout import lay_out
from engine.forms.problems import FormProblem
from engine.forms.reading import Reader, read_document
from engine.forms.validating import faults_in, strangers
from engine.forms.view import FormView
from engine.model import Json, Sentence, Variables

Errors = Mapping[str, tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its author drew it, read once and used by many."""

    id: str
    components: tuple[Component, ...]
    problems: tuple[FormProblem, ...]
    expressions: tuple[tuple[str, str], ...]  #: Of each component, without the leading "=".
    reacts: bool = False  #: Whether what is entered changes which fields there are.
    reads: frozenset[str] = frozenset()  #: The names that its expressions look up.

    @property
    def keys(self) -> frozenset[str]:
        """The variables that it fills."""
        return frozenset(_keys(self.components))

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses that its fields carry out."""
        return frozenset(
            clause
            for outermost in self.components
            for component in outermost.walk()
            for clause in component.clauses
        )

    def decode(self, fields: Fields, files: Documents) -> dict[str, Json]:
        """Return what a browser sent as typed values, by the fields' names.

        What cannot be typed stays the text that was typed; what was not sent is left out.
        """
        return decode(self.components, fields, files)

    def file_names(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of *names* that are file fields, such as ``visits.0.photos``."""
        return file_names(self.components, names)

    def validate(self, values: Variables, context: FormContext) -> Errors:
        """Return what is wrong, by the field's name such as ``witnesses.0.name``."""
        errors: dict[str, tuple[Sentence, ...]] = {}
        for name, sentence in (
            *faults_in(fill(self.components, values, context)),
            *strangers(self.components, values),
        ):
            errors[name] = (*errors.get(name, ()), sentence)
        return errors

    def submission(self, values: Variables, context: FormContext) -> dict[str, Json]:
        """Return the variables that *values* set: hidden fields left out, presets in.

        Objects keep the members that the form does not show. It is for values that
        `validate` has found nothing wrong with.
        """
        found: dict[str, Json] = {}
        _submit(fill(self.components, values, context), found, context.variables, 0)
        return found

    def layout(
        self,
        values: Variables,
        errors: Errors,
        context: FormContext,
        *,
        reading: bool = False,
    ) -> FormView:
        """Return the form for the page, with what was entered and what is wrong with it.

        Args:
            values: What was entered, as `decode` returns it; empty for a new form.
            errors: As `validate` returns them.
            context: Whose variables fill the fields that have not been entered.
            reading: Whether *values* were entered once and are to be read as they were.
        """
        filled = fill(self.components, values, context, recorded=reading)
        return lay_out(filled, errors, reading=reading, reacts=self.reacts)


def parse_form(source: bytes) -> Form:
    """Return the form in a .form file.

    Raises:
        FormError: If it is not the JSON of a form. What is wrong inside it is in
            `Form.problems`.
    """
    document = read_document(source)
    reader = Reader(document)
    components = reader.read()
    return Form(
        id=document["id"],
        components=components,
        problems=tuple(reader.problems),
        expressions=tuple(reader.expressions),
        reacts=reader.reacts,
        reads=reader.reads,
    )


def _keys(components: Sequence[Component]) -> list[str]:
    names = []
    for component in components:
        if component.path and component.kind != "button":
            names.append(component.path[0])
        elif component.kind == "group":
            names += _keys(component.children)
    return names


def _submit(
    filled: Sequence[Filled], found: dict[str, Json], before: Variables, depth: int
) -> None:
    """Put the values of visible fields into *found*, by their path below *depth*."""
    for field in filled:
        component, path = field.component, field.path[depth:]
        if field.hidden:
            continue
        if component.kind == "group":
            _submit(field.children, found, before, depth)
        elif component.kind == "dynamiclist":
            old = get(before, path) if fixed(component) else None
            put(found, path, _rows(field, old if isinstance(old, list) else []), before)
        elif component.kind == "expression" or (
            component.kind in INPUTS and not (field.readonly and has(before, path))
        ):
            put(found, path, field.value, before)


def _rows(field: Filled, old: Sequence[Variables]) -> list[dict[str, Json]]:
    rows = []
    for index, row in enumerate(field.rows):
        before = old[index] if index < len(old) else {}
        values = {**before}
        _submit(row, values, before, len(field.path) + 1)
        rows.append(values)
    return rows
