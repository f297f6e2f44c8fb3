"""The tasks that wait for a person, or could be taken by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from engine.queries.showing.listing import (
    COUNTED,
    PAGE,
    Order,
    Page,
    contains,
    counted_to,
    page_among,
)
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.tasks.offers import SCOPES, Scope, urgent
from engine.store.models import Case, Policy, Task
from engine.store.reading import Reading


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
    """A page of tasks, and how many there are under each tab, at most `COUNTED` and one."""

    page: Page[WaitingTask]
    counts: Mapping[str, int]
    policies: Mapping[str, str]  #: Keys and titles to narrow it to.


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
        """Return the page, most urgent first unless sorted otherwise.

        Of more tasks than `MOST` the most urgent are listed, however they are sorted.
        """
        known = counted_to(self.page, self.size, is_sorted=self.sort != "due")
        filters = self._filters()
        everything = urgent(reading, (COUNTED if filters else known) + 1)
        found = urgent(reading, known + 1, filters) if filters else everything
        ids = found.under(self.scope)

        def show(listed: Sequence[int], size: int, before: int) -> Sequence[WaitingTask]:
            some = _sorted(reading, listed, self.sort, size, before)
            return _lines(some, reading)

        return WorklistView(
            page=page_among(ids, known, self.page, show, size=self.size),
            counts={
                scope: min(len(everything.under(scope)), COUNTED + 1) for scope in SCOPES
            },
            policies=_policies(reading),
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
    """How many tasks the asking person has or could take, at most `COUNTED` and one."""

    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> int:
        """Return the number that stands in the top bar."""
        found = urgent(reading, COUNTED + 1)
        return min(len(found.mine) + len(found.groups), COUNTED + 1)


def _policies(reading: Reading) -> Mapping[str, str]:
    found = reading.session.execute(select(Policy.key, Policy.title).order_by(Policy.title))
    return dict(found.all())


def _sorted(
    reading: Reading, ids: Sequence[int], sort: str, size: int, before: int
) -> Sequence[Task]:
    rows = select(Task).options(joinedload(Task.case, innerjoin=True))
    if sort in _SORTED:
        chosen = (
            rows.join(Case, Case.id == Task.case_id)
            .where(Task.id.in_(ids))
            .order_by(_SORTED[sort], Task.urgency, Task.id)
        )
        page = reading.session.scalars(chosen.limit(size).offset(before)).all()
    else:
        ordered = ids[::-1] if sort == "-due" else ids
        shown = ordered[before : before + size]
        found = reading.session.scalars(rows.where(Task.id.in_(shown)))
        page = sorted(found, key=lambda task: shown.index(task.id))
    return page


_COLUMNS = {"created": Task.created_at, "case": Case.number, "name": Task.name}
_SORTED: Mapping[str, Order] = {
    **{name: column.asc() for name, column in _COLUMNS.items()},
    **{f"-{name}": column.desc() for name, column in _COLUMNS.items()},
}


def _lines(tasks: Sequence[Task], reading: Reading) -> Sequence[WaitingTask]:
    people = people_names(reading, (task.assignee for task in tasks))
    units = unit_names(reading, (task.case.unit for task in tasks))
    reading.meet_deployments(task.case.deployment_id for task in tasks)
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
