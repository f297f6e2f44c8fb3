"""Which cases and tasks are for a person: conditions for queries and for commands."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from engine.model import PUBLIC, Actor
from engine.store.models import Case, Exclusion, Notice, PolicyReader, Task, TaskCandidate
from engine.store.reading import Reading

#: Who holds one of these may see every case that does not exclude them.
WIDE_RIGHTS = frozenset({"audit", "operate", "system"})


def may_do(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row of `Task` is offered to the person."""
    return exists().where(TaskCandidate.task_id == Task.id, _is_candidate(actor))


def excludes(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row of `Case` must not be seen by the person."""
    return exists().where(Exclusion.case_id == Case.id, Exclusion.login == actor.login)


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the person may see a row of `Case`.

    Those are the people who registered it, who hold or held a task of it or could take
    one, whom a letter about it was written to, who keep the ledger that it stands in, and
    who may see all; nobody excluded.
    """
    if actor.rights & WIDE_RIGHTS:
        return ~excludes(actor)
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
    ways = or_(Case.started_by == actor.login, involved, told, kept)
    return and_(~excludes(actor), ways)


def read_policies(reading: Reading, actor: Actor) -> Sequence[str]:
    """Return the keys of the policies whose cases the person reads as their keeper."""
    if not actor.memberships:
        return ()
    chosen = select(PolicyReader.policy_key).where(_reads(actor)).distinct()
    return reading.session.scalars(chosen.order_by(PolicyReader.policy_key)).all()


def _reads(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row of `PolicyReader` lets the person read cases."""
    roles = sorted({held.role for held in actor.memberships})
    return and_(PolicyReader.role.in_(roles), PolicyReader.reads == "cases")


def sees_case(reading: Reading, actor: Actor, case_id: int) -> bool:
    """Tell whether the person may see this case."""
    chosen = select(Case.id).where(Case.id == case_id, may_see(actor))
    return reading.session.scalar(chosen) is not None


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
