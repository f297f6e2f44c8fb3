"""Commands about the links by which customers follow their cases."""

from dataclasses import dataclass

from engine.commands.cases.lifecycle import refuse_erased, refuse_unseen
from engine.model import CaseId, InvalidState, NotAllowed
from engine.store.onlookers import is_masked
from engine.store.tracking import issue
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class IssueLink:
    """Give the customer of a case a new link; the one before it ends."""

    case_id: CaseId

    def run(self, tx: Transaction) -> int:
        """Make the link and return its number; the token is not written down.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If the actor does not see it, or sees it masked.
            InvalidState: If its policy has nothing to tell customers, or it was erased.
        """
        case = tx.case(self.case_id)
        refuse_unseen(tx, case)
        refuse_erased(case)
        if is_masked(tx, case):
            raise NotAllowed(
                "Expected somebody who works on case {number}, but {name} sees its"
                " personal data masked: the link leads past that.",
                number=case.number,
                name=tx.actor.name,
            )
        if tx.loaded(case.deployment_id).settings.public is None:
            raise InvalidState(
                "Expected a policy that tells customers how their case goes, but that of"
                " {number} does not.",
                number=case.number,
            )
        link = issue(tx, case)
        tx.note(link=link.id)
        return link.id
