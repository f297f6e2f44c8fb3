"""Keeps the ledger in step with its cases; an entry is written only when it changes."""

from collections.abc import Mapping

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from engine.model import Json, Sentence
from engine.policy import LoadedPolicy
from engine.store.entries import Entry, entry_of, grounds_of, keeper_of, local_day
from engine.store.models import Case, LedgerEntry
from engine.store.transaction import Transaction

_ENTRIES = LedgerEntry.__table__
#: What stays as it was when the case was opened.
_FIXED = frozenset(
    {"case_id", "policy_key", "process_id", "opened_at", "opened_on", "month"}
)


def keep_entry(
    tx: Transaction, case: Case, policy: LoadedPolicy, names: Mapping[str, Json]
) -> list[Sentence]:
    """Let the ledger say what *case* has come to, and return what it cannot tell.

    Nothing is derived where nothing has changed that the entry comes from.
    """
    policy = keeper_of(tx, case, policy)
    grounds = grounds_of(tx, case, policy, names)
    if grounds is None:
        return []
    digest = grounds.digest
    if digest == case.entry_digest:
        return []
    entry, troubles = entry_of(tx, grounds)
    _write(tx, case, policy, entry)
    case.entry_digest = digest
    return troubles


def _write(tx: Transaction, case: Case, policy: LoadedPolicy, entry: Entry) -> None:
    opened_on = local_day(case.started_at, policy)
    row = {
        "case_id": case.id,
        "policy_key": case.policy_key,
        "process_id": case.process_id,
        "opened_at": case.started_at,
        "opened_on": opened_on,
        "month": f"{opened_on:%Y-%m}",
        "closed_at": entry.closed_at,
        "closed_on": local_day(entry.closed_at, policy) if entry.closed_at else None,
        "state": entry.state,
        "unit": entry.unit,
        "values": entry.values,
        "measures": dict(entry.measures),
    }
    tx.execute(_SET[tx.session.get_bind().dialect.name], row)


def _set_by(new: postgresql.Insert | sqlite.Insert) -> Executable:
    changing = [column.name for column in _ENTRIES.c if column.name not in _FIXED]
    return new.on_conflict_do_update(
        index_elements=[_ENTRIES.c.case_id],
        set_={name: new.excluded[name] for name in changing},
    )


_SET = {
    "sqlite": _set_by(sqlite.insert(_ENTRIES)),
    "postgresql": _set_by(postgresql.insert(_ENTRIES)),
}
