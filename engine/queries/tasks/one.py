"""One task, with all that a person needs to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.forms import Form, FormContext
from engine.model import TaskId, Variables
from engine.policy import LoadedPolicy
from engine.queries.cases.documents import StoredDocument
from engine.queries.cases.file import (
    UNVEILED,
    CaseHead,
    candidate_names,
    case_documents,
    case_head,
)
from engine.queries.cases.timeline import Event, timeline
from engine.queries.handling.answers import Answer, AnswerReader
from engine.queries.handling.byhand import ByHand, by_hand
from engine.queries.handling.signing import Signing, signing_at
from engine.queries.policies.guides import GuideText, guides_at
from engine.queries.progress.executions import case_variables
from engine.queries.progress.pictures import Picture, picture_of
from engine.queries.showing.masking import veil_over
from engine.queries.showing.names import people_names
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.showing.visibility import visible_case
from engine.store.drafts import draft_at, no_draft, task_place
from engine.store.facts import form_context
from engine.store.models import Case, Deployment, Exclusion, Task, TaskCandidate
from engine.store.reading import Reading, no_task
from engine.store.visibility import is_candidate, is_offered


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """A clause that asks for the step, in the policy's words."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form to be filled in, with what is known and what was typed before."""

    form: Form
    context: FormContext
    values: Variables  #: The draft; empty without one.
    kept_at: datetime | None  #: When the draft was kept.


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task."""

    id: int
    name: str
    state: str  #: open, completed or cancelled.
    case: CaseHead
    process_id: str
    assignee: str | None
    is_mine: bool
    may_claim: bool
    waits_for: tuple[str, ...]
    due: DueTime | None
    follow_up: datetime | None
    created_at: datetime
    ended_at: datetime | None
    completed_by: str | None
    clauses: tuple[ClauseWords, ...]
    guide: str  #: Markdown; may be empty.
    guides: tuple[GuideText, ...]
    signing: Signing | None  #: Where completing it asks for a signature.
    form: OpenForm | None  #: Only while the task is the asking person's.
    entered: tuple[Answer, ...]  #: What was entered at this step, once completed.
    registered: tuple[Answer, ...]
    picture: Picture | None
    events: tuple[Event, ...]
    documents: tuple[StoredDocument, ...]
    by_hand: ByHand


@dataclass(frozen=True, slots=True)
class OneTask:
    """A task of a case that the asking person may see."""

    task_id: int
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> TaskView:
        """Return it.

        Raises:
            NotFound: If there is none.
            NotAllowed: If its case is not for this person.
        """
        task = reading.find_task(self.task_id)
        case = visible_case(reading, task.case_id)
        loaded = reading.loaded(case.deployment_id)
        people = people_names(reading, [task.assignee, task.completed_by])
        veil = veil_over(reading, case)
        answers = AnswerReader(reading, case, self.language, veil)
        is_mine = task.assignee == reading.actor.login
        is_open = task.state == "open"
        shown = TaskView(
            id=task.id,
            name=task.name,
            state=task.state,
            case=case_head(reading, case),
            process_id=task.process_id,
            assignee=people.get(task.assignee or ""),
            is_mine=is_mine,
            may_claim=is_open and not task.assignee and is_candidate(reading.actor, task),
            waits_for=candidate_names(reading, task),
            due=due_time(task.due, task.warn, reading.now, loaded.calendar),
            follow_up=task.follow_up,
            created_at=task.created_at,
            ended_at=task.ended_at,
            completed_by=people.get(task.completed_by or ""),
            clauses=_clauses(task, loaded),
            guide=_guide(task, loaded),
            guides=guides_at(loaded, task.process_id, task.element_id),
            signing=signing_at(reading, task),
            form=_form(reading, task, loaded, self.language)
            if is_open and is_mine
            else None,
            entered=answers.entered_at(task.id),
            registered=answers.registered(),
            picture=picture_of(reading, case, task.process_id),
            events=timeline(reading, case),
            documents=case_documents(reading, case),
            by_hand=by_hand(reading, task),
        )
        return veil.over(shown, but=UNVEILED)


@dataclass(frozen=True, slots=True)
class TaskFields:
    """The form of a task alone, to read what was sent by."""

    task_id: int
    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> Form | None:
        """Return it; None for a task that is over or has no form.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If its case is not for this person.
        """
        me = {"of_task": self.task_id, "of_login": reading.actor.login}
        rows = reading.execute(_FIELDS, me).all()
        task = rows[0] if rows else None
        if task is None:
            raise no_task(self.task_id)
        takes_part = reading.actor.login in (task.assignee, task.completed_by) or any(
            is_offered(reading.actor, row.role, row.unit, row.login) for row in rows
        )
        if task.excluded is not None or task.confidential or not takes_part:
            visible_case(reading, task.case_id)  # It says no to who is kept away.
        if task.form_id is None or task.state != "open":
            return None
        return reading.policy_of(task.deployment_id, task.digest).forms[task.form_id]


# Every form that is sent asks this: one statement, and no more than is needed.
_TASKS, _CASES, _OFFERS = Task.__table__, Case.__table__, TaskCandidate.__table__
_AWAY, _DEPLOYED = Exclusion.__table__, Deployment.__table__
_FIELDS = (
    select(
        *(_TASKS.c.form_id, _TASKS.c.state, _TASKS.c.assignee, _TASKS.c.completed_by),
        *(_TASKS.c.case_id, _CASES.c.deployment_id, _DEPLOYED.c.digest),
        _CASES.c.confidential,
        *(_OFFERS.c.role, _OFFERS.c.unit, _OFFERS.c.login),
        _AWAY.c.login.label("excluded"),
    )
    .select_from(
        _TASKS.join(_CASES, _CASES.c.id == _TASKS.c.case_id)
        .join(_DEPLOYED, _DEPLOYED.c.id == _CASES.c.deployment_id)
        .outerjoin(_OFFERS, _OFFERS.c.task_id == _TASKS.c.id)
        .outerjoin(
            _AWAY,
            (_AWAY.c.case_id == _TASKS.c.case_id)
            & (_AWAY.c.login == bindparam("of_login")),
        )
    )
    .where(_TASKS.c.id == bindparam("of_task"))
)


@dataclass(frozen=True, slots=True)
class TaskForm:
    """The form of a task that the asking person is doing."""

    task_id: int
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> OpenForm | None:
        """Return it; None for a task without a form.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If its case is not for this person.
        """
        task = reading.find_task(self.task_id)
        visible_case(reading, task.case_id)
        loaded = reading.loaded(task.case.deployment_id)
        return _form(reading, task, loaded, self.language)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What the asking person left half-filled."""

    values: Variables
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What the asking person left half-filled at a task."""

    task_id: TaskId

    def answer(self, reading: Reading) -> KeptDraft:
        """Return it.

        Raises:
            NotFound: If there is no such task, or nothing is kept.
            NotAllowed: If its case is not for this person.
        """
        task = reading.find_task(self.task_id)
        visible_case(reading, task.case_id)
        kept = draft_at(reading, task_place(task.id))
        if kept is None:
            raise no_draft(task.id)
        return KeptDraft(kept.fields, kept.at)


def _form(
    reading: Reading, task: Task, loaded: LoadedPolicy, language: str
) -> OpenForm | None:
    if task.form_id is None or task.state != "open":
        return None
    draft = draft_at(reading, task_place(task.id))
    variables = case_variables(reading, task.case, task.token)
    form = loaded.forms[task.form_id]
    return OpenForm(
        form=form,
        context=form_context(reading, loaded, variables, task.case, language, form=form),
        values=draft.fields if draft else {},
        kept_at=draft.at if draft else None,
    )


def _clauses(task: Task, loaded: LoadedPolicy) -> tuple[ClauseWords, ...]:
    return tuple(
        ClauseWords(clause, loaded.clauses[clause].says)
        for clause in task.clauses
        if clause in loaded.clauses
    )


def _guide(task: Task, loaded: LoadedPolicy) -> str:
    properties: Mapping[str, str] = task.properties
    if properties.get("guide"):
        return properties["guide"]
    process = loaded.definitions.processes.get(task.process_id)
    element = process and process.elements.get(task.element_id)
    return (element and element.documentation) or ""
