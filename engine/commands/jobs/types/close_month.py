"""The job `close-month`: closes a month of the ledger that the case's policy keeps."""

from engine.commands.jobs.types.headers import text
from engine.commands.ledger.closings import close_month
from engine.commands.moving.case import Moving
from engine.model import Variables
from engine.store.models import Job


def close_a_month(moving: Moving, job: Job) -> Variables:
    """Close the month that the header names; one that is closed stays as it was.

    Raises:
        NotFound: If it is no month.
        InvalidState: If it is too early.
    """
    case = moving.case
    month = text(job, "month")
    closed = close_month(moving.tx, case.policy_key, month, demo=case.demo)
    moving.tx.note(month=closed.month, digest=closed.digest)
    return {"closed": closed.month, "figures": dict(closed.figures)}
