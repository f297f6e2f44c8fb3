"""Finds and changes what the machine owes."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from engine.store.models import Job
from engine.store.reading import Reading
from engine.store.transaction import Transaction

#: The states of a job that is still to be done.
OWED = ("waiting", "running")
#: A lease that ends later than this from now was given by a clock that was ahead.
LONGEST_LEASE = timedelta(hours=1)


def due_job_ids(
    reading: Reading, limit: int = 100, *, kinds: Collection[str] | None = None
) -> Sequence[int]:
    """Return the ids of jobs that are due now, or whose runner let its time pass.

    Jobs of other *kinds* are left for somebody else.
    """
    chosen = (
        select(Job.id)
        .where(
            or_(
                (Job.state == "waiting") & (Job.due_at <= reading.now),
                (Job.state == "running") & (Job.locked_until <= reading.now),
                (Job.state == "running") & (Job.locked_until > reading.now + LONGEST_LEASE),
            )
        )
        .order_by(Job.due_at, Job.id)
        .limit(limit)
    )
    if kinds is not None:
        chosen = chosen.where(Job.kind.in_(kinds))
    return reading.session.scalars(chosen).all()


def is_abandoned(job: Job, now: datetime) -> bool:
    """Tell whether whoever took *job* let its time pass, by a clock that is right."""
    until = job.locked_until
    if job.state != "running" or until is None:
        return False
    return not now < until <= now + LONGEST_LEASE


def next_due_at(
    reading: Reading, *, kinds: Collection[str] | None = None
) -> datetime | None:
    """Return when the next waiting job of these *kinds* is due."""
    chosen = select(Job.due_at).where(Job.state == "waiting")
    if kinds is not None:
        chosen = chosen.where(Job.kind.in_(kinds))
    return reading.session.scalar(chosen.order_by(Job.due_at).limit(1))


def cancel_schedules(tx: Transaction, policy_key: str) -> None:
    """Cancel the coming scheduled starts of a policy."""
    tx.session.execute(
        update(Job)
        .where(
            Job.key.startswith(f"schedule:{policy_key}:", autoescape=True),
            Job.state.in_(OWED),
        )
        .values(state="cancelled", ended_at=tx.now)
    )
