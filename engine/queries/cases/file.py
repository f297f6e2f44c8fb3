"""Everything about one case, for those who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.masking import Veil
from engine.model import PUBLIC, Sentence, Variables
from engine.policy import LoadedPolicy
from engine.policy.sections.public import CUSTOMER
from engine.queries.cases.documents import StoredDocument
from engine.queries.cases.prints import OfferedPrint, offered_prints
from engine.queries.cases.related import RelatedCase, related_cases
from engine.queries.cases.timeline import Event, timeline
from engine.queries.handling.answers import Answer, AnswerReader
from engine.queries.handling.byhand import Choice, may_urge, withdrawable
from engine.queries.progress.executions import case_variables
from engine.queries.progress.pictures import Picture, pictures_of
from engine.queries.showing.masking import veil_over
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.showing.visibility import visible_case
from engine.store.erasing import may_erase
from engine.store.models import Case, Document, Incident, Task, TaskCandidate
from engine.store.onlookers import is_masked, revealed_until
from engine.store.reading import Reading

#: Members of what a page shows that no person wrote.
UNVEILED = frozenset(
    {"form", "guide", "guides", "picture", "pictures", "prints", "related", "signing"}
)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands at the head of everything about a case."""

    id: int
    number: str
    title: str
    customer: str | None
    policy_key: str
    policy: str
    version: int
    unit: str | None
    state: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    reason: str | None
    is_confidential: bool = False
    erased_at: datetime | None = None  #: When its personal data was erased.
    is_masked: bool = False  #: Whether the asking person sees personal data masked.
    revealed_until: datetime | None = None  #: For how long they see it who asked to.
    may_erase: bool = False  #: Whether the asking person may erase its personal data now.


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A task that a case waits for."""

    id: int
    name: str
    waits_for: tuple[str, ...]
    assignee: str | None
    due: DueTime | None
    created_at: datetime
    may_urge: bool = False  #: Whether the asking person may urge who has to do it.


@dataclass(frozen=True, slots=True)
class Stop:
    """An open incident."""

    id: int
    element_id: str | None
    sentence: Sentence
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFileView:
    """Everything about one case."""

    head: CaseHead
    tasks: tuple[CaseTask, ...]
    stops: tuple[Stop, ...]
    registered: tuple[Answer, ...]
    pictures: tuple[Picture, ...]
    events: tuple[Event, ...]
    documents: tuple[StoredDocument, ...]
    prints: tuple[OfferedPrint, ...]
    variables: Variables | None  #: Only for operations.
    related: tuple[RelatedCase, ...] = ()
    withdrawable: Choice | None = None  #: What the asking person can take back.


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its tasks, diagrams, history and documents."""

    case_id: int
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> CaseFileView:
        """Return it.

        Raises:
            NotFound: If there is none.
            NotAllowed: If it is not for this person.
        """
        case = visible_case(reading, self.case_id)
        veil = veil_over(reading, case)
        answers = AnswerReader(reading, case, self.language, veil)
        shown = CaseFileView(
            head=case_head(reading, case),
            tasks=open_tasks(reading, case),
            stops=_stops(reading, case),
            registered=answers.registered(),
            pictures=pictures_of(reading, case),
            events=timeline(reading, case, answers),
            documents=case_documents(reading, case),
            prints=offered_prints(reading, case, self.language),
            variables=_variables(reading, case, veil),
            withdrawable=withdrawable(reading, case),
        )
        veiled = veil.over(shown, but=UNVEILED)
        # What is told of other cases is masked by who works on those.
        return replace(veiled, related=related_cases(reading, case))


def case_head(reading: Reading, case: Case) -> CaseHead:
    """Return the head of *case*."""
    units = unit_names(reading, [case.unit])
    return CaseHead(
        id=case.id,
        number=case.number,
        title=case.title,
        customer=case.customer,
        policy_key=case.policy_key,
        policy=reading.loaded(case.deployment_id).settings.title,
        version=case.deployment.number,
        unit=units.get(case.unit or ""),
        state=case.state,
        started_at=case.started_at,
        started_by=people_names(reading, [case.started_by])[case.started_by],
        ended_at=case.ended_at,
        reason=case.reason,
        is_confidential=case.confidential,
        erased_at=case.erased_at,
        is_masked=is_masked(reading, case),
        revealed_until=revealed_until(reading, case.id),
        may_erase=case.state != "open"
        and case.erased_at is None
        and may_erase(reading.actor, reading.loaded(case.deployment_id)),
    )


def open_tasks(reading: Reading, case: Case) -> tuple[CaseTask, ...]:
    """Return the tasks that *case* waits for."""
    loaded = reading.loaded(case.deployment_id)
    tasks = reading.session.scalars(
        select(Task)
        .where(Task.case_id == case.id, Task.state == "open")
        .options(selectinload(Task.candidates))
        .order_by(Task.id)
    ).all()
    people = people_names(reading, (task.assignee for task in tasks))
    offered = _candidates(reading, tasks, loaded)
    return tuple(
        CaseTask(
            id=task.id,
            name=task.name,
            waits_for=offered[task.id],
            assignee=people.get(task.assignee or ""),
            due=due_time(task.due, task.warn, reading.now, loaded.calendar),
            created_at=task.created_at,
            may_urge=may_urge(reading, task),
        )
        for task in tasks
    )


def candidate_names(reading: Reading, task: Task) -> tuple[str, ...]:
    """Return whom *task* is offered to: roles with their units, and people."""
    loaded = reading.loaded(task.case.deployment_id)
    return _candidates(reading, [task], loaded)[task.id]


def _candidates(
    reading: Reading, tasks: Sequence[Task], policy: LoadedPolicy
) -> Mapping[int, tuple[str, ...]]:
    """Return whom each of these tasks of one policy is offered to."""
    offers = [candidate for task in tasks for candidate in task.candidates]
    units = unit_names(reading, (candidate.unit for candidate in offers))
    people = people_names(reading, (candidate.login for candidate in offers))

    def name(candidate: TaskCandidate) -> str:
        if candidate.role is None:
            return people.get(candidate.login or "", "")
        role = policy.roles.get(candidate.role)
        if candidate.role == CUSTOMER:
            return PUBLIC.name
        title = role.title if role else candidate.role
        return f"{title}（{units[candidate.unit]}）" if candidate.unit else title

    return {task.id: tuple(name(each) for each in task.candidates) for task in tasks}


def case_documents(reading: Reading, case: Case) -> tuple[StoredDocument, ...]:
    """Return the files of *case*, the oldest first."""
    if case.erased_at is not None:
        return ()
    documents: Sequence[Document] = reading.session.scalars(
        select(Document).where(Document.case_id == case.id).order_by(Document.id)
    ).all()
    return tuple(
        StoredDocument(each.id, each.name, each.media_type, each.size, each.digest)
        for each in documents
    )


def _variables(reading: Reading, case: Case, veil: Veil) -> Variables | None:
    """Return what the case knows, for operations."""
    if "operate" not in reading.actor.rights:
        return None
    variables = case_variables(reading, case)
    masked: Variables = veil.values(
        variables, reading.loaded(case.deployment_id).settings.personal
    )
    return masked


def _stops(reading: Reading, case: Case) -> tuple[Stop, ...]:
    rows = reading.session.scalars(
        select(Incident)
        .where(Incident.case_id == case.id, Incident.state == "open")
        .order_by(Incident.id)
    )
    return tuple(Stop(row.id, row.element_id, row.sentence, row.opened_at) for row in rows)
