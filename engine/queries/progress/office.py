"""What people of a simulated office look at: what waits in a case, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select

from engine.model import CaseId, TaskId
from engine.queries.showing.visibility import require_right
from engine.store.models import Case, Job, Notice, Subscription, Task, TaskCandidate
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Offer:
    """To whom a task is offered: a role, perhaps within a unit, or one person."""

    role: str | None
    unit: str | None
    login: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """A task that waits."""

    id: TaskId
    element_id: str
    form_id: str | None
    due: datetime | None
    assignee: str | None
    offers: tuple[Offer, ...]
    extendable: str | None  #: The role that grants more time for it.


@dataclass(frozen=True, slots=True)
class CaseWork:
    """How a case stands."""

    state: str
    tasks: tuple[Work, ...]
    awaited: frozenset[str]  #: The names of the messages and signals that it waits for.


@dataclass(frozen=True, slots=True)
class WorkOf:
    """What is to be done in a case."""

    case_id: CaseId

    def answer(self, reading: Reading) -> CaseWork:
        """Return its open tasks and what else it waits for."""
        require_right(reading.actor, "audit")
        run, asked = reading.session.execute, {"of_case": self.case_id}
        offers: dict[int, list[Offer]] = {}
        for task_id, *offer in run(_OFFERS, asked):
            offers.setdefault(task_id, []).append(Offer(*offer))
        return CaseWork(
            state=run(_STATE, asked).scalar_one(),
            tasks=tuple(
                Work(
                    id=TaskId(row.id),
                    element_id=row.element_id,
                    form_id=row.form_id,
                    due=row.due,
                    assignee=row.assignee,
                    offers=tuple(offers.get(row.id, ())),
                    extendable=row.properties.get("extendable"),
                )
                for row in run(_TASKS, asked)
            ),
            awaited=frozenset(run(_WAITS, asked).scalars()),
        )


_CASE: BindParameter[int] = bindparam("of_case")
_STATE = select(Case.state).where(Case.id == _CASE)
_TASKS = (
    select(Task.id, Task.element_id, Task.form_id, Task.due, Task.assignee, Task.properties)
    .where(Task.case_id == _CASE, Task.state == "open")
    .order_by(Task.id)
)
_OFFERS = (
    select(
        TaskCandidate.task_id, TaskCandidate.role, TaskCandidate.unit, TaskCandidate.login
    )
    .join(Task, Task.id == TaskCandidate.task_id)
    .where(Task.case_id == _CASE, Task.state == "open")
    .order_by(TaskCandidate.id)
)
_WAITS = select(Subscription.name).where(Subscription.case_id == _CASE)


@dataclass(frozen=True, slots=True)
class OwedJob:
    """The job that falls due first of all."""

    id: int
    due_at: datetime
    case_id: CaseId | None


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that was begun."""

    id: CaseId
    opened_from: str | None  #: The number of the case that opened it.


@dataclass(frozen=True, slots=True)
class Glance:
    """How an office stands after something happened."""

    job: OwedJob | None  #: None: the machine owes nothing.
    new: tuple[NewCase, ...]


@dataclass(frozen=True, slots=True)
class LookRound:
    """What comes next, and which demo cases were begun after another one."""

    newest: int  #: The case that was the newest at the last look.

    def answer(self, reading: Reading) -> Glance:
        """Return it."""
        require_right(reading.actor, "audit")
        run = reading.session.execute
        row = run(_NEXT).first()
        found = run(_NEW, {"newest": self.newest})
        return Glance(
            job=None if row is None else _owed(*row),
            new=tuple(NewCase(CaseId(each.id), each.opened_from) for each in found),
        )


def _owed(job_id: int, due_at: datetime, case_id: int | None) -> OwedJob:
    return OwedJob(job_id, due_at, None if case_id is None else CaseId(case_id))


_NEXT = (
    select(Job.id, Job.due_at, Job.case_id)
    .where(Job.state == "waiting")
    .order_by(Job.due_at, Job.id)
    .limit(1)
)
_NEW = (
    select(Case.id, Case.opened_from)
    .where(Case.id > bindparam("newest"), Case.demo)
    .order_by(Case.id)
)


@dataclass(frozen=True, slots=True)
class UnreadBefore:
    """The notices that somebody should have read by now."""

    moment: datetime

    def answer(self, reading: Reading) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return logins, and of each the notices that came before the moment."""
        require_right(reading.actor, "audit")
        chosen = select(Notice.login, Notice.id).where(
            Notice.read_at.is_(None), Notice.at < self.moment
        )
        found: dict[str, list[int]] = {}
        for login, notice_id in reading.session.execute(chosen.order_by(Notice.id)):
            found.setdefault(login, []).append(notice_id)
        return tuple((login, tuple(ids)) for login, ids in found.items())
