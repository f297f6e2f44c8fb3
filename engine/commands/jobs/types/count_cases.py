"""The job `count-cases`: how many cases of the ledger are like this one."""

from engine.commands.jobs.types import headers
from engine.commands.moving.case import Moving
from engine.model import InvalidState, Variables
from engine.store import ledger
from engine.store.models import Job

_STATES = ("open", "closed", "cancelled")
#: What is counted unless a header says otherwise: a case that was called off counts not.
_COUNTED = ("open", "closed")


def count_cases(moving: Moving, job: Job) -> Variables:
    """Count the cases that a job asks for, this one not among them.

    Raises:
        InvalidState: If a header cannot be understood, or the policy keeps no ledger.
    """
    wanted = headers.where(moving, job)
    found = ledger.count(
        moving.tx,
        moving.case.policy_key,
        wanted,
        headers.since(moving, job),
        states=_states(job),
        but=moving.case,
    )
    return {"count": found}


def _states(job: Job) -> tuple[str, ...]:
    value = headers.header(job, "state")
    if value is None:
        return _COUNTED
    named = value if isinstance(value, list) else str(value).split(",")
    states = tuple(str(state).strip() for state in named)
    for state in states:
        if state not in _STATES:
            raise InvalidState(
                "Expected a state of cases, but there is none called {state}.", state=state
            )
    return states
