"""What people entered on forms, as question and answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from engine.forms import FieldView, FormView
from engine.masking import NO_VEIL, Veil, mask
from engine.model import Json
from engine.store.facts import form_context
from engine.store.models import Case, Submission, SurveyAnswer
from engine.store.reading import Reading

#: The commands by which people enter something on a form on the way of a case.
_ENTERED = ("StartCase", "StartPublicly", "CarryOut", "CompleteTask", "CompleteAsCustomer")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a form and what was answered."""

    label: str
    text: str
    is_ticked: bool = False  #: A tick has no text.
    documents: tuple[Json, ...] = ()


class AnswerReader:
    """Reads what was entered on the forms of one case.

    Args:
        reading: The question that it belongs to.
        case: The case.
        language: Of the labels.
        veil: What lies over the case for the asking person.
    """

    def __init__(
        self, reading: Reading, case: Case, language: str, veil: Veil = NO_VEIL
    ) -> None:
        self._veil = veil
        self._loaded = reading.loaded(case.deployment_id)
        self._context = form_context(reading, self._loaded, {}, case, language)
        rows = reading.session.scalars(
            select(Submission)
            .where(
                Submission.case_id == case.id,
                Submission.command.in_(_ENTERED),
            )
            .order_by(Submission.id)
        )
        self._submissions = {row.task_id: row for row in rows}
        self._reading = reading
        self._case = case

    def registered(self) -> tuple[Answer, ...]:
        """Return what was entered when the case was registered."""
        return self.entered_at(None)

    def entered_at(self, task_id: int | None) -> tuple[Answer, ...]:
        """Return what was entered at a task; nothing without a form, or once erased."""
        return self._answers_in(self._submissions.get(task_id))

    def surveyed(self) -> tuple[Answer, ...]:
        """Return what the customer answered to the survey; nothing until they did."""
        chosen = (
            select(Submission)
            .join(SurveyAnswer, SurveyAnswer.submission_id == Submission.id)
            .where(SurveyAnswer.case_id == self._case.id)
        )
        return self._answers_in(self._reading.session.scalar(chosen))

    def _answers_in(self, submission: Submission | None) -> tuple[Answer, ...]:
        if submission is None or submission.values is None:
            return ()
        form = self._loaded.forms.get(submission.form_id or "")
        if form is None:
            return ()
        view = form.layout(submission.values, {}, self._context, reading=True)
        masked = self._loaded.settings.personal if self._veil else ()
        return tuple(_answers(view, frozenset(masked)))


def _answers(view: FormView, masked: frozenset[str]) -> Iterator[Answer]:
    for row in view.rows:
        for field in row:
            yield from _answer(field, "", masked)


def _answer(field: FieldView, before: str, masked: frozenset[str]) -> Iterator[Answer]:
    for row in field.rows:
        for inside in row:
            yield from _answer(inside, before, masked)
    for item in field.items:
        for row in item.rows:
            for inside in row:
                yield from _answer(inside, f"{field.label} {item.number} · ", masked)
    label = before + field.label
    if field.kind == "filepicker" and isinstance(field.value, list | tuple):
        yield Answer(label, "", documents=tuple(field.value))
    elif field.value is True:
        yield Answer(label, "", is_ticked=True)
    elif field.shown:
        # A choice is shown by its label, which is as personal as its value.
        yield Answer(label, mask(field.shown) if _path(field) in masked else field.shown)


def _path(field: FieldView) -> str:
    """Return the path of the variable that a field is about, in each item of a list."""
    return ".".join(part for part in field.name.split(".") if not part.isdigit())
