"""Which tasks are a person's or could be, the most urgent first, in any number of tasks.

Each way to a task is walked along an index of its own, and no further than is listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, exists, literal_column, select, union

from engine.model import Actor
from engine.store.models import Case, Exclusion, Task, TaskCandidate
from engine.store.reading import Reading
from engine.store.urgency import urgency_at

Scope = Literal["mine", "groups", "overdue"]
SCOPES: tuple[Scope, ...] = ("mine", "groups", "overdue")

#: Written out, so that the database knows the indexes that hold for it.
IS_OPEN: ColumnElement[bool] = Task.state == literal_column("'open'")


@dataclass(frozen=True, slots=True)
class _Way:
    """Rows that lead to tasks, each with the task and the case that it is of."""

    rows: Select[int, int]
    source: type[Task | TaskCandidate]

    @property
    def task_id(self) -> ColumnElement[Any] | Any:
        """The column with the id of the task."""
        return Task.id if self.source is Task else TaskCandidate.task_id


def urgent(
    reading: Reading,
    scope: Scope,
    most: int,
    filters: Sequence[ColumnElement[bool]] = (),
) -> Sequence[int]:
    """Return the ids of at most so many open tasks of the asking person.

    Args:
        reading: Who asks, and when.
        scope: Their own, those they could take, or those of both that are overdue.
        most: How many.
        filters: Conditions on `Task` and `Case`.
    """
    ways = [
        _narrowed(way, reading, scope, filters).limit(most)
        for way in _ways(reading.actor, scope)
    ]
    both = union(*(select(way.subquery()) for way in ways)).subquery()
    chosen = select(both.c.id).order_by(both.c.urgency, both.c.id).limit(most)
    return reading.session.execute(chosen).scalars().all()


def _ways(actor: Actor, scope: Scope) -> Iterator[_Way]:
    """Yield what leads to tasks: what is held, and each place that work is offered to."""
    if scope != "groups":
        own = select(Task.id.label("id"), Task.urgency.label("urgency"))
        yield _Way(own.where(Task.assignee == actor.login, IS_OPEN), Task)
    if scope == "mine":
        return
    offered = select(
        TaskCandidate.task_id.label("id"), TaskCandidate.urgency.label("urgency")
    ).where(TaskCandidate.waits)
    yield _Way(offered.where(TaskCandidate.login == actor.login), TaskCandidate)
    for condition in places(actor):
        yield _Way(offered.where(*condition), TaskCandidate)


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
    scope: Scope,
    filters: Sequence[ColumnElement[bool]],
) -> Select[int, int]:
    """Return a way in order of urgency, without what the person must not see."""
    rows, source = way.rows, way.source
    if filters:
        if source is TaskCandidate:
            rows = rows.join(Task, Task.id == TaskCandidate.task_id)
        rows = rows.join(Case, Case.id == source.case_id).where(*filters)
    hidden = exists().where(
        Exclusion.case_id == source.case_id, Exclusion.login == reading.actor.login
    )
    if scope == "overdue":
        rows = rows.where(source.urgency < urgency_at(reading.now))
    return rows.where(~hidden).order_by(source.urgency, way.task_id)
