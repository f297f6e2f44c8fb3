"""What people entered on forms, as question and answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.forms import FieldView, Form, FormContext, FormView
from engine.model import Json, Variables
from engine.store.facts import form_context
from engine.store.models import Case, Submission
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a form and what was answered."""

    label: str
    text: str
    is_ticked: bool = False  #: A tick has no text.
    documents: tuple[Json, ...] = ()


def answers_of(
    reading: Reading, submission: Submission, case: Case, language: str
) -> tuple[Answer, ...]:
    """Return what *submission* says, in the order of its form; nothing once erased."""
    loaded = reading.loaded(case.deployment_id)
    form = loaded.forms.get(submission.form_id or "")
    if form is None or submission.values is None:
        return ()
    context = form_context(reading, loaded, {}, case, language)
    return answers_on(form, submission.values, context)


def answers_on(form: Form, values: Variables, context: FormContext) -> tuple[Answer, ...]:
    """Return what *values* say on *form*."""
    return tuple(_answers(form.layout(values, {}, context, reading=True)))


def _answers(view: FormView) -> Iterator[Answer]:
    for row in view.rows:
        for field in row:
            yield from _answer(field, "")


def _answer(field: FieldView, before: str) -> Iterator[Answer]:
    for row in field.rows:
        for inside in row:
            yield from _answer(inside, before)
    for item in field.items:
        for row in item.rows:
            for inside in row:
                yield from _answer(inside, f"{field.label} {item.number} · ")
    label = before + field.label
    if field.kind == "filepicker" and isinstance(field.value, list | tuple):
        yield Answer(label, "", documents=tuple(field.value))
    elif field.value is True:
        yield Answer(label, "", is_ticked=True)
    elif field.shown:
        yield Answer(label, field.shown)
