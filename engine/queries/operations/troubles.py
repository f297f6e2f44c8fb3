"""What operations looks after: incidents, jobs, and messages that nobody waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from engine.masking import NO_VEIL, Veil
from engine.model import Actor, Sentence
from engine.queries.operations.vitals import MailOutbox, MailWaiting
from engine.queries.progress.executions import case_variables
from engine.queries.showing.listing import PAGE, Page, contains, page_of
from engine.queries.showing.masking import shown_titles, veil_over, veils_over
from engine.queries.showing.names import people_names
from engine.queries.showing.visibility import require_right, visible_case
from engine.store.models import Case, Exclusion, Incident, Job, Message
from engine.store.reading import Reading
from engine.store.values import dumps


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """A case that cannot go on by itself."""

    id: int
    case_id: int | None
    case_number: str | None
    case_title: str | None
    process_id: str | None
    element_id: str | None
    element: str | None  #: Its name on the diagram.
    kind: str
    sentence: Sentence
    is_open: bool
    opened_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class ListedJob:
    """Work that the machine owes."""

    id: int
    kind: str
    case_id: int | None
    case_number: str | None
    due_at: datetime
    state: str
    attempts: int
    attempts_allowed: int
    last_error: Sentence | None


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """A message from outside."""

    id: int
    message_id: str
    name: str
    key: str | None
    received_at: datetime
    received_from: str
    expires_at: datetime
    state: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to look after."""

    incidents: int
    jobs: int
    messages: int
    mail: MailWaiting


@dataclass(frozen=True, slots=True)
class OperationsCounts:
    """What stands on the tabs of the operations pages."""

    def answer(self, reading: Reading) -> Counts:
        """Return open incidents, jobs at work or failed, messages kept, mail that waits."""
        require_right(reading.actor, "operate")

        def count(rows: Select[int]) -> int:
            return reading.session.scalar(rows) or 0

        return Counts(
            incidents=count(
                select(func.count()).where(
                    Incident.state == "open", _may_be_seen(Incident.case_id, reading.actor)
                )
            ),
            jobs=count(select(func.count()).where(Job.state.in_(["running", "failed"]))),
            messages=count(select(func.count()).where(Message.state == "kept")),
            mail=MailOutbox().answer(reading),
        )


@dataclass(frozen=True, slots=True)
class Incidents:
    """Incidents, the newest first."""

    state: str = "open"
    text: str = ""
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ListedIncident]:
        """Return a page of them."""
        require_right(reading.actor, "operate")
        rows = (
            select(Incident)
            .where(_may_be_seen(Incident.case_id, reading.actor))
            .options(joinedload(Incident.case))
            .order_by(Incident.opened_at.desc(), Incident.id.desc())
        )
        if self.state:
            rows = rows.where(Incident.state == self.state)
        words = self.text.split()
        if words:
            rows = rows.outerjoin(Incident.case)
        for word in words:
            rows = rows.where(or_(_case_has(word), contains(Incident.element_id, word)))
        return page_of(
            reading, rows, self.page, lambda some: _incidents(some, reading), size=self.size
        )


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a case, as JSON."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with what its case knows."""

    incident: ListedIncident
    variables: tuple[Variable, ...]
    open_in_case: tuple[ListedIncident, ...]  #: All open incidents of the case.


@dataclass(frozen=True, slots=True)
class OneIncident:
    """One incident."""

    incident_id: int

    def answer(self, reading: Reading) -> IncidentView:
        """Return it.

        Raises:
            NotFound: If there is none.
            NotAllowed: If the person does not operate.
        """
        require_right(reading.actor, "operate")
        incident = reading.find_incident(self.incident_id)
        if incident.case_id is not None:
            visible_case(reading, incident.case_id)
        if incident.case is None:
            return IncidentView(_incidents([incident], reading)[0], (), ())
        still_open = reading.session.scalars(
            select(Incident)
            .where(Incident.case_id == incident.case_id, Incident.state == "open")
            .order_by(Incident.id.desc())
        ).all()
        return IncidentView(
            incident=_incidents([incident], reading)[0],
            variables=_variables(reading, incident.case),
            open_in_case=tuple(_incidents(still_open, reading)),
        )


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs, the next due first."""

    state: str = ""  #: ``owed`` stands for waiting, running and failed.
    kind: str = ""
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ListedJob]:
        """Return a page of them."""
        require_right(reading.actor, "operate")
        rows = select(Job).where(_may_be_seen(Job.case_id, reading.actor))
        rows = rows.options(joinedload(Job.case))
        if self.kind:
            rows = rows.where(Job.kind == self.kind)
        if self.state == "owed":
            rows = rows.where(Job.state.in_(["waiting", "running", "failed"]))
        elif self.state:
            rows = rows.where(Job.state == self.state)
        finished = self.state in ("done", "cancelled")
        rows = rows.order_by(Job.due_at.desc() if finished else Job.due_at, Job.id)
        return page_of(
            reading, rows, self.page, lambda some: _jobs(some, reading), size=self.size
        )


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages from outside, the newest first."""

    state: str = ""
    text: str = ""
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ListedMessage]:
        """Return a page of them."""
        require_right(reading.actor, "operate")
        rows = select(Message).order_by(Message.received_at.desc(), Message.id.desc())
        if self.state:
            rows = rows.where(Message.state == self.state)
        for word in self.text.split():
            rows = rows.where(
                or_(contains(Message.name, word), contains(Message.key, word))
            )
        return page_of(
            reading, rows, self.page, lambda some: _messages(some, reading), size=self.size
        )


def _incidents(incidents: Sequence[Incident], reading: Reading) -> Sequence[ListedIncident]:
    people = people_names(reading, (incident.resolved_by for incident in incidents))
    ids = [incident.case_id for incident in incidents if incident.case_id is not None]
    veils, titles = veils_over(reading, ids), shown_titles(reading, ids)
    reading.meet_deployments(it.case.deployment_id for it in incidents if it.case)

    def veil(incident: Incident) -> Veil:
        return NO_VEIL if incident.case_id is None else veils[incident.case_id]

    return [
        ListedIncident(
            id=incident.id,
            case_id=incident.case_id,
            case_number=incident.case.number if incident.case else None,
            case_title=titles.get(incident.case_id or 0),
            process_id=incident.process_id,
            element_id=incident.element_id,
            element=_element_name(incident, reading),
            kind=incident.kind,
            sentence=veil(incident).over(incident.sentence),
            is_open=incident.state == "open",
            opened_at=incident.opened_at,
            resolved_at=incident.resolved_at,
            resolved_by=people.get(incident.resolved_by or ""),
        )
        for incident in incidents
    ]


def _variables(reading: Reading, case: Case) -> tuple[Variable, ...]:
    personal = reading.loaded(case.deployment_id).settings.personal
    known = case_variables(reading, case)
    shown = veil_over(reading, case).values(known, personal)
    return tuple(Variable(name, dumps(value)) for name, value in sorted(shown.items()))


def _element_name(incident: Incident, reading: Reading) -> str | None:
    if incident.case is None or incident.process_id is None:
        return incident.element_id
    definitions = reading.loaded(incident.case.deployment_id).definitions
    process = definitions.processes.get(incident.process_id)
    element = process and process.elements.get(incident.element_id or "")
    return (element and element.name) or incident.element_id


def _jobs(jobs: Sequence[Job], reading: Reading) -> Sequence[ListedJob]:
    veils = veils_over(reading, (job.case_id for job in jobs))
    return [
        ListedJob(
            id=job.id,
            kind=job.kind,
            case_id=job.case_id,
            case_number=job.case.number if job.case else None,
            due_at=job.due_at,
            state=job.state,
            attempts=job.attempts,
            attempts_allowed=job.attempts_allowed,
            last_error=veils.get(job.case_id or 0, NO_VEIL).over(job.last_error),
        )
        for job in jobs
    ]


def _messages(messages: Sequence[Message], reading: Reading) -> Sequence[ListedMessage]:
    veils = veils_over(reading, (message.case_id for message in messages))
    return [
        ListedMessage(
            id=message.id,
            message_id=message.message_id,
            name=message.name,
            key=veils.get(message.case_id or 0, NO_VEIL).over(message.key),
            received_at=message.received_at,
            received_from=message.received_from,
            expires_at=message.expires_at,
            state=message.state,
            case_id=message.case_id,
        )
        for message in messages
    ]


def _may_be_seen(
    case_id: InstrumentedAttribute[int | None], actor: Actor
) -> ColumnElement[bool]:
    """Return the condition that the person need not keep away from a row's case."""
    return ~exists().where(Exclusion.case_id == case_id, Exclusion.login == actor.login)


def _case_has(word: str) -> ColumnElement[bool]:
    return or_(contains(Case.number, word), contains(Case.title, word))
