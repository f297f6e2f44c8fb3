"""The command by which who does not work on a case sees its personal data for a while."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.cases.lifecycle import refuse_unseen
from engine.commands.command import PRIVATE
from engine.model import CaseId, InvalidState
from engine.store.onlookers import REVEALED_FOR, is_masked
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RevealPersonalData:
    """Ask to be shown what is personal in a case, and say why."""

    case_id: CaseId
    reason: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> datetime:
        """Write down who asked, when and why, and return until when it is shown.

        The journal of the case has the digest of the reason; the history shows it.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If the actor must not see the case.
            InvalidState: If nothing in it is masked for the actor, or it was erased.
            InvalidValues: If there is no reason.
        """
        case = tx.case(self.case_id)
        refuse_unseen(tx, case)
        if case.erased_at is not None:
            raise InvalidState(
                "Expected case {number} to have personal data, but it was erased before.",
                number=case.number,
            )
        if not is_masked(tx, case):
            raise InvalidState(
                "Expected personal data that is masked for {name}, but nothing in case"
                " {number} is.",
                name=tx.actor.name,
                number=case.number,
            )
        refuse_faults({"reason": text_faults(self.reason)})
        reason = {"reason": self.reason.strip()}
        tx.submit(reason, command=type(self).__name__, case_id=case.id)
        return tx.now + REVEALED_FOR
