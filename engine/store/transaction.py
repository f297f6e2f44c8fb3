"""The world as one command sees it: what a question sees, and rows that it may change."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar

from sqlalchemy import Executable, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from engine.model import Actor, CaseId, Json, NotFound, Variables
from engine.store.holdings import Holdings
from engine.store.journal import Head
from engine.store.models import (
    Base,
    Case,
    Exclusion,
    Incident,
    Job,
    Submission,
    Task,
)
from engine.store.reading import Reading, no_task
from engine.store.values import canonical

Row = TypeVar("Row", bound=Base)

#: Jobs that are due later are found by the worker's own looks into their table.
ANNOUNCED_WITHIN = timedelta(minutes=1)

_FRESH: dict[str, bool] = {"populate_existing": True}
_CASES, _TASKS = Case.__table__, Task.__table__
_LOCKED_CASE = (
    select(Case)
    .where(Case.id == bindparam("wanted"))
    # Without the key, so that other cases' commands may owe this case a job meanwhile.
    .with_for_update(of=Case, key_share=True)
    .options(joinedload(Case.deployment, innerjoin=True))
    .execution_options(**_FRESH)
)
_DATE = (
    update(_CASES)
    .where(_CASES.c.id == bindparam("of_case"))
    .values(updated_at=bindparam("now"), rev=_CASES.c.rev + 1)
)
#: What is read with the lock may be of the moment before it was waited for: only the id is.
_LOCK_CASE_OF_TASK = (
    select(_CASES.c.id)
    .join(_TASKS, _TASKS.c.case_id == _CASES.c.id)
    .where(_TASKS.c.id == bindparam("wanted"))
    .with_for_update(of=_CASES, key_share=True)
)
_TASK = (
    select(Task)
    .where(Task.id == bindparam("wanted"))
    .options(
        joinedload(Task.candidates),
        joinedload(Task.case, innerjoin=True).joinedload(Case.deployment, innerjoin=True),
    )
    .execution_options(**_FRESH)
)
_EXCLUSIONS, _JOBS = Exclusion.__table__, Job.__table__
_IS_OWED = text("state IN ('waiting', 'running')")  #: As the index of keys has it.
_OWED_JOB = select(_JOBS.c.id).where(_JOBS.c.key == bindparam("wanted"), _IS_OWED)


def _owe_by(new: postgresql.Insert | sqlite.Insert) -> Executable:
    """Return the statement that adds a job, unless the same work is owed already."""
    added = new.on_conflict_do_nothing(index_elements=["key"], index_where=_IS_OWED)
    return added.returning(_JOBS.c.id)


_OWE = {
    "sqlite": _owe_by(sqlite.insert(_JOBS)),
    "postgresql": _owe_by(postgresql.insert(_JOBS)),
}


@cache
def _insertion_of(kind: type[Base]) -> tuple[tuple[str, ...], Executable]:
    """Return the columns that are written of a row, and the statement that does."""
    table = kind.__table__
    columns = tuple(column.name for column in table.c if column.name != "id")
    return columns, insert(table).returning(table.c.id)


class Transaction(Reading):
    """Locks what a command changes; all of it is committed, or none.

    Whoever changes anything of a case locks the case first, so that commands on one case
    come one after the other and commands on different cases do not wait for each other.
    """

    def __init__(
        self, session: Session, *, now: datetime, actor: Actor, holdings: Holdings
    ) -> None:
        super().__init__(session, now=now, actor=actor, holdings=holdings)
        #: What the journal line shall say besides the fields of the command.
        self.noted: dict[str, Json] = {}
        #: The cases that the command locked, in that order; each gets the journal line.
        self.touched: list[CaseId] = []
        #: The rows of those cases; the session lets go of what nobody refers to.
        self.cases: dict[int, Case] = {}
        #: The words by which those cases are found, where they were read.
        self.words: dict[int, str] = {}
        #: What is kept of them with what is personal masked, where it was read.
        self.masked: dict[int, tuple[str, str | None, str | None]] = {}
        #: Where the chains of those cases end, where it was read.
        self.heads: dict[str, Head] = {}
        #: Whether anybody could want to hear of offers, where it was read.
        self.offers_told: bool | None = None
        #: The chain of the journal line where no case was locked.
        self.stream = "installation"

    def case(self, case_id: int) -> Case:
        """Return a case, locked until the commit."""
        case = self.session.scalar(_LOCKED_CASE, {"wanted": case_id})
        if case is None:
            raise NotFound("Expected to find case {case}, but there is none.", case=case_id)
        self.touch(case)
        self._excluded.pop(case.id, None)
        return case

    def touch(self, case: Case) -> None:
        """Let the journal line of this command stand in the chain of *case*."""
        self.cases[case.id] = case
        if case.id not in self.touched:
            self.touched.append(CaseId(case.id))

    def task(self, task_id: int) -> Task:
        """Return a task, its case locked."""
        case_id = self.execute(_LOCK_CASE_OF_TASK, {"wanted": task_id}).scalar()
        if case_id is None:
            raise no_task(task_id)
        task = self.session.scalars(_TASK, {"wanted": task_id}).unique().one()
        self.touch(task.case)
        self._excluded.pop(case_id, None)
        return task

    def tasks(self, task_ids: Iterable[int]) -> list[Task]:
        """Return tasks in the given order; their cases are locked in one fixed order."""
        wanted = list(task_ids)
        for case_id in sorted({self.find_task(task_id).case_id for task_id in wanted}):
            self.case(case_id)
        chosen = (self.session.scalars(_TASK, {"wanted": task_id}) for task_id in wanted)
        return [found.unique().one() for found in chosen]

    def exclude(self, case_id: int, logins: set[str]) -> None:
        """Let exactly these people have nothing to do with a case."""
        known, run = self.excluded(case_id), self.session.execute
        if known == logins:
            return
        run(delete(_EXCLUSIONS).where(_EXCLUSIONS.c.case_id == case_id))
        if logins:
            rows = [{"case_id": case_id, "login": login} for login in sorted(logins)]
            run(insert(_EXCLUSIONS), rows)
        self._excluded[case_id] = frozenset(logins)

    def remember_excluded(self, case_id: int, logins: Iterable[str]) -> None:
        """Keep what was read of who must have nothing to do with a locked case."""
        self._excluded[case_id] = frozenset(logins)

    def incident(self, incident_id: int) -> Incident:
        """Return an incident, its case locked."""
        case_id = self.find_incident(incident_id).case_id
        if case_id is not None:
            self.case(case_id)
        return self._fresh(Incident, incident_id)

    def job(self, job_id: int) -> Job:
        """Return a job, locked, and its case too."""
        case_id = self.find_job(job_id).case_id
        if case_id is not None:
            self.case(case_id)
        return self._fresh(Job, job_id)

    def job_unless_taken(self, job_id: int) -> Job | None:
        """Return a job, locked; None where somebody is at it just now. It never waits."""
        self.find_job(job_id)
        return self.session.scalar(
            select(Job)
            .where(Job.id == job_id)
            .with_for_update(skip_locked=True, of=Job)
            .execution_options(populate_existing=True)
        )

    def add(self, row: Row) -> Row:
        """Insert *row* and return it with its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def put(self, row: Row) -> Row:
        """Insert *row* and return it with its id, quicker than `add`.

        All its columns are written as they are set; rows that hang on it are not.
        """
        self.insert(row)
        self.session.add(row)
        return row

    def insert(self, row: Base) -> None:
        """Insert *row* past the mapper, which may be told of it as one that is there."""
        self.session.flush()  # It may refer to rows that are still to be written.
        columns, statement = _insertion_of(type(row))
        known = row.__dict__
        for name in columns:
            if name not in known:
                set_committed_value(row, name, None)
        added = self.execute(statement, {name: known[name] for name in columns})
        set_committed_value(row, "id", added.scalar_one())
        make_transient_to_detached(row)

    def date(self, case: Case) -> None:
        """Note that a locked case changed now, and write what else changed of it."""
        if case in self.session.dirty:
            case.updated_at = self.now
            self.session.flush()
            return
        self.execute(_DATE, {"of_case": case.id, "now": self.now})
        set_committed_value(case, "updated_at", self.now)
        set_committed_value(case, "rev", case.rev + 1)

    def owe(self, job: Job) -> Job:
        """Insert *job*, unless the same work is owed already, and make it known.

        It comes back with its id, as what it was to be; its row is read by `job`.
        """
        self.session.flush()  # It may refer to rows that are still to be written.
        known = {column.name: getattr(job, column.name) for column in _JOBS.c}
        row = {name: value for name, value in known.items() if value is not None}
        run, dialect = self.execute, self.session.get_bind().dialect.name
        added = run(_OWE[dialect], row).scalar()
        job.id = added or run(_OWED_JOB, {"wanted": job.key}).scalar_one()
        if added is not None:
            self.announce(job)
        return job

    def announce(self, job: Job) -> None:
        """Tell the queue, where there is one, that *job* waits and is due soon."""
        if self.holdings.queue is not None and job.due_at - self.now <= ANNOUNCED_WITHIN:
            self.holdings.queue.announce(self.session, job.id, job.due_at)

    def submit(
        self,
        values: Variables,
        *,
        command: str,
        case_id: int | None = None,
        task_id: int | None = None,
        form_id: str | None = None,
    ) -> Submission:
        """Keep what somebody entered, and let the journal refer to it by its digest."""
        salt = self.holdings.chance.token(16)
        submission = self.put(
            Submission(
                case_id=case_id,
                task_id=task_id,
                command=command,
                form_id=form_id,
                at=self.now,
                by=self.actor.login,
                salt=salt,
                values=values,
                digest=submission_digest(salt, values),
            )
        )
        self.note(submission={"id": submission.id, "digest": submission.digest})
        return submission

    def note(self, **facts: Json) -> None:
        """Let the journal line say *facts* besides the fields of the command."""
        self.noted.update(facts)

    def _fresh(self, kind: type[Row], row_id: int) -> Row:
        return self.session.get_one(
            kind, row_id, populate_existing=True, with_for_update={"of": kind}
        )


def submission_digest(salt: str, values: Variables) -> str:
    """Return the digest by which the journal knows a submission."""
    return hashlib.sha256(salt.encode() + canonical(values)).hexdigest()
