"""The world as one question sees it: the tables, the time and who asks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, bindparam, select
from sqlalchemy.orm import Session

from engine.model import Actor, Json, NotFound
from engine.policy import Bundle, LoadedPolicy
from engine.store.holdings import Holdings
from engine.store.models import (
    Case,
    Deployment,
    Document,
    Exclusion,
    Incident,
    Job,
    LoginSession,
    Person,
    Policy,
    Task,
    Unit,
)

Parameters = Mapping[str, Json]

#: Statements that every command needs are built once.
_EXCLUDED = select(Exclusion.__table__.c.login).where(
    Exclusion.__table__.c.case_id == bindparam("case_id")
)


class Reading:
    """Answers by name or number, raising `NotFound` with a sentence where there is none.

    Args:
        session: Its transaction.
        now: The moment that everything in it happens at.
        actor: Who asks.
        holdings: What the database is used with.
    """

    def __init__(
        self, session: Session, *, now: datetime, actor: Actor, holdings: Holdings
    ) -> None:
        self.session = session
        self.now = now
        self.actor = actor
        self.holdings = holdings
        self._excluded: dict[int, frozenset[str]] = {}
        # The mapper forgets what nobody holds; every line of a list asks for its own.
        self._deployments: dict[int, Deployment] = {}
        #: The units and people there are, where they were read; no command that goes on
        #: with a case changes them.
        self.directory: Json = None
        self._connection: Connection | None = None

    def execute(
        self, statement: Executable, parameters: Parameters | Sequence[Parameters]
    ) -> CursorResult[Any]:
        """Run a statement on tables, past the mapper: what it holds back is not written."""
        if self._connection is None:
            self._connection = self.session.connection()
        return self._connection.execute(statement, parameters)

    def person(self, person_id: int) -> Person:
        """Return a person."""
        person = self.session.get(Person, person_id)
        if person is None:
            raise NotFound(
                "Expected to find person {person}, but there is none.", person=person_id
            )
        return person

    def person_called(self, login: str) -> Person:
        """Return the person with this login."""
        person = self.session.scalar(select(Person).where(Person.login == login.lower()))
        if person is None:
            raise NotFound(
                "Expected to find a person with the login {login}, but there is none.",
                login=login,
            )
        return person

    def find_unit(self, key: str) -> Unit | None:
        """Return a unit, if there is one with this key."""
        return self.session.get(Unit, key)

    def session_row(self, session_id: int) -> LoginSession:
        """Return the log-in of a browser."""
        session = self.session.get(LoginSession, session_id)
        if session is None:
            raise NotFound(
                "Expected to find session {session}, but there is none.",
                session=session_id,
            )
        return session

    def unit(self, key: str) -> Unit:
        """Return a unit."""
        unit = self.session.get(Unit, key)
        if unit is None:
            raise NotFound("Expected to find unit {unit}, but there is none.", unit=key)
        return unit

    def policy(self, key: str) -> Policy:
        """Return a policy."""
        policy = self.session.get(Policy, key)
        if policy is None:
            raise NotFound(
                "Expected to find policy {policy}, but none is deployed.", policy=key
            )
        return policy

    def deployment(self, deployment_id: int) -> Deployment:
        """Return a deployment."""
        deployment = self._deployments.get(deployment_id)
        deployment = deployment or self.session.get(Deployment, deployment_id)
        if deployment is None:
            raise NotFound(
                "Expected to find deployment {deployment}, but there is none.",
                deployment=deployment_id,
            )
        self._deployments[deployment_id] = deployment
        return deployment

    def meet_deployments(self, deployment_ids: Iterable[int | None]) -> None:
        """Ask at once for those of these deployments that are not known yet.

        For lists: each of their lines asks for its own.
        """
        wanted = sorted({it for it in deployment_ids if it} - self._deployments.keys())
        if wanted:
            chosen = select(Deployment).where(Deployment.id.in_(wanted))
            self._deployments.update({it.id: it for it in self.session.scalars(chosen)})

    def find_case(self, case_id: int) -> Case:
        """Return a case as it stands, without locking it."""
        case = self.session.get(Case, case_id)
        if case is None:
            raise NotFound("Expected to find case {case}, but there is none.", case=case_id)
        return case

    def find_task(self, task_id: int) -> Task:
        """Return a task as it stands, without locking its case."""
        task = self.session.get(Task, task_id)
        if task is None:
            raise no_task(task_id)
        return task

    def document(self, document_id: int) -> Document:
        """Return a document."""
        document = self.session.get(Document, document_id)
        if document is None:
            raise NotFound(
                "Expected to find document {document}, but there is none.",
                document=document_id,
            )
        return document

    def excluded(self, case_id: int) -> frozenset[str]:
        """Return the logins of those who must have nothing to do with a case."""
        if case_id not in self._excluded:
            found = self.execute(_EXCLUDED, {"case_id": case_id})
            self._excluded[case_id] = frozenset(found.scalars())
        return self._excluded[case_id]

    def find_incident(self, incident_id: int) -> Incident:
        """Return an incident as it stands, without locking its case."""
        incident = self.session.get(Incident, incident_id)
        if incident is None:
            raise NotFound(
                "Expected to find incident {incident}, but there is none.",
                incident=incident_id,
            )
        return incident

    def find_job(self, job_id: int) -> Job:
        """Return a job as it stands, without locking it."""
        job = self.session.get(Job, job_id)
        if job is None:
            raise NotFound("Expected to find job {job}, but there is none.", job=job_id)
        return job

    def bundle(self, deployment: Deployment) -> Bundle:
        """Return the files of a deployment."""
        return Bundle(
            deployment.policy_key, {file.path: file.content for file in deployment.files}
        )

    def loaded(self, deployment_id: int) -> LoadedPolicy:
        """Return the policy of a deployment, ready to be carried out."""
        return self.policy_of(deployment_id, self.deployment(deployment_id).digest)

    def policy_of(self, deployment_id: int, digest: str) -> LoadedPolicy:
        """Return the policy of a deployment whose digest is known."""
        return self.holdings.library.get(
            digest, lambda: self.bundle(self.deployment(deployment_id))
        )


def no_task(task_id: int) -> NotFound:
    """Return what is said where there is no such task."""
    return NotFound("Expected to find task {task}, but there is none.", task=task_id)
