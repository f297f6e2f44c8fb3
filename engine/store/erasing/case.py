"""Erases what belongs to a case: its row, its variables, what was entered and decided."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select

from engine.bpmn import without_tokens
from engine.model import Json
from engine.policy import LoadedPolicy
from engine.store import cases
from engine.store.entries import keeper_of
from engine.store.erasing.files import forget_documents
from engine.store.erasing.letters import erase_letters
from engine.store.erasing.naming import erase_names
from engine.store.erasing.vocabulary import Vocabulary, vocabulary_of
from engine.store.erasing.writings import erase_writings
from engine.store.models import (
    Case,
    DecisionTaken,
    Draft,
    LedgerEntry,
    MaskedHead,
    SavedExecution,
    Submission,
    Subscription,
    Task,
)
from engine.store.transaction import Transaction
from engine.store.values import dumps, loads


def erase(tx: Transaction, case: Case, policy: LoadedPolicy) -> Sequence[str]:
    """Erase what people entered, wrote and attached in a case that is over.

    The digests of what was entered stay, so that the journal's lines still fit. Return the
    digests of its files, to be deleted once this is committed.
    """
    words = vocabulary_of(tx, policy)
    _erase_variables(tx, case, policy, words)
    _erase_entered(tx, case)
    _erase_decisions(tx, case, words)
    erase_writings(tx, case)
    erase_letters(tx, case.id)
    erase_names(tx, case, policy, words)
    _erase_entry(tx, case, policy, words)
    digests = forget_documents(tx, case.id)
    case.title, case.customer, case.reason = case.number, None, None
    case.erased_at = case.updated_at = tx.now
    tx.session.execute(delete(MaskedHead).where(MaskedHead.case_id == case.id))
    cases.set_words(tx, case.id, [case.number])
    return digests


def _erase_variables(
    tx: Transaction, case: Case, policy: LoadedPolicy, words: Vocabulary
) -> None:
    saved = tx.session.get_one(SavedExecution, case.id)
    variables = words.kept(loads(saved.variables))
    for path in policy.settings.personal:
        _blank(variables, path.split("."))
    saved.variables = dumps(variables)
    saved.state = without_tokens(saved.state)
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


def _erase_entered(tx: Transaction, case: Case) -> None:
    tasks = select(Task.id).where(Task.case_id == case.id)
    mine = or_(Submission.case_id == case.id, Submission.task_id.in_(tasks))
    for entered in tx.session.scalars(select(Submission).where(mine)):
        entered.values, entered.erased_at = None, tx.now
    tx.session.execute(delete(Draft).where(Draft.task_id.in_(tasks)))
    tx.session.execute(delete(Subscription).where(Subscription.case_id == case.id))


def _erase_decisions(tx: Transaction, case: Case, words: Vocabulary) -> None:
    chosen = select(DecisionTaken).where(DecisionTaken.case_id == case.id)
    for decision in tx.session.scalars(chosen):
        decision.value = words.kept(decision.value)
        decision.tables = [_table(table, words) for table in decision.tables]


def _table(table: dict[str, Json], words: Vocabulary) -> Json:
    rules = [
        {**rule, "outputs": words.kept_of_pairs(rule["outputs"])} for rule in table["rules"]
    ]
    return {**table, "inputs": words.kept_of_pairs(table["inputs"]), "rules": rules}


def _erase_entry(
    tx: Transaction, case: Case, policy: LoadedPolicy, words: Vocabulary
) -> None:
    """Take out of the ledger what people wrote; what its figures count by stays."""
    entry = tx.session.get(LedgerEntry, case.id)
    settings = keeper_of(tx, case, policy).settings
    if entry is None or settings.ledger is None:
        return
    counted = settings.statistics.columns if settings.statistics else frozenset()
    texts = {each.id for each in settings.ledger.columns if each.kind == "text"}
    written = {
        name
        for name, value in entry.values.items()
        if name in texts - counted and not words.has(value)
    }
    if not words.has(entry.unit):
        entry.unit = None
    gone = written | settings.personal_columns
    entry.values = {
        name: None if name in gone else value for name, value in entry.values.items()
    }
