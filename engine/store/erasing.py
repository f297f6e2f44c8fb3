"""Erases the personal data of a case; what it counts for, and its journal, stay whole."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from engine.model import Json, Sentence
from engine.policy import LoadedPolicy
from engine.store import cases
from engine.store.models import (
    Case,
    CustomerLetter,
    Delivery,
    Draft,
    LedgerEntry,
    Notice,
    Policy,
    SavedExecution,
    Submission,
    Task,
    TrackingLink,
)
from engine.store.transaction import Transaction
from engine.store.values import dumps, loads

_YEAR = timedelta(days=365, hours=6)
_ERASED = Sentence("The words of this letter were erased.")


def overdue_for_erasure(tx: Transaction, most: int) -> Sequence[int]:
    """Return cases that ended longer ago than their policy keeps personal data."""
    found: list[int] = []
    for policy in tx.session.scalars(select(Policy).order_by(Policy.key)):
        if policy.active_deployment_id is None:
            continue
        retention = tx.loaded(policy.active_deployment_id).settings.retention
        if retention is not None:
            chosen = select(Case.id).where(
                Case.policy_key == policy.key,
                Case.state != "open",
                Case.ended_at < tx.now - retention.years * _YEAR,
                Case.erased_at.is_(None),
            )
            limited = chosen.order_by(Case.id).limit(most - len(found))
            found.extend(tx.session.scalars(limited))
    return found


def erase(tx: Transaction, case: Case, policy: LoadedPolicy) -> None:
    """Erase what names people in a case that is over, as the policy marks it.

    The digests of what was entered stay, so that the journal's lines still fit.
    """
    personal = policy.settings.personal
    _erase_variables(tx, case, personal)
    _erase_words(tx, case)
    _erase_entry(tx, case, policy)
    case.title, case.customer, case.erased_at = case.number, None, tx.now
    case.updated_at = tx.now


def _erase_variables(tx: Transaction, case: Case, personal: Sequence[str]) -> None:
    saved = tx.session.get_one(SavedExecution, case.id)
    variables = loads(saved.variables)
    for path in personal:
        _blank(variables, path.split("."))
    saved.variables = dumps(variables)
    saved.undo_task = saved.undo_state = saved.undo_variables = saved.undo_flows = None


def _blank(value: Json, path: Sequence[str]) -> None:
    """Let what lies at *path*, in each item of a list, be null."""
    if isinstance(value, list):
        for item in value:
            _blank(item, path)
    elif isinstance(value, dict) and path[0] in value:
        if len(path) == 1:
            value[path[0]] = None
        else:
            _blank(value[path[0]], path[1:])


def _erase_words(tx: Transaction, case: Case) -> None:
    run = tx.session.execute
    tasks = select(Task.id).where(Task.case_id == case.id)
    mine = or_(Submission.case_id == case.id, Submission.task_id.in_(tasks))
    for entered in tx.session.scalars(select(Submission).where(mine)):
        entered.values, entered.erased_at = None, tx.now
    run(delete(Draft).where(Draft.task_id.in_(tasks)))
    run(
        update(Notice)
        .where(Notice.case_id == case.id, Notice.kind == "letter")
        .values(title=None, body=None, sentence=_ERASED)
    )
    blank = {"title": "", "body": ""}
    run(update(CustomerLetter).where(CustomerLetter.case_id == case.id).values(blank))
    sent = update(Delivery).where(Delivery.case_id == case.id)
    run(sent.values(**blank, address=""))
    links = update(TrackingLink).where(TrackingLink.case_id == case.id)
    run(links.where(TrackingLink.ended_at.is_(None)).values(ended_at=tx.now))
    cases.set_words(tx, case.id, [case.number])


def _erase_entry(tx: Transaction, case: Case, policy: LoadedPolicy) -> None:
    """Take out of the ledger what a person could be known by; its figures stay."""
    entry = tx.session.get(LedgerEntry, case.id)
    ledger, settings = policy.settings.ledger, policy.settings
    if entry is None or ledger is None:
        return
    private = {path.partition(".")[0] for path in settings.personal}
    known = {each.id for each in ledger.columns if each.value.reads & private}
    entry.values = {
        key: None if key in known else value for key, value in entry.values.items()
    }
