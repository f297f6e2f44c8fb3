"""Commands about incidents: go on where a case had stopped."""

from dataclasses import dataclass

from engine.commands.admitting.permission import require
from engine.commands.cases.lifecycle import refuse_ended, refuse_unseen
from engine.commands.moving import opening
from engine.commands.moving.case import pick_up
from engine.commands.steps import progress
from engine.model import InvalidState
from engine.store.models import Incident
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """Try again where a case could not go on, after what was wrong is put right."""

    incident_id: int

    def run(self, tx: Transaction) -> None:
        """Go on; what is still wrong opens a new incident.

        Raises:
            NotFound: If there is no such incident.
            NotAllowed: If the actor does not operate.
            InvalidState: If it is resolved already, or the case is over.
        """
        require(tx.actor, "operate")
        incident = tx.incident(self.incident_id)
        if incident.case_id is not None:
            refuse_unseen(tx, tx.case(incident.case_id))
        if incident.state != "open":
            raise InvalidState(
                "Expected incident {incident} to be open, but it is resolved.",
                incident=incident.id,
            )
        incident.state, incident.resolved_at = "resolved", tx.now
        incident.resolved_by = tx.actor.login
        if incident.case_id is not None:
            refuse_ended(tx.case(incident.case_id))
        if incident.job_id is not None:
            _owe_again(tx, incident.job_id)
        elif incident.case_id is not None:
            _go_on(tx, incident, incident.case_id)


def _owe_again(tx: Transaction, job_id: int) -> None:
    job = tx.job(job_id)
    job.state, job.attempts, job.due_at = "waiting", 0, tx.now
    job.ended_at = job.locked_until = None
    tx.session.flush()
    tx.announce(job)


def _go_on(tx: Transaction, incident: Incident, case_id: int) -> None:
    moving = pick_up(tx, tx.case(case_id))
    if incident.task_id is not None:
        task = tx.task(incident.task_id)
        if task.state == "open":
            opening.route_anew(moving, task)
    elif incident.token is not None:
        progress.record(moving, moving.execution.retry(incident.token, moving.around))
    else:
        progress.refresh(moving)
