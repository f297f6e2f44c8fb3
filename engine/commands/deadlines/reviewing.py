"""The command by which leaders look at a broken deadline and write what came of it."""

from dataclasses import dataclass, field

from sqlalchemy import select

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import has_right
from engine.commands.command import PRIVATE
from engine.model import Conflict, NotAllowed, NotFound
from engine.reports.access import closes_months
from engine.store import people
from engine.store.models import Breach, BreachLeader
from engine.store.transaction import Transaction
from engine.store.visibility import is_excluded


@dataclass(frozen=True, slots=True)
class ReviewBreach:
    """Say that a broken deadline was looked at, and what came of it."""

    breach_id: int
    remark: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Keep who looked at it, when, and what they say.

        Raises:
            NotFound: If there is no such breach.
            NotAllowed: If the actor neither leads those who were late, nor keeps the
                ledger, nor operates; or was late themselves.
            Conflict: If somebody looked at it before.
            InvalidValues: If there is no remark.
        """
        breach = _locked(tx, self.breach_id)
        _refuse_stranger(tx, breach)
        if breach.reviewed_by is not None:
            raise Conflict(
                "Expected a breach that nobody looked at, but {name} did.",
                name=people.name_of(tx, breach.reviewed_by) or breach.reviewed_by,
            )
        refuse_faults({"remark": text_faults(self.remark)})
        breach.reviewed_at, breach.reviewed_by = tx.now, tx.actor.login
        breach.remark = self.remark.strip()


def _locked(tx: Transaction, breach_id: int) -> Breach:
    found = tx.session.get(Breach, breach_id)
    if found is None:
        raise NotFound(
            "Expected to find breach {breach}, but there is none.", breach=breach_id
        )
    tx.case(found.case_id)
    return tx.session.get_one(Breach, breach_id, populate_existing=True)


def _refuse_stranger(tx: Transaction, breach: Breach) -> None:
    actor = tx.actor
    is_away = is_excluded(tx, actor.login, breach.case_id)
    if is_away or not (has_right(actor, "operate") or _leads(tx, breach)):
        raise NotAllowed(
            "Expected somebody who looks at breach {breach}, but {name} does not.",
            breach=breach.id,
            name=actor.name,
        )
    if actor.login == breach.person:
        raise NotAllowed(
            "Expected somebody else than {name}, who was late.", name=actor.name
        )


def _leads(tx: Transaction, breach: Breach) -> bool:
    above = select(BreachLeader).where(BreachLeader.breach_id == breach.id)
    if any(tx.actor.holds(each.role, each.unit) for each in tx.session.scalars(above)):
        return True
    deployment = tx.find_case(breach.case_id).deployment_id
    return closes_months(tx.actor, tx.loaded(deployment))
