"""The tasks that wait for a person, or could be taken by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from engine.model import Actor
from engine.queries.deadlines import DueTime, due_time
from engine.queries.listing import PAGE, Order, Page, contains, page_of
from engine.queries.names import people_names, unit_names
from engine.store.models import Case, Policy, Task
from engine.store.reading import Reading
from engine.store.visibility import excludes, may_do

Scope = Literal["mine", "groups", "overdue"]
SCOPES: tuple[Scope, ...] = ("mine", "groups", "overdue")


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """One line of the worklist."""

    id: int
    name: str
    case_id: int
    case_number: str
    case_title: str
    policy: str  #: Its title.
    unit: str | None
    assignee: str | None  #: The name of whose it is.
    is_mine: bool
    created_at: datetime
    due: DueTime | None
    follow_up: datetime | None


@dataclass(frozen=True, slots=True)
class WorklistView:
    """A page of tasks, and how many there are under each tab."""

    page: Page[WaitingTask]
    counts: Mapping[str, int]
    policies: Mapping[str, str]  #: Keys and titles of the policies that tasks here have.


@dataclass(frozen=True, slots=True)
class Worklist:
    """Open tasks of the asking person."""

    scope: Scope = "mine"
    policy: str = ""
    text: str = ""
    sort: str = "due"  #: due, created, case or name; ``-`` in front turns it round.
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> WorklistView:
        """Return the page, most urgent first unless sorted otherwise."""
        rows = (
            _open_tasks(_scopes(reading)[self.scope], reading.actor)
            .where(*self._filters())
            .order_by(*_order(self.sort))
        )
        return WorklistView(
            page=page_of(
                reading, rows, self.page, lambda some: _lines(some, reading), size=self.size
            ),
            counts=_counts(reading),
            policies=_policies(reading, self.scope),
        )

    def _filters(self) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = []
        if self.policy:
            filters.append(Case.policy_key == self.policy)
        filters.extend(
            or_(
                contains(Task.name, word),
                contains(Case.number, word),
                contains(Case.title, word),
                contains(Case.customer, word),
            )
            for word in self.text.split()
        )
        return filters


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many tasks the asking person has or could take."""

    def answer(self, reading: Reading) -> int:
        """Return the number that stands in the top bar."""
        counts = _counts(reading)
        return counts["mine"] + counts["groups"]


def _scopes(reading: Reading) -> Mapping[str, ColumnElement[bool]]:
    actor = reading.actor
    mine = Task.assignee == actor.login
    offered = and_(Task.assignee.is_(None), may_do(actor))
    return {
        "mine": mine,
        "groups": offered,
        "overdue": and_(Task.due < reading.now, or_(mine, offered)),
    }


def _open_tasks(scope: ColumnElement[bool], actor: Actor) -> Select[Task]:
    return (
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", scope, ~excludes(actor))
    )


def _counts(reading: Reading) -> Mapping[str, int]:
    return {
        name: reading.session.scalar(
            select(func.count()).select_from(_open_tasks(scope, reading.actor).subquery())
        )
        or 0
        for name, scope in _scopes(reading).items()
    }


def _policies(reading: Reading, scope: Scope) -> Mapping[str, str]:
    tasks = _open_tasks(_scopes(reading)[scope], reading.actor).with_only_columns(
        Case.policy_key
    )
    found = reading.session.execute(
        select(Policy.key, Policy.title).where(Policy.key.in_(tasks)).order_by(Policy.title)
    )
    return dict(found.all())


def _order(sort: str) -> list[Order]:
    columns = {
        "due": Task.due,
        "created": Task.created_at,
        "case": Case.number,
        "name": Task.name,
    }
    column = columns.get(sort.removeprefix("-"), Task.due)
    turned = column.desc() if sort.startswith("-") else column.asc()
    return [turned.nulls_last(), Task.priority.desc(), Task.id.asc()]


def _lines(tasks: Sequence[Task], reading: Reading) -> Sequence[WaitingTask]:
    people = people_names(reading, (task.assignee for task in tasks))
    units = unit_names(reading, (task.case.unit for task in tasks))
    return [_line(task, reading, people, units) for task in tasks]


def _line(
    task: Task, reading: Reading, people: Mapping[str, str], units: Mapping[str, str]
) -> WaitingTask:
    loaded = reading.loaded(task.case.deployment_id)
    return WaitingTask(
        id=task.id,
        name=task.name,
        case_id=task.case_id,
        case_number=task.case.number,
        case_title=task.case.title,
        policy=loaded.settings.title,
        unit=units.get(task.case.unit or ""),
        assignee=people.get(task.assignee or ""),
        is_mine=task.assignee == reading.actor.login,
        created_at=task.created_at,
        due=due_time(task.due, task.warn, reading.now, loaded.calendar),
        follow_up=task.follow_up,
    )
