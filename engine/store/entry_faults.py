"""Finds cases of which the ledger does not say what their variables say."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from engine.bpmn import Execution, Saved
from engine.model import EngineError, Json, Sentence
from engine.policy import LoadedPolicy
from engine.store.entries import Entry, entry_of, grounds_of, keeper_of
from engine.store.facts import carried_facts
from engine.store.journal import case_stream
from engine.store.models import Case, LedgerEntry, SavedExecution
from engine.store.reading import Reading
from engine.store.verifying import Fault

#: People and units change by themselves; what is derived from them is not looked at.
_CHANGING = "directory"


def entry_faults(reading: Reading, case_ids: Sequence[int]) -> Iterator[Fault]:
    """Yield each entry that is missing, too much, or not what its case says."""
    kept = {
        row.case_id: row
        for row in reading.session.scalars(
            select(LedgerEntry).where(LedgerEntry.case_id.in_(case_ids))
        )
    }
    chosen = (
        select(Case, SavedExecution)
        .join(SavedExecution, SavedExecution.case_id == Case.id)
        .where(Case.id.in_(case_ids), Case.erased_at.is_(None))
        .order_by(Case.id)
    )
    for case, saved in reading.session.execute(chosen):
        policy = reading.loaded(case.deployment_id)
        row = kept.get(case.id)
        keeper = keeper_of(reading, case, policy)
        if row is None and keeper.settings.ledger is None:
            continue
        try:
            derived = _derived(reading, case, policy, saved)
        except EngineError:
            continue  # Told by who looks at what the case waits for.
        if derived is None or row is None:
            if (derived is None) != (row is None):
                yield _fault(case, _MISSING if row is None else _LEFT)
            continue
        for what in _differences(keeper, derived, row):
            yield _fault(case, _CHANGED, column=what)


def _derived(
    reading: Reading, case: Case, policy: LoadedPolicy, saved: SavedExecution
) -> Entry | None:
    state = Saved(state=saved.state, variables=saved.variables)
    execution = Execution.load(policy.definitions, state)
    names = {**execution.variables, **carried_facts(reading, case, policy)}
    grounds = grounds_of(reading, case, keeper_of(reading, case, policy), names)
    return None if grounds is None else entry_of(reading, grounds)[0]


def _differences(
    policy: LoadedPolicy, entry: Entry, row: LedgerEntry
) -> Iterator[str | Sentence]:
    """Yield the titles of what differs."""
    if (entry.state, entry.closed_at) != (row.state, row.closed_at):
        yield Sentence("its state")
    ledger, statistics = policy.settings.ledger, policy.settings.statistics
    columns = ledger.columns if ledger is not None else ()
    settled = {each.id: each.title for each in columns if _CHANGING not in each.value.reads}
    yield from _unequal(settled, entry.values, row.values)
    measures = {} if statistics is None else statistics.measures
    fixed = {key: key for key, each in measures.items() if _CHANGING not in each.reads}
    yield from _unequal(fixed, entry.measures, row.measures)


def _unequal(
    titles: Mapping[str, str], one: Mapping[str, Json], other: Mapping[str, Json]
) -> Iterator[str]:
    for key, title in titles.items():
        if one.get(key) != other.get(key):
            yield title


_MISSING = Sentence("Case {number} is to stand in the ledger, but it does not.")
_LEFT = Sentence("Case {number} stands in the ledger, but it is not to.")
_CHANGED = Sentence(
    "The ledger says of case {number} something else in {column} than the case itself."
)


def _fault(case: Case, sentence: Sentence, **values: str | Sentence) -> Fault:
    said = Sentence(sentence.template, {"number": case.number, **values})
    return Fault(case_stream(case.id), 0, said)
