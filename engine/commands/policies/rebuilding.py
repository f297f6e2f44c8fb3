"""Lets the ledger say of older cases what its columns ask now."""

from dataclasses import dataclass

from sqlalchemy import delete

from engine.commands.admitting.permission import require
from engine.commands.jobs.lifecycle import note_done, owed_job
from engine.commands.ledger import casehead
from engine.commands.moving.case import pick_up
from engine.model import EngineError
from engine.policy import LoadedPolicy
from engine.store.ledger_books import (
    book_of,
    cases_kept_by,
    closed_months,
    kept_otherwise,
    month_of,
)
from engine.store.models import Job, LedgerEntry, Policy
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_AT_ONCE = 50  #: Cases of one transaction; the next goes on.


@dataclass(frozen=True, slots=True)
class RebuildLedger:
    """Derive anew the entries of cases that came before the ledger's columns.

    What was counted when a month was closed stays: cases of closed months keep their
    entries.
    """

    job_id: int

    def prepare(self, reading: Reading) -> "RebuildLedger":
        """Read the deployments that are concerned, so that no command waits for it."""
        payload = reading.find_job(self.job_id).payload
        active = _active(reading, payload["policy"])
        if active is not None:
            kept_otherwise(reading, payload["policy"], active)
        return self

    def run(self, tx: Transaction) -> int:
        """Derive some, owe the next turn, and return how many entries it were.

        Raises:
            NotAllowed: If the actor does not operate.
            NotFound: If there is no such job.
            InvalidState: If the job is not due, or done or cancelled.
        """
        require(tx.actor, "operate")
        job = owed_job(tx, self.job_id, "ledger")
        note_done(tx, job)
        key = job.payload["policy"]
        active = _active(tx, key)
        if active is None or tx.loaded(active).settings.ledger is None:
            return 0
        others = kept_otherwise(tx, key, active)
        behind = cases_kept_by(tx, key, others, job.payload["after"], _AT_ONCE)
        closed = closed_months(tx, key)
        rebuilt = sum(_rebuild(tx, case_id, active, closed) for case_id in behind)
        if len(behind) == _AT_ONCE:
            _owe(tx, key, job.payload["deployment"], after=behind[-1])
        return rebuilt


def owe_rebuilding(
    tx: Transaction, policy: Policy, deployment: int, loaded: LoadedPolicy
) -> None:
    """Owe the entries of older cases where the ledger has come, or asks something else.

    Args:
        tx: Where the policy is locked.
        policy: The policy, with the deployment that was active up to now.
        deployment: Which is to be active now.
        loaded: What it says.
    """
    before, wanted = policy.active_deployment_id, book_of(loaded.settings)
    if before is None or wanted is None:
        return
    try:
        is_same = book_of(tx.loaded(before).settings) == wanted
    except EngineError:  # What cannot be read any more must not keep a better one out.
        is_same = False
    if not is_same:
        _owe(tx, policy.key, deployment, after=0)


def _rebuild(
    tx: Transaction, case_id: int, active: int, closed: frozenset[tuple[str, bool]]
) -> bool:
    case = tx.case(case_id)
    if month_of(case, tx.loaded(active).settings) in closed:
        return False
    case.ledger_by, case.entry_digest = active, None
    moving = pick_up(tx, case)
    # What a column cannot say of an old case stays empty; nobody can correct it there.
    casehead.enter(tx, case, moving.policy, moving.execution.variables)
    if case.entry_digest is None:
        tx.session.execute(delete(LedgerEntry).where(LedgerEntry.case_id == case.id))
    return True


def _active(reading: Reading, policy_key: str) -> int | None:
    policy = reading.session.get(Policy, policy_key)
    return None if policy is None else policy.active_deployment_id


def _owe(tx: Transaction, policy_key: str, deployment: int, *, after: int) -> None:
    tx.owe(
        Job(
            kind="ledger",
            key=f"ledger:{policy_key}:{deployment}",
            due_at=tx.now,
            state="waiting",
            payload={"policy": policy_key, "deployment": deployment, "after": after},
            created_at=tx.now,
        )
    )
