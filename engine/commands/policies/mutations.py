"""Commands about runs that try which changes of a policy its scenarios notice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from engine.commands.admitting.permission import require
from engine.commands.command import PRIVATE
from engine.model import DeploymentId, InvalidState, Json, Sentence
from engine.store.models import MutationRun
from engine.store.mutations import is_on_its_way, latest_run
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class BeginMutations:
    """Begin a run over the mutations of a deployment; somebody else carries it out."""

    deployment_id: DeploymentId

    def run(self, tx: Transaction) -> int:
        """Return the id of the run.

        Raises:
            NotAllowed: If the actor does not deploy.
            NotFound: If there is no such deployment.
            InvalidState: If one is on its way.
        """
        require(tx.actor, "deploy")
        deployment = tx.deployment(self.deployment_id)
        tx.stream = f"policy:{deployment.policy_key}"
        latest = latest_run(tx, deployment.id)
        if latest is not None and is_on_its_way(latest, tx.now):
            raise InvalidState(
                "Expected no run over this version to be on its way, but one is: {done} of"
                " {total}.",
                done=latest.done,
                total=latest.total,
            )
        return tx.add(
            MutationRun(
                deployment_id=deployment.id,
                begun_at=tx.now,
                begun_by=tx.actor.login,
                moved_at=tx.now,
                total=0,
                done=0,
                refused=0,
                unguarded=[],
            )
        ).id


@dataclass(frozen=True, slots=True)
class NoteMutations:
    """Say how far a run is, what it found since, and perhaps that it is over."""

    run_id: int
    total: int
    done: int
    refused: int
    unguarded: Sequence[Json] = field(default=(), metadata=PRIVATE)  #: Since last time.
    ended: bool = False
    trouble: Sentence | None = None

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Write it down.

        Raises:
            NotAllowed: If the actor does not operate.
        """
        require(tx.actor, "operate")
        run = tx.session.get_one(MutationRun, self.run_id)
        run.total, run.done, run.refused = self.total, self.done, self.refused
        run.unguarded = [*run.unguarded, *self.unguarded]
        run.moved_at = tx.now
        if self.ended:
            run.ended_at, run.trouble = tx.now, self.trouble
