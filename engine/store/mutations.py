"""Runs over mutations: the latest of a deployment, and whether it is still alive."""

from datetime import datetime, timedelta

from sqlalchemy import select

from engine.store.models import MutationRun
from engine.store.reading import Reading

#: A run that said nothing for so long is taken for dead.
SILENCE = timedelta(minutes=5)


def latest_run(reading: Reading, deployment_id: int) -> MutationRun | None:
    """Return the run that began last; None if there was none."""
    return reading.session.scalar(
        select(MutationRun)
        .where(MutationRun.deployment_id == deployment_id)
        .order_by(MutationRun.id.desc())
        .limit(1)
    )


def is_on_its_way(run: MutationRun, now: datetime) -> bool:
    """Tell whether *run* is not over, and said something lately."""
    return run.ended_at is None and run.moved_at + SILENCE > now
