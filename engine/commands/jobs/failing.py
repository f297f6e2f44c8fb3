"""What becomes of a job that could not be done: another try, or an incident."""

from datetime import timedelta

from engine.model import Sentence
from engine.store.models import Incident, Job
from engine.store.transaction import Transaction

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_PATIENCE = 128  #: Attempts with these waits between: five days, as mail servers go on.


def fail(
    tx: Transaction, job: Job, reason: Sentence, *, permanent: bool, patient: bool = False
) -> None:
    """Owe *job* again a while later, or give up and tell operations.

    It is given up when trying again is no use, or was tried often enough. A *patient*
    failure, such as a server that is down, uses up none of the attempts for five days.
    """
    job.last_error, job.locked_until = reason, None
    if patient and job.attempts < _PATIENCE:
        job.attempts_allowed += 1
    if not permanent and job.attempts < job.attempts_allowed:
        job.state = "waiting"
        job.due_at = tx.now + _wait(job.attempts)
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


def _wait(attempts: int) -> timedelta:
    doublings = min(max(attempts - 1, 0), 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
