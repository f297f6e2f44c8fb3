"""Which cases and tasks are for a person: conditions for queries and for commands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from engine.model import PUBLIC, Actor
from engine.store.models import (
    Case,
    Circle,
    Exclusion,
    Notice,
    PolicyReader,
    Task,
    TaskCandidate,
)
from engine.store.reading import Reading

#: Who holds one of these may see every case that does not exclude them.
WIDE_RIGHTS = frozenset({"audit", "operate", "system"})

#: Names of their own, as whoever asks may ask for rows of the same tables; made once, as
#: a name costs more than the rest of a question.
_SECRET, _WORK = aliased(Case), aliased(Task)


def may_do(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row of `Task` is offered to the person."""
    return exists().where(TaskCandidate.task_id == Task.id, _is_candidate(actor))


def open_to(actor: Actor, case_id: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Return the condition that a case is not kept from the person.

    It is from those who are excluded; while it is confidential, from all but those who may
    see all, who hold one of the roles that the policy names for it, and who hold or did a
    task of it.

    Args:
        actor: The person.
        case_id: The column that names the case.
    """
    excluded = exists().where(Exclusion.case_id == case_id, Exclusion.login == actor.login)
    if actor.rights & WIDE_RIGHTS:
        return ~excluded
    works = exists().where(
        _WORK.case_id == _SECRET.id,
        or_(_WORK.assignee == actor.login, _WORK.completed_by == actor.login),
    )
    let_in = exists().where(Circle.case_id == _SECRET.id, Circle.role.in_(_roles(actor)))
    secret = exists().where(_SECRET.id == case_id, _SECRET.confidential, ~works, ~let_in)
    # Two denials and no "or" between them: PostgreSQL then looks at the few confidential
    # cases alone; else it reads all cases before it shows the first.
    return and_(~excluded, ~secret)


def wide_roles(actor: Actor) -> list[str]:
    """Return the roles that the person holds in no unit in particular."""
    return sorted({held.role for held in actor.memberships if held.unit is None})


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the person may see a row of `Case`.

    Those are the people who registered it, who hold or held a task of it or could take
    one, whom a letter about it was written to, who keep the ledger that it stands in or
    read all cases of its policy, whom it is shown to while it is confidential, and who may
    see all; nobody whom it is kept from.
    """
    if actor.rights & WIDE_RIGHTS:
        return open_to(actor, Case.id)
    if actor.login == PUBLIC.login:
        return false()  # Customers see their case by its link alone.
    involved = exists().where(
        Task.case_id == Case.id,
        or_(
            Task.assignee == actor.login,
            Task.completed_by == actor.login,
            may_do(actor).correlate(Task),
        ),
    )
    told = exists().where(Notice.case_id == Case.id, Notice.login == actor.login)
    kept = exists().where(PolicyReader.policy_key == Case.policy_key, _reads(actor))
    let_in = exists().where(Circle.case_id == Case.id, Circle.role.in_(wide_roles(actor)))
    ways = or_(Case.started_by == actor.login, involved, told, kept, let_in)
    return and_(open_to(actor, Case.id), ways)


def read_policies(reading: Reading, actor: Actor) -> Sequence[str]:
    """Return the keys of the policies whose cases the person reads as their keeper."""
    if not actor.memberships:
        return ()
    chosen = select(PolicyReader.policy_key).where(_reads(actor)).distinct()
    return reading.session.scalars(chosen.order_by(PolicyReader.policy_key)).all()


def _reads(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row of `PolicyReader` lets the person read cases."""
    return and_(PolicyReader.role.in_(_roles(actor)), PolicyReader.reads == "cases")


def _roles(actor: Actor) -> list[str]:
    return sorted({held.role for held in actor.memberships})


def sees_case(reading: Reading, actor: Actor, case_id: int) -> bool:
    """Tell whether the person may see this case."""
    chosen = select(Case.id).where(Case.id == case_id, may_see(actor))
    return reading.session.scalar(chosen) is not None


def is_kept_from(reading: Reading, actor: Actor, case_id: int) -> bool:
    """Tell whether the person must have nothing to do with the case, for now or ever."""
    if is_excluded(reading, actor.login, case_id):
        return True
    if not reading.find_case(case_id).confidential:
        return False
    chosen = select(Case.id).where(Case.id == case_id, open_to(actor, Case.id))
    return reading.session.scalar(chosen) is None


def is_excluded(reading: Reading, login: str, case_id: int) -> bool:
    """Tell whether the person with this login must have nothing to do with the case."""
    return login in reading.excluded(case_id)


def is_candidate(actor: Actor, task: Task) -> bool:
    """Tell whether *task* is offered to the person."""
    return any(
        is_offered(actor, offer.role, offer.unit, offer.login) for offer in task.candidates
    )


def is_offered(actor: Actor, role: str | None, unit: str | None, login: str | None) -> bool:
    """Tell whether a task that is offered to a role or a login is so to the person."""
    return login == actor.login if role is None else actor.holds(role, unit)


def _is_candidate(actor: Actor) -> ColumnElement[bool]:
    roles = [
        and_(
            TaskCandidate.role == held.role,
            *(
                []
                if held.unit is None
                else [or_(TaskCandidate.unit.is_(None), TaskCandidate.unit == held.unit)]
            ),
        )
        for held in sorted(actor.memberships, key=lambda held: (held.role, held.unit or ""))
    ]
    return or_(TaskCandidate.login == actor.login, *roles, false())
