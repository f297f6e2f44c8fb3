"""All that one case did and waits for, for scenarios to compare with what they expect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.bpmn import Execution, Saved
from engine.feel import Context
from engine.model import Actor, CaseId, NotFound, Sentence, TaskId, Variables
from engine.policy.ids import listed_ids
from engine.policy.sections.public import CUSTOMER
from engine.queries.progress.executions import flows_taken
from engine.queries.showing.visibility import require_right
from engine.store.facts import carried_facts, feel_context
from engine.store.models import (
    Activity,
    Case,
    CustomerLetter,
    DecisionTaken,
    Delivery,
    Incident,
    Job,
    Notice,
    SavedExecution,
    Task,
)
from engine.store.people import actor_of
from engine.store.reading import Reading
from engine.store.visibility import is_candidate, is_kept_from


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task that waits."""

    id: TaskId
    element_id: str
    name: str
    roles: tuple[str, ...]
    due: datetime | None
    warn: datetime | None
    form_id: str | None
    assignee: str | None = None  #: The login of whose it is.


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """A place where the case is stopped."""

    id: int
    element_id: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class SentNotice:
    """A letter, or a reminder of a task, that went to somebody."""

    kind: str  #: letter, reminder, overdue or routed.
    about: str  #: Id of the letter or of the element of the task.
    login: str  #: `CUSTOMER` for the customer; empty for who has only an address.
    address: str | None = None  #: The e-mail address it went to, unless to a login.


@dataclass(frozen=True, slots=True)
class Trace:
    """One case, as it stands and as it came there."""

    number: str
    state: str
    variables: Variables
    facts: Variables
    context: Context
    ends: frozenset[str]  #: Ids of all end events reached, in called processes too.
    tasks: tuple[WaitingTask, ...]
    incidents: tuple[OpenIncident, ...]
    notices: tuple[SentNotice, ...]
    flows: frozenset[tuple[str, str]]  #: Process and flow.
    rules: frozenset[tuple[str, str]]  #: Decision and rule.


@dataclass(frozen=True, slots=True)
class Waits:
    """What one case waits for."""

    tasks: tuple[WaitingTask, ...]
    incidents: tuple[OpenIncident, ...]


@dataclass(frozen=True, slots=True)
class CaseWaits:
    """What a case waits for; of its trace what is asked for at each step."""

    case_id: int

    def answer(self, reading: Reading) -> Waits:
        """Return its open tasks and incidents; for whoever may audit."""
        require_right(reading.actor, "audit")
        case = reading.find_case(self.case_id)
        return Waits(
            tasks=tuple(map(_waiting, _open_tasks(reading, case))),
            incidents=_incidents(reading, case),
        )


@dataclass(frozen=True, slots=True)
class Way:
    """The way that one case came."""

    flows: frozenset[tuple[str, str]]  #: Process and flow.
    rules: frozenset[tuple[str, str]]  #: Decision and rule.


@dataclass(frozen=True, slots=True)
class CaseWay:
    """The way that a case came; of its trace what says where it was."""

    case_id: int

    def answer(self, reading: Reading) -> Way:
        """Return all flows and rules that it took; for whoever may audit."""
        require_right(reading.actor, "audit")
        case = reading.find_case(self.case_id)
        return Way(_flows(reading, case), _rules(reading, case))


@dataclass(frozen=True, slots=True)
class CaseTrace:
    """What a case did."""

    case_id: int

    def answer(self, reading: Reading) -> Trace:
        """Return all of it; for whoever may audit."""
        require_right(reading.actor, "audit")
        case = reading.find_case(self.case_id)
        policy = reading.loaded(case.deployment_id)
        saved = reading.session.get_one(SavedExecution, case.id)
        execution = Execution.load(
            policy.definitions, Saved(state=saved.state, variables=saved.variables)
        )
        return Trace(
            number=case.number,
            state=case.state,
            variables=execution.variables,
            facts=carried_facts(reading, case, policy),
            context=feel_context(reading, policy),
            ends=_ends(reading, case),
            tasks=tuple(map(_waiting, _open_tasks(reading, case))),
            incidents=_incidents(reading, case),
            notices=_notices(reading, case),
            flows=_flows(reading, case),
            rules=_rules(reading, case),
        )


@dataclass(frozen=True, slots=True)
class CaseNumbered:
    """A case by its number."""

    number: str

    def answer(self, reading: Reading) -> CaseId:
        """Return its id.

        Raises:
            NotFound: If there is no case with this number.
        """
        require_right(reading.actor, "audit")
        found = reading.session.scalar(select(Case.id).where(Case.number == self.number))
        if found is None:
            raise NotFound(
                "Expected to find case {case}, but there is none.", case=self.number
            )
        return CaseId(found)


@dataclass(frozen=True, slots=True)
class ActorsFor:
    """Who of some people may do a task, in their order."""

    task_id: TaskId
    logins: tuple[str, ...]

    def answer(self, reading: Reading) -> tuple[Actor, ...]:
        """Return those whose it is or to whom it is offered, and who are not excluded."""
        require_right(reading.actor, "audit")
        task = reading.find_task(self.task_id)
        actors = [actor_of(reading.person_called(login)) for login in self.logins]
        return tuple(
            actor
            for actor in actors
            if (task.assignee or actor.login) == actor.login
            and (task.assignee == actor.login or is_candidate(actor, task))
            and not is_kept_from(reading, actor, task.case_id)
        )


@dataclass(frozen=True, slots=True)
class ActorCalled:
    """Somebody by login, as one who gives commands."""

    login: str

    def answer(self, reading: Reading) -> Actor:
        """Return the person with the roles and rights they hold."""
        require_right(reading.actor, "audit")
        return actor_of(reading.person_called(self.login))


@dataclass(frozen=True, slots=True)
class NextJobOf:
    """The job that falls due first for a case."""

    case_id: int

    def answer(self, reading: Reading) -> tuple[int, datetime] | None:
        """Return its id and when it is due; None if the machine owes nothing."""
        require_right(reading.actor, "audit")
        chosen = (
            select(Job.id, Job.due_at)
            .where(Job.case_id == self.case_id, Job.state == "waiting")
            .order_by(Job.due_at, Job.id)
            .limit(1)
        )
        row = reading.session.execute(chosen).first()
        return None if row is None else (row.id, row.due_at)


@dataclass(frozen=True, slots=True)
class PlannedStart:
    """A start by schedule that is to come."""

    job_id: int
    element: str


@dataclass(frozen=True, slots=True)
class ScheduledStart:
    """The next start of a process by its schedule."""

    policy_key: str
    process_id: str

    def answer(self, reading: Reading) -> PlannedStart | None:
        """Return it; None if nothing starts the process by schedule."""
        require_right(reading.actor, "audit")
        chosen = select(Job).where(Job.kind == "schedule", Job.state == "waiting")
        for job in reading.session.scalars(chosen.order_by(Job.id)):
            planned = job.payload
            if (planned["policy"], planned["process"]) == (
                self.policy_key,
                self.process_id,
            ):
                return PlannedStart(job.id, planned["element"])
        return None


def _open_tasks(reading: Reading, case: Case) -> Sequence[Task]:
    chosen = select(Task).where(Task.case_id == case.id, Task.state == "open")
    return reading.session.scalars(chosen.order_by(Task.id)).all()


def _waiting(task: Task) -> WaitingTask:
    return WaitingTask(
        id=TaskId(task.id),
        element_id=task.element_id,
        name=task.name,
        roles=tuple(each.role for each in task.candidates if each.role is not None),
        due=task.due,
        warn=task.warn,
        form_id=task.form_id,
        assignee=task.assignee,
    )


def _ends(reading: Reading, case: Case) -> frozenset[str]:
    chosen = select(Activity.element_id).where(
        Activity.case_id == case.id, Activity.kind == "endEvent"
    )
    return frozenset(reading.session.scalars(chosen)) | frozenset(case.end_events)


def _incidents(reading: Reading, case: Case) -> tuple[OpenIncident, ...]:
    chosen = select(Incident).where(Incident.case_id == case.id, Incident.state == "open")
    return tuple(
        OpenIncident(incident.id, incident.element_id, incident.sentence)
        for incident in reading.session.scalars(chosen.order_by(Incident.id))
    )


def _notices(reading: Reading, case: Case) -> tuple[SentNotice, ...]:
    chosen = (
        select(Notice.kind, Notice.letter, Task.element_id, Notice.login)
        .outerjoin(Task, Notice.task_id == Task.id)
        .where(Notice.case_id == case.id)
        .order_by(Notice.id)
    )
    inside = (
        SentNotice(row.kind, row.letter or row.element_id or "", row.login)
        for row in reading.session.execute(chosen)
    )
    return (*inside, *_to_customer(reading, case), *_to_addresses(reading, case))


def _to_customer(reading: Reading, case: Case) -> Iterator[SentNotice]:
    chosen = (
        select(CustomerLetter.letter, Delivery.address)
        .outerjoin(Delivery, CustomerLetter.delivery_id == Delivery.id)
        .where(CustomerLetter.case_id == case.id)
        .order_by(CustomerLetter.id)
    )
    for letter, address in reading.session.execute(chosen):
        yield SentNotice("letter", letter, CUSTOMER, address)


def _to_addresses(reading: Reading, case: Case) -> Iterator[SentNotice]:
    """Yield the letters that went to addresses alone, as their jobs name them."""
    owed = select(Delivery.address).where(
        Delivery.case_id == case.id, Delivery.notice_id.is_(None)
    )
    written = frozenset(reading.session.scalars(owed))
    done = select(Job).where(
        Job.case_id == case.id, Job.kind == "work", Job.state == "done"
    )
    for job in reading.session.scalars(done.order_by(Job.id)) if written else ():
        headers = job.payload["headers"]
        if job.payload["type"] == "notify":
            to = headers.get("email")
            for address in to if isinstance(to, list) else listed_ids(to):
                if address in written:
                    yield SentNotice("letter", str(headers["letter"]), "", address)


def _flows(reading: Reading, case: Case) -> frozenset[tuple[str, str]]:
    return frozenset(
        (process_id, flow_id)
        for process_id, times in flows_taken(reading, case).items()
        for flow_id in times
    )


def _rules(reading: Reading, case: Case) -> frozenset[tuple[str, str]]:
    chosen = select(DecisionTaken.tables).where(DecisionTaken.case_id == case.id)
    return frozenset(
        (table["decision_id"], rule["rule_id"])
        for tables in reading.session.scalars(chosen)
        for table in tables
        for rule in table["rules"]
    )
