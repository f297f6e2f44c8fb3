"""Starts cases by schedule: plans the next start, starts, and plans the one after."""

from dataclasses import dataclass
from datetime import datetime

from engine.bpmn import Surroundings, next_start
from engine.commands.jobs.lifecycle import note_done, owed_job
from engine.commands.steps.starting import find_opening, open_case
from engine.model import CaseId
from engine.policy import LoadedPolicy
from engine.store import deployments
from engine.store.jobs import cancel_schedules
from engine.store.models import Job
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StartScheduled:
    """Start a case because its time has come."""

    job_id: int

    def run(self, tx: Transaction) -> CaseId:
        """Start the case and owe the next start.

        Raises:
            NotFound: If there is no such job, or the policy is not started so any more.
            InvalidState: If the job is not due, or done or cancelled.
        """
        planned = tx.find_job(self.job_id).payload
        # In the order of those who make another deployment active, with another schedule.
        deployments.lock_policy(tx, planned.get("policy"))
        job = owed_job(tx, self.job_id, "schedule")
        opening = find_opening(tx, planned["policy"], planned["process"], "schedule")
        note_done(tx, job)
        moving = open_case(tx, opening, {}, start_event=planned["element"])
        _owe_next(
            tx,
            opening.loaded,
            planned["process"],
            planned["element"],
            previous=job.due_at,
            fired=planned["fired"] + 1,
        )
        tx.note(number=moving.case.number, deployment=moving.case.deployment_id)
        return CaseId(moving.case.id)


def plan(tx: Transaction, loaded: LoadedPolicy) -> None:
    """Owe the next scheduled starts of a policy that has just become active."""
    cancel_schedules(tx, loaded.settings.key)
    for start in loaded.settings.starts:
        if start.by != "schedule":
            continue
        for event in loaded.definitions.process(start.process).starts:
            if event.kind == "timer":
                _owe_next(tx, loaded, start.process, event.element_id)


def _owe_next(
    tx: Transaction,
    loaded: LoadedPolicy,
    process_id: str,
    element_id: str,
    *,
    previous: datetime | None = None,
    fired: int = 0,
) -> None:
    """Owe the start that comes after *previous*, the *fired*-th; none if it is over."""
    around = Surroundings(now=tx.now, calendar=loaded.calendar, facts={})
    due = next_start(
        loaded.definitions, process_id, element_id, around, previous=previous, fired=fired
    )
    if due is None:
        return
    key = loaded.settings.key
    tx.owe(
        Job(
            kind="schedule",
            key=f"schedule:{key}:{process_id}:{element_id}",
            due_at=due,
            state="waiting",
            payload={
                "policy": key,
                "process": process_id,
                "element": element_id,
                "fired": fired,
            },
            created_at=tx.now,
        )
    )
