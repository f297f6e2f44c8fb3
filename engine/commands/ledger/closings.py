"""The command that closes a month: its figures stay as they are from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.model import InvalidState, Json, NotFound
from engine.policy import LoadedPolicy
from engine.policy.sections.ledger import Ledger
from engine.reckoning.months import Month, Period, is_month
from engine.reports.access import refuse_unless_keeper
from engine.reports.closing import closes_from, counted, digest_of, fixed_columns, packed
from engine.reports.kinds import KINDS
from engine.reports.kinds.counts import summary
from engine.reports.ledgers import policy_with_ledger, today
from engine.reports.making import books, material
from engine.store.models import ClosedMonth, Policy
from engine.store.transaction import Transaction
from engine.store.values import dumps


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """What came of closing a month."""

    month: str
    figures: Mapping[str, Json]
    digest: str
    is_new: bool  #: Whether it was closed now, and not before.


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """Close a month of a policy's ledger; a month that is closed stays as it was."""

    policy_key: str
    month: str

    def run(self, tx: Transaction) -> MonthClosed:
        """Keep the lines and figures of the month.

        Raises:
            NotFound: If there is no such policy, ledger or month.
            NotAllowed: If the actor does not keep the ledger.
            InvalidState: If the month is not over, or it is too early in the next one.
        """
        tx.stream = f"policy:{self.policy_key}"
        policy, _ = policy_with_ledger(tx, self.policy_key)
        refuse_unless_keeper(tx.actor, policy)
        return close_month(tx, self.policy_key, self.month, demo=tx.holdings.demo)


def close_month(
    tx: Transaction, policy_key: str, month: Month, *, demo: bool = False
) -> MonthClosed:
    """Close a month, whoever asks for it; two at once close it once.

    With *demo* it counts the demo cases alone; otherwise it counts none of them, and takes
    the place of a month that was closed for them.

    Raises:
        NotFound: If there is no such policy, ledger or month.
        InvalidState: If the month is not over, or it is too early in the next one.
    """
    if not is_month(month):
        raise NotFound(
            "Expected a month such as {example}, but it is {month}.",
            example="2026-03",
            month=month[:20],
        )
    policy, ledger = policy_with_ledger(tx, policy_key)
    _lock(tx, policy_key)
    known = tx.session.get(ClosedMonth, (policy_key, month), populate_existing=True)
    if known is not None and known.demo and not demo:
        tx.session.delete(known)
        tx.session.flush()
        known = None
    if known is not None:
        return MonthClosed(month, known.figures, known.digest, is_new=False)
    _refuse_early(today(tx, policy), ledger, month)
    row = tx.add(_closed(tx, policy, month, demo=demo))
    tx.note(digest=row.digest)
    return MonthClosed(month, row.figures, row.digest, is_new=True)


def _refuse_early(day: date, ledger: Ledger, month: Month) -> None:
    begins = closes_from(ledger, month)
    if day < begins:
        raise InvalidState(
            "Expected to close {month} on {day} or later, since much of it may still change"
            " before, but today is {today}.",
            month=month,
            day=begins.isoformat(),
            today=day.isoformat(),
        )


def _lock(tx: Transaction, policy_key: str) -> None:
    """Let others who close a month of this policy wait."""
    tx.session.scalar(
        select(Policy.key).where(Policy.key == policy_key).with_for_update(key_share=True)
    )


def _closed(
    tx: Transaction, policy: LoadedPolicy, month: Month, *, demo: bool
) -> ClosedMonth:
    key, period = policy.settings.key, Period(month, month)
    held = books(tx, key, period, demo=demo)
    figures = _figures(tx, policy, month, demo=demo)
    lines = counted(held.book.present, month)
    rows = packed(lines, held.steps, fixed_columns(policy.settings))
    return ClosedMonth(
        policy_key=key,
        month=month,
        closed_at=tx.now,
        closed_by=tx.actor.login,
        figures=figures,
        rows=dumps(rows),
        demo=demo,
        digest=digest_of(month, figures, rows),
    )


def _figures(
    tx: Transaction, policy: LoadedPolicy, month: Month, *, demo: bool
) -> dict[str, Json]:
    """Return the summary of a month, and the figures of each report that is owed."""
    given = material(tx, policy.settings.key, Period(month, month), demo=demo)
    reports = {
        owed.kind: dict(KINDS[owed.kind](given, owed).figures)
        for owed in policy.settings.reports
        if owed.kind != "trend"  # It says nothing of a single month.
    }
    return {**summary(given, month), "reports": reports}
