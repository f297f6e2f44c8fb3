"""Which cases a person may see, the newest first, in any number of cases.

Each way to a case is walked along an index of its own, and no further than is listed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union

from engine.model import PUBLIC, Actor
from engine.queries.tasks.offers import places
from engine.store.models import Case, Circle, Notice, Task, TaskCandidate
from engine.store.reading import Reading
from engine.store.visibility import WIDE_RIGHTS, open_to, read_policies, wide_roles

Column = ColumnElement[Any] | Any


def newest(
    reading: Reading, most: int, filters: Sequence[ColumnElement[bool]] = ()
) -> Sequence[int]:
    """Return the ids of at most so many cases that the asking person may see.

    They are those of `may_see`: registered by the person, or who holds, held or could take
    a task of it, or a letter told of it, or whose ledger the person keeps, or shown to a
    role of the person while it is confidential; all of them for wide rights; and none that
    is kept from the person.

    Args:
        reading: Who asks.
        most: How many.
        filters: Conditions on `Case`.
    """
    actor = reading.actor
    if actor.login == PUBLIC.login:
        return ()  # Customers see their case by its link alone.
    if actor.rights & WIDE_RIGHTS:
        everything = _narrowed(select(Case.id), Case.id, actor, filters).limit(most)
        return reading.session.execute(everything).scalars().all()
    ways = [
        _narrowed(way, case_id, actor, filters, *unit).limit(most)
        for way, case_id, *unit in _ways(reading)
    ]
    together = union(*(select(way.subquery()) for way in ways)).subquery()
    [found] = together.c
    chosen = select(found).order_by(found.desc()).limit(most)
    return reading.session.execute(chosen).scalars().all()


def _ways(reading: Reading) -> Iterator[tuple[Select[Any], Column, *tuple[Column, ...]]]:
    """Yield what leads to cases, the column that names them, and that of the unit.

    The unit is named where it is the same in all rows, or null in all.
    """
    actor = reading.actor
    yield select(Case.id).where(Case.started_by == actor.login), Case.id
    for key in read_policies(reading, actor):
        yield select(Case.id).where(Case.policy_key == key), Case.id
    let_in = wide_roles(actor)
    if let_in:
        yield select(Circle.case_id).where(Circle.role.in_(let_in)), Circle.case_id
    yield select(Task.case_id).where(Task.assignee == actor.login), Task.case_id
    told = select(Notice.case_id).where(Notice.case_id.is_not(None))
    yield told.where(Notice.login == actor.login), Notice.case_id
    offered = select(TaskCandidate.case_id)
    yield offered.where(TaskCandidate.login == actor.login), TaskCandidate.case_id
    for place in places(actor):
        unit = [TaskCandidate.unit] if len(place) > 1 else []
        yield offered.where(*place), TaskCandidate.case_id, *unit


def _narrowed(
    way: Select[Any],
    case_id: Column,
    actor: Actor,
    filters: Sequence[ColumnElement[bool]],
    *unit: Column,
) -> Select[Any]:
    """Return a way, the newest first, without what the person must not see."""
    if filters:
        way = way if case_id is Case.id else way.join(Case, Case.id == case_id)
        way = way.where(*filters)
    # Each case once; the unit leads to the index that begins with it.
    order = [column.desc() for column in (*unit, case_id)]
    return way.where(open_to(actor, case_id)).group_by(*unit, case_id).order_by(*order)
