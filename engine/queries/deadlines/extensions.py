"""Requests for more time: those of tasks, and those that wait for a person's decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from engine.model import Actor, NotFound, Sentence, TaskId
from engine.policy import LoadedPolicy
from engine.queries.showing.listing import PAGE, Page, page_of
from engine.queries.showing.masking import shown_titles, veil_over, veils_over
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.showing.visibility import require_right, visible_case
from engine.store.models import Case, Extension, Task
from engine.store.reading import Reading
from engine.store.visibility import open_to


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A request for more time for a task, and what came of it."""

    id: int
    state: str  #: open, granted, refused or lapsed.
    by: str
    at: datetime
    due: datetime  #: When the task was due as it was asked.
    until: datetime
    reason: str
    decided_by: str | None
    ended_at: datetime | None
    remark: str
    waits_for: str  #: The title of the role that decides, with its unit.


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A request that waits for a decision."""

    asked: MoreTime
    case_id: int
    case_number: str
    case_title: str
    task_id: int
    task: str
    due: DueTime | None  #: As the task stands.


def extensions_of(
    reading: Reading, tasks: Sequence[Task]
) -> Mapping[int, tuple[MoreTime, ...]]:
    """Return the requests of each of these tasks, the oldest first."""
    ids = [task.id for task in tasks]
    if not ids:
        return {}
    chosen = select(Extension).where(Extension.task_id.in_(ids)).order_by(Extension.id)
    rows = reading.session.scalars(chosen).all()
    shown = dict(zip((row.id for row in rows), _shown(reading, rows), strict=True))
    return {
        task_id: tuple(shown[row.id] for row in rows if row.task_id == task_id)
        for task_id in ids
    }


def told_extensions(
    reading: Reading, case: Case
) -> Sequence[tuple[datetime, str, Sentence, str, int]]:
    """Return when, who, what and why of all that concerns more time in *case*."""
    zone = ZoneInfo(reading.loaded(case.deployment_id).settings.zone)
    rows = reading.session.execute(
        select(Extension, Task.name)
        .join(Task, Task.id == Extension.task_id)
        .where(Extension.case_id == case.id)
        .order_by(Extension.id)
    ).all()
    told = []
    for row, task in rows:
        due, until = (_local(at, zone) for at in (row.due, row.until))
        dates = {"task": task, "due": due, "until": until}
        asked = Sentence(
            "asked for more time for “{task}”: due {until} instead of {due}", dates
        )
        told.append((row.at, row.by, asked, row.reason, row.task_id))
        if row.state in _DECIDED and row.ended_at and row.decided_by:
            said = Sentence(_DECIDED[row.state], dates)
            told.append((row.ended_at, row.decided_by, said, row.remark or "", row.task_id))
    return told


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


_DECIDED = {
    "granted": "gave more time for “{task}”: due {until} instead of {due}",
    "refused": "gave no more time for “{task}”: due {due} as before, not {until}",
}


@dataclass(frozen=True, slots=True)
class ExtensionsToDecide:
    """The requests for more time that the asking person decides on."""

    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[AskedTime]:
        """Return a page of them, the oldest first."""
        rows = _to_decide(reading.actor).order_by(Extension.at, Extension.id)
        return page_of(
            reading, rows, self.page, lambda some: _lines(reading, some), size=self.size
        )


@dataclass(frozen=True, slots=True)
class ExtensionCount:
    """How many requests for more time wait for the asking person."""

    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> int:
        """Return the number."""
        waiting = _to_decide(reading.actor).subquery()
        return reading.session.scalar(select(func.count()).select_from(waiting)) or 0


@dataclass(frozen=True, slots=True)
class OpenExtension:
    """The request of a task that is still to be decided."""

    task_id: TaskId

    def answer(self, reading: Reading) -> int:
        """Return its number.

        Raises:
            NotFound: If there is none.
        """
        require_right(reading.actor, "audit")
        found = reading.session.scalar(
            select(Extension.id).where(
                Extension.task_id == self.task_id, Extension.state == "open"
            )
        )
        if found is None:
            raise NotFound(
                "Expected a request for more time for task {task}, but there is none.",
                task=self.task_id,
            )
        return found


def _to_decide(actor: Actor) -> Select[Extension]:
    theirs = exists().where(Task.id == Extension.task_id, Task.assignee == actor.login)
    return select(Extension).where(
        Extension.state == "open",
        holds_place(actor, Extension.role, Extension.unit),
        Extension.by != actor.login,
        ~theirs,
        open_to(actor, Extension.case_id),
    )


def holds_place(
    actor: Actor, role: ColumnElement[Any] | Any, unit: ColumnElement[Any] | Any
) -> ColumnElement[bool]:
    """Return the condition that the person holds the role of a row, within its unit."""
    ways = [
        and_(role == held.role, *([] if held.unit is None else [_within(unit, held.unit)]))
        for held in sorted(actor.memberships, key=lambda held: (held.role, held.unit or ""))
    ]
    return or_(false(), *ways)


def _within(unit: ColumnElement[Any] | Any, held: str) -> ColumnElement[bool]:
    return or_(unit.is_(None), unit == held)


def _lines(reading: Reading, rows: Sequence[Extension]) -> Sequence[AskedTime]:
    chosen = select(Task).where(Task.id.in_([row.task_id for row in rows]))
    chosen = chosen.options(joinedload(Task.case, innerjoin=True))
    tasks = {task.id: task for task in reading.session.scalars(chosen)}
    ids = [row.case_id for row in rows]
    veils, titles = veils_over(reading, ids), shown_titles(reading, ids)
    lines = []
    for row, asked in zip(rows, _shown(reading, rows), strict=True):
        task = tasks[row.task_id]
        calendar = reading.loaded(task.case.deployment_id).calendar
        lines.append(
            AskedTime(
                asked=veils[row.case_id].over(asked),
                case_id=task.case_id,
                case_number=task.case.number,
                case_title=titles[task.case_id],
                task_id=task.id,
                task=task.name,
                due=due_time(task.due, task.warn, reading.now, calendar),
            )
        )
    return lines


def _shown(reading: Reading, rows: Sequence[Extension]) -> Sequence[MoreTime]:
    if not rows:
        return ()
    people = people_names(reading, _logins(rows))
    units = unit_names(reading, (row.unit for row in rows))
    ids = {row.case_id for row in rows}
    cases = reading.session.execute(
        select(Case.id, Case.deployment_id).where(Case.id.in_(ids))
    )
    deployments = dict(cases.all())
    reading.meet_deployments(deployments.values())
    return [
        MoreTime(
            id=row.id,
            state=row.state,
            by=people.get(row.by, row.by),
            at=row.at,
            due=row.due,
            until=row.until,
            reason=row.reason,
            decided_by=people.get(row.decided_by or ""),
            ended_at=row.ended_at,
            remark=row.remark or "",
            waits_for=_place(reading.loaded(deployments[row.case_id]), row, units),
        )
        for row in rows
    ]


def _logins(rows: Sequence[Extension]) -> Collection[str]:
    return {login for row in rows for login in (row.by, row.decided_by) if login}


def _place(policy: LoadedPolicy, row: Extension, units: Mapping[str, str]) -> str:
    role = policy.roles.get(row.role)
    title = role.title if role else row.role
    unit = units.get(row.unit or "")
    return f"{title}（{unit}）" if unit else title


@dataclass(frozen=True, slots=True)
class TimeOfTask:
    """What there is to say and to do about the deadline of a task."""

    task: str
    requests: tuple[MoreTime, ...]
    may_ask: bool  #: Whether the asking person may ask for more time now.
    may_decide: int | None  #: The number of the request that they decide on.

    @property
    def original(self) -> datetime | None:
        """Return when it was due before more time was given; None where none was."""
        granted = [each for each in self.requests if each.state == "granted"]
        return granted[0].due if granted else None


@dataclass(frozen=True, slots=True)
class TimesOfCase:
    """The requests for more time in a case, by task."""

    case_id: int

    def answer(self, reading: Reading) -> Mapping[int, TimeOfTask]:
        """Return those of the tasks that have any, or for which one may be made.

        Raises:
            NotAllowed: If the case is not for this person.
        """
        case = visible_case(reading, self.case_id)
        chosen = select(Task).where(Task.case_id == case.id).order_by(Task.id)
        chosen = chosen.options(selectinload(Task.candidates))
        tasks = reading.session.scalars(chosen).all()
        asked = extensions_of(reading, tasks)
        theirs = set(
            reading.session.scalars(
                _to_decide(reading.actor)
                .where(Extension.case_id == case.id)
                .with_only_columns(Extension.id)
            )
        )
        times = {
            task.id: TimeOfTask(
                task=task.name,
                requests=asked[task.id],
                may_ask=_may_ask(reading, task, asked[task.id]),
                may_decide=next(
                    (each.id for each in asked[task.id] if each.id in theirs), None
                ),
            )
            for task in tasks
            if asked[task.id] or task.properties.get("extendable")
        }
        veil = veil_over(reading, case)
        return {task_id: veil.over(each) for task_id, each in times.items()}


def _may_ask(reading: Reading, task: Task, asked: Sequence[MoreTime]) -> bool:
    extends = task.state == "open" and task.due and task.properties.get("extendable")
    if not extends or any(each.state == "open" for each in asked):
        return False
    roles = reading.loaded(task.case.deployment_id).roles
    offered = (roles.get(offer.role or "") for offer in task.candidates)
    above = {role.escalates_to for role in offered if role is not None}
    leads = any(role is not None and reading.actor.holds(role) for role in above)
    return task.assignee == reading.actor.login or leads
