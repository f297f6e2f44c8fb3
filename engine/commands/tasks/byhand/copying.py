"""Sends people a case for their information."""

from dataclasses import dataclass, field

from sqlalchemy import select

from engine.commands.command import PRIVATE
from engine.commands.tasks.byhand.permitting import (
    chosen_person,
    handled,
    keep,
    refuse_long,
    tell,
)
from engine.model import InvalidState, Sentence, TaskId
from engine.store.models import Routed
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CopyCase:
    """Let somebody know of a case; they may read it from then on."""

    task_id: TaskId
    login: str
    reason: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Tell the person.

        Raises:
            NotFound: If there is no such task or active person.
            NotAllowed: If the task is not the actor's, the policy does not allow it, or
                the person must keep away.
            Conflict, InvalidState: If it is taken, completed or gone, or the person is
                the actor or got the case already.
            InvalidValues: If the reason is too long.
        """
        task = handled(tx, self.task_id, "copy")
        refuse_long(reason=self.reason)
        person = chosen_person(tx, task, self.login)
        got = select(Routed.id).where(
            Routed.case_id == task.case_id,
            Routed.verb == "copy",
            Routed.receiver == person.login,
        )
        if person.login == tx.actor.login or tx.session.scalar(got.limit(1)) is not None:
            raise InvalidState(
                "Expected somebody who does not know of the case, but {name} does.",
                name=person.name,
            )
        keep(tx, task, "copy", reason=self.reason, receiver=person.login)
        sentence = Sentence(
            "{name} sends you case {number} for your information: {reason}",
            {
                "name": tx.actor.name,
                "number": task.case.number,
                "reason": self.reason.strip() or "–",
            },
        )
        tell(tx, task, [person.login], sentence)
