"""Which tasks are a person's or could be, the most urgent first, in any number of tasks.

Each way to a task is walked along an index of its own, and no further than is listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, literal_column, select, union

from engine.model import Actor
from engine.store.models import Case, Task, TaskCandidate
from engine.store.reading import Reading
from engine.store.urgency import urgency_at
from engine.store.visibility import open_to

Scope = Literal["mine", "groups", "overdue"]
SCOPES: tuple[Scope, ...] = ("mine", "groups", "overdue")

#: Written out, so that the database knows the indexes that hold for it.
IS_OPEN: ColumnElement[bool] = Task.state == literal_column("'open'")


@dataclass(frozen=True, slots=True)
class _Way:
    """Rows that lead to tasks, each with the task and the case that it is of."""

    rows: Select[int, int]
    source: type[Task | TaskCandidate]
    is_within: bool = False  #: Whether all its rows are of one unit, or all of none.

    @property
    def task_id(self) -> ColumnElement[Any] | Any:
        """The column with the id of the task."""
        return Task.id if self.source is Task else TaskCandidate.task_id


@dataclass(frozen=True, slots=True)
class Urgent:
    """The most urgent tasks of a person, by id, as far as they are listed and one more."""

    mine: Sequence[int]
    groups: Sequence[int]
    overdue: Sequence[int]

    def under(self, scope: Scope) -> Sequence[int]:
        """Return those under one of the tabs."""
        found: Sequence[int] = getattr(self, scope)
        return found


def urgent(
    reading: Reading, most: int, filters: Sequence[ColumnElement[bool]] = ()
) -> Urgent:
    """Return at most so many open tasks of the asking person under each tab.

    Args:
        reading: Who asks, and when.
        most: How many.
        filters: Conditions on `Task` and `Case`.
    """
    mine = _first(reading, [_own(reading.actor)], most, filters)
    groups = _first(reading, list(_offers(reading.actor)), most, filters)
    # What is overdue comes first in both.
    now = urgency_at(reading.now)
    late = sorted((key, task) for task, key in {*mine, *groups} if key < now)
    return Urgent(
        mine=[task for task, _ in mine],
        groups=[task for task, _ in groups],
        overdue=[task for _, task in late[:most]],
    )


def _first(
    reading: Reading,
    ways: Sequence[_Way],
    most: int,
    filters: Sequence[ColumnElement[bool]],
) -> Sequence[tuple[int, int]]:
    """Return the first tasks of all ways together, each with its urgency."""
    narrowed = [_narrowed(way, reading, filters).limit(most) for way in ways]
    both = union(*(select(way.subquery()) for way in narrowed)).subquery()
    chosen = select(both.c.id, both.c.urgency).order_by(both.c.urgency, both.c.id)
    rows = reading.session.execute(chosen.limit(most))
    return [(task_id, urgency) for task_id, urgency in rows]


def _own(actor: Actor) -> _Way:
    """Return what leads to the tasks that the person holds."""
    own = select(Task.id.label("id"), Task.urgency.label("urgency"))
    return _Way(own.where(Task.assignee == actor.login, IS_OPEN), Task)


def _offers(actor: Actor) -> Iterator[_Way]:
    """Yield each place from which work is offered to the person."""
    offered = select(
        TaskCandidate.task_id.label("id"), TaskCandidate.urgency.label("urgency")
    ).where(TaskCandidate.waits)
    yield _Way(offered.where(TaskCandidate.login == actor.login), TaskCandidate)
    for place in places(actor):
        yield _Way(offered.where(*place), TaskCandidate, is_within=len(place) > 1)


def places(actor: Actor) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Yield the conditions that a candidate is a role that the person holds.

    A role that is held in one unit is offered work of that unit, and of none in particular.
    """
    held = {(membership.role, membership.unit) for membership in actor.memberships}
    everywhere = {role for role, unit in held if unit is None}
    for role in sorted(everywhere):
        yield (TaskCandidate.role == role,)
    for role, unit in sorted((r, u) for r, u in held if u is not None):
        if role not in everywhere:
            yield TaskCandidate.role == role, TaskCandidate.unit == unit
    for role in sorted({role for role, _ in held} - everywhere):
        yield TaskCandidate.role == role, TaskCandidate.unit.is_(None)


def _narrowed(
    way: _Way,
    reading: Reading,
    filters: Sequence[ColumnElement[bool]],
) -> Select[int, int]:
    """Return a way in order of urgency, without what the person must not see."""
    rows, source = way.rows, way.source
    if filters:
        if source is TaskCandidate:
            rows = rows.join(Task, Task.id == TaskCandidate.task_id)
        rows = rows.join(Case, Case.id == source.case_id).where(*filters)
    # The unit is the same in all rows: named, it leads to the index that begins with it.
    first = [TaskCandidate.unit] if way.is_within else []
    return rows.where(open_to(reading.actor, source.case_id)).order_by(
        *first, source.urgency, way.task_id
    )
