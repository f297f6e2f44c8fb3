"""Commands about what comes from outside."""

from dataclasses import dataclass, field
from datetime import timedelta

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import has_right
from engine.commands.command import PRIVATE
from engine.commands.moving.case import pick_up
from engine.commands.steps import progress
from engine.commands.steps.starting import find_opening, open_case
from engine.model import CaseId, NotAllowed, Variables
from engine.store import messages
from engine.store.models import Job, Message, Subscription
from engine.store.transaction import Transaction
from engine.store.visibility import sees_case

#: How long a message is kept that nobody waits for yet.
TIME_TO_LIVE = timedelta(days=7)
LONGEST_NAME = 200  #: Characters of a message's name, key and id.


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """Tell the case that waits for it that something came: goods, an answer, an outcome."""

    name: str
    #: Both are the sender's, who may have put anybody's name or number into them.
    key: str | None = field(metadata=PRIVATE)
    message_id: str = field(metadata=PRIVATE)  #: The same again changes nothing.
    payload: Variables = field(default_factory=dict, metadata=PRIVATE)

    def run(self, tx: Transaction) -> CaseId | None:
        """Deliver the message, start a case by it, or keep it, and return the case.

        The case that has waited longest gets it. Where nobody waits and no process
        begins with it, it is kept for `TIME_TO_LIVE` and shown to operations.

        Raises:
            NotAllowed: If the actor neither operates nor sees the case that waits.
            InvalidValues: If the message has no name or no id.
        """
        refuse_faults(
            {
                "name": text_faults(self.name, LONGEST_NAME),
                "key": text_faults(self.key, LONGEST_NAME) if self.key is not None else (),
                "message_id": text_faults(self.message_id, LONGEST_NAME),
            }
        )
        waiting = self._locked_waiting(tx)
        known = messages.message_with(tx, self.message_id)
        if known is None or known.received_from != tx.actor.login:
            self._refuse_stranger(tx, waiting)
        if known is not None:
            return None if known.case_id is None else CaseId(known.case_id)
        if waiting is not None:
            return self._deliver(tx, waiting)
        starting = messages.started_by(tx, self.name)
        if starting is not None:
            return self._start(tx, starting)
        self._keep(tx)
        return None

    def _locked_waiting(self, tx: Transaction) -> Subscription | None:
        """Return who waits, with the case locked and nobody beginning to wait meanwhile.

        The case is locked before the correlation, in the order of all other commands.
        """
        waiting = messages.waiting_for(tx, self.name, self.key)
        while True:
            if waiting is not None and waiting.case_id is not None:
                tx.session.refresh(
                    tx.find_case(waiting.case_id), with_for_update={"key_share": True}
                )
            messages.lock_correlation(tx, self.name, self.key)
            again = messages.waiting_for(tx, self.name, self.key)
            if again is None or (waiting is not None and again.id == waiting.id):
                return again
            waiting = again

    def _refuse_stranger(self, tx: Transaction, waiting: Subscription | None) -> None:
        known = waiting is not None and waiting.case_id is not None
        if has_right(tx.actor, "operate") and not known:
            return
        if waiting is None or waiting.case_id is None:
            raise NotAllowed(
                "Expected a case that waits for the message {message}, but none does;"
                " only operations may send it ahead.",
                message=self.name,
            )
        if not sees_case(tx, tx.actor, waiting.case_id):
            raise NotAllowed(
                "Expected somebody who takes part in the case that waits for the message"
                " {message}, but {name} does not.",
                message=self.name,
                name=tx.actor.name,
            )

    def _deliver(self, tx: Transaction, waiting: Subscription) -> CaseId:
        assert waiting.case_id is not None
        assert waiting.token is not None
        case = tx.case(waiting.case_id)
        moving = pick_up(tx, case)
        message = self._add(tx, "correlated", case.id)
        advance = moving.execution.deliver(waiting.token, self.payload, moving.around)
        tx.note(message=message.id)
        progress.record(moving, advance)
        return CaseId(case.id)

    def _start(self, tx: Transaction, starting: Subscription) -> CaseId:
        opening = find_opening(tx, starting.policy_key, starting.process_id, "message")
        message = self._add(tx, "correlated", None)
        moving = open_case(tx, opening, self.payload, start_event=starting.element_id)
        message.case_id = moving.case.id
        tx.note(message=message.id, number=moving.case.number)
        return CaseId(moving.case.id)

    def _keep(self, tx: Transaction) -> None:
        message = self._add(tx, "kept", None)
        tx.owe(
            Job(
                kind="expire",
                key=f"expire:{message.id}",
                due_at=message.expires_at,
                state="waiting",
                payload={"message": message.id},
                created_at=tx.now,
            )
        )
        tx.note(message=message.id)
        tx.stream = "messages"

    def _add(self, tx: Transaction, state: str, case_id: int | None) -> Message:
        return tx.add(
            Message(
                message_id=self.message_id,
                name=self.name,
                key=self.key,
                payload=dict(self.payload),
                received_at=tx.now,
                received_from=tx.actor.login,
                expires_at=tx.now + TIME_TO_LIVE,
                state=state,
                case_id=case_id,
                correlated_at=tx.now if state == "correlated" else None,
            )
        )
