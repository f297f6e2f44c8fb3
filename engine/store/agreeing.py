"""Finds cases whose state and whose rows do not agree: on what it waits for, on the ledger.

Whatever moves a case on writes both in one transaction. Where they differ, somebody wrote
to the tables by other ways, or a backup was put together from parts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import or_, select

from engine.bpmn import Execution, Saved
from engine.model import EngineError, Sentence
from engine.store.entry_faults import entry_faults
from engine.store.jobs import OWED
from engine.store.journal import case_stream
from engine.store.models import Case, Incident, Job, SavedExecution, Subscription, Task
from engine.store.reading import Reading
from engine.store.verifying import Fault

_AT_ONCE = 500

#: What a token waits for, and the token.
_Wait = tuple[str, str | None]
#: The kinds of job that a token waits for, in the words of `Execution.awaited`.
_JOBS = {"timer": "timer", "work": "job"}


def find_disagreements(reading: Reading) -> list[Fault]:
    """Return every wait of a case that has no row, and every such row that has no wait.

    So it is with what the ledger says of a case, and what the case says itself.
    """
    cases = reading.session.scalars(select(Case.id).order_by(Case.id)).all()
    return [
        fault
        for first in range(0, len(cases), _AT_ONCE)
        for find in (_faults, entry_faults)
        for fault in find(reading, cases[first : first + _AT_ONCE])
    ]


def _faults(reading: Reading, case_ids: Sequence[int]) -> Iterator[Fault]:
    known = _rows(reading, case_ids)
    chosen = (
        select(
            Case.id,
            Case.number,
            Case.state.label("condition"),
            Case.deployment_id,
            SavedExecution.state,
            SavedExecution.variables,
        )
        .join(SavedExecution, SavedExecution.case_id == Case.id)
        .where(Case.id.in_(case_ids))
        .order_by(Case.id)
    )
    for case in reading.session.execute(chosen):
        awaited: Counter[_Wait] = Counter()
        if case.condition == "open":
            try:
                saved = Saved(state=case.state, variables=case.variables)
                awaited = _awaited(reading, case.deployment_id, saved)
            except EngineError as error:
                yield _fault(
                    case.id, _UNREADABLE, number=case.number, reason=error.sentence
                )
                continue
        found = known.get(case.id, Counter())
        for kind, token in awaited - found:
            yield _fault(case.id, _MISSING[kind], number=case.number, token=token)
        for kind, token in found - awaited:
            yield _fault(case.id, _LEFT[kind], number=case.number, token=token)


def _awaited(reading: Reading, deployment_id: int, saved: Saved) -> Counter[_Wait]:
    execution = Execution.load(reading.loaded(deployment_id).definitions, saved)
    return Counter((kind, token) for token, kind in execution.awaited.items())


def _rows(reading: Reading, case_ids: Sequence[int]) -> Mapping[int | None, Counter[_Wait]]:
    """Return by case what its rows say that it waits for."""
    found: dict[int | None, Counter[_Wait]] = {}
    given_up = select(Incident.job_id).where(
        Incident.state == "open", Incident.job_id.is_not(None)
    )
    tasks = select(Task.case_id, Task.token).where(
        Task.case_id.in_(case_ids), Task.state == "open"
    )
    jobs = select(Job.case_id, Job.token, Job.kind).where(
        Job.case_id.in_(case_ids),
        Job.kind.in_(_JOBS),
        or_(Job.state.in_(OWED), Job.id.in_(given_up)),
    )
    waits = select(Subscription.case_id, Subscription.token, Subscription.kind).where(
        Subscription.case_id.in_(case_ids)
    )
    for case_id, token in reading.session.execute(tasks):
        found.setdefault(case_id, Counter())["task", token] += 1
    for of_case, at, kind in reading.session.execute(jobs):
        found.setdefault(of_case, Counter())[_JOBS[kind], at] += 1
    for of_case, at, kind in reading.session.execute(waits):
        found.setdefault(of_case, Counter())[kind, at] += 1
    return found


_UNREADABLE = Sentence("Where case {number} stands cannot be read: {reason}")
_MISSING = {
    "task": Sentence("Case {number} waits at {token} for a task, but there is none."),
    "timer": Sentence("Case {number} waits at {token} for a timer, but there is none."),
    "job": Sentence("Case {number} waits at {token} for a job, but there is none."),
    "message": Sentence("Case {number} waits at {token} for a message that would miss it."),
    "signal": Sentence("Case {number} waits at {token} for a signal that would miss it."),
}
_LEFT = {
    "task": Sentence("Case {number} does not wait for its open task at {token}."),
    "timer": Sentence("Case {number} does not wait for its timer at {token}."),
    "job": Sentence("Case {number} does not wait for its job at {token}."),
    "message": Sentence("Case {number} does not wait for a message at {token} any more."),
    "signal": Sentence("Case {number} does not wait for a signal at {token} any more."),
}


def _fault(case_id: int, sentence: Sentence, **values: object) -> Fault:
    return Fault(case_stream(case_id), 0, Sentence(sentence.template, values))
