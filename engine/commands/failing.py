"""What becomes of a job that could not be done: another try, or an incident."""

from datetime import timedelta

from engine.model import Sentence
from engine.store.models import Incident, Job
from engine.store.transaction import Transaction

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)


def fail(tx: Transaction, job: Job, reason: Sentence, *, permanent: bool) -> None:
    """Owe *job* again a while later, or give up and tell operations.

    It is given up when trying again is no use, or was tried often enough.
    """
    job.last_error, job.locked_until = reason, None
    if not permanent and job.attempts < job.attempts_allowed:
        job.state = "waiting"
        job.due_at = tx.now + min(
            _FIRST_WAIT * 2 ** max(job.attempts - 1, 0), _LONGEST_WAIT
        )
        tx.session.flush()
        tx.announce(job)
        return
    job.state, job.ended_at = "failed", tx.now
    tx.add(
        Incident(
            case_id=job.case_id,
            token=job.token,
            process_id=job.payload.get("process"),
            element_id=job.payload.get("element"),
            kind="job",
            sentence=reason,
            state="open",
            opened_at=tx.now,
            job_id=job.id,
        )
    )
