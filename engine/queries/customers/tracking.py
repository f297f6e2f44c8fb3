"""What the customer of a case is told: how far it got, what is asked, how it ended.

Nothing here speaks of people inside or of other cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.feel import render_template
from engine.model import EngineError, Variables
from engine.policy import LoadedPolicy
from engine.policy.sections.public import CUSTOMER
from engine.queries.progress.executions import case_variables
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.tasks.one import OpenForm
from engine.store.facts import case_facts, feel_context, form_context
from engine.store.models import Activity, Case, CustomerLetter, Task, TaskCandidate
from engine.store.reading import Reading
from engine.store.surveys import answer_to_survey
from engine.store.tracking import address_of, case_by, mark_of


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the customer is told of it."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """Something that waits for the customer."""

    task_id: int
    name: str
    asked_at: datetime
    due: DueTime | None
    form: OpenForm


@dataclass(frozen=True, slots=True)
class Survey:
    """The survey after a case."""

    form: OpenForm
    until: datetime


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter that was written to the customer."""

    title: str
    body: str  #: Markdown.
    at: datetime


@dataclass(frozen=True, slots=True)
class Tracked:
    """One case as its customer sees it."""

    number: str
    subject: str  #: What was complained about, in the words of the public start.
    state: str  #: open, closed or cancelled.
    filed_at: datetime
    ended_at: datetime | None
    told: tuple[Told, ...]  #: The latest first.
    questions: tuple[Question, ...]
    letters: tuple[LetterTold, ...]  #: The latest first.
    survey: Survey | None  #: While it can be answered.
    surveyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """The case that a token leads to."""

    token: str
    language: str = "zh_CN"
    site: str = ""  #: The address at which customers reach this installation.

    def answer(self, reading: Reading) -> Tracked:
        """Return it.

        Raises:
            NotFound: If the token leads nowhere: never did, or no longer.
        """
        case = case_by(reading, self.token)
        return _CaseTold(reading, case, self.language).all(
            address_of(self.site, self.token)
        )


class _CaseTold:
    """Gathers what the customer of one case is told."""

    def __init__(self, reading: Reading, case: Case, language: str) -> None:
        self._reading = reading
        self._case = case
        self._language = language
        self._loaded: LoadedPolicy = reading.loaded(case.deployment_id)

    def all(self, here: str) -> Tracked:
        """Return all of it; letters name the page as the address *here*."""
        answered = answer_to_survey(self._reading, self._case.id)
        return Tracked(
            number=self._case.number,
            subject=self._subject(),
            state=self._case.state,
            filed_at=self._case.started_at,
            ended_at=self._case.ended_at,
            told=tuple(self._told()),
            questions=tuple(self._questions()),
            letters=tuple(self._letters(here)),
            survey=None if answered else self._survey(),
            surveyed_at=answered.at if answered else None,
        )

    def _subject(self) -> str:
        settings = self._loaded.settings
        for start in settings.starts:
            if (start.process, start.by) == (self._case.process_id, "public"):
                return start.title
        return settings.title

    def _told(self) -> Iterator[Told]:
        """Yield what is said of the steps come to, each once, the latest first."""
        rows = self._reading.session.execute(
            select(Activity.process_id, Activity.element_id, Activity.entered_at)
            .where(Activity.case_id == self._case.id)
            .order_by(Activity.id.desc())
        )
        variables = case_variables(self._reading, self._case)
        seen: set[str] = set()
        for row in rows:
            text = self._text(row.process_id, row.element_id, variables)
            if text and text not in seen:
                seen.add(text)
                yield Told(text, row.entered_at)

    def _text(self, process_id: str, element_id: str, variables: Variables) -> str:
        process = self._loaded.definitions.processes.get(process_id)
        element = None if process is None else process.elements.get(element_id)
        template = "" if element is None else element.properties.get("public", "")
        if "{{" not in template:
            return template.strip()
        names = {**variables, **case_facts(self._case, self._loaded)}
        try:
            said = render_template(
                template, names, feel_context(self._reading, self._loaded)
            )
        except EngineError:
            return ""  # Half a sentence would say something that nobody meant.
        return said.strip()

    def _letters(self, here: str) -> Iterator[LetterTold]:
        mark = mark_of(self._reading, self._case.id)
        rows = self._reading.session.scalars(
            select(CustomerLetter)
            .where(CustomerLetter.case_id == self._case.id)
            .order_by(CustomerLetter.id.desc())
        )
        for row in rows:
            title, body = row.title.replace(mark, here), row.body.replace(mark, here)
            yield LetterTold(title, body, row.at)

    def _questions(self) -> Iterator[Question]:
        tasks = self._reading.session.scalars(
            select(Task)
            .join(TaskCandidate, TaskCandidate.task_id == Task.id)
            .where(
                Task.case_id == self._case.id,
                Task.state == "open",
                TaskCandidate.role == CUSTOMER,
            )
            .order_by(Task.id)
        )
        for task in tasks.unique():
            variables = case_variables(self._reading, self._case, task.token)
            form = self._form(task.form_id, variables)
            if form is not None:
                due = due_time(
                    task.due, task.warn, self._reading.now, self._loaded.calendar
                )
                yield Question(task.id, task.name, task.created_at, due, form)

    def _survey(self) -> Survey | None:
        public, ended_at = self._loaded.settings.public, self._case.ended_at
        if public is None or self._case.state != "closed" or ended_at is None:
            return None
        until = ended_at + timedelta(days=public.survey_days)
        if self._reading.now > until:
            return None
        form = self._form(public.survey, case_variables(self._reading, self._case))
        return None if form is None else Survey(form, until)

    def _form(self, form_id: str | None, variables: Variables) -> OpenForm | None:
        if form_id is None:
            return None
        form = self._loaded.forms[form_id]
        context = form_context(
            self._reading, self._loaded, variables, self._case, self._language, form=form
        )
        return OpenForm(form=form, context=context, values={}, kept_at=None)
