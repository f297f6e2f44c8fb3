"""Tells who works on a case from who merely may see it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select

from engine.masking import NO_VEIL, Veil, numbers_at, personal_texts
from engine.model import Actor, Json
from engine.store.models import Case, Document, SavedExecution, Submission, Task
from engine.store.reading import Reading
from engine.store.values import loads
from engine.store.visibility import is_candidate, may_do

#: For how long a person sees the personal data of a case that they asked to see.
REVEALED_FOR = timedelta(minutes=15)
REVEAL = "RevealPersonalData"  #: The command by which they do.
_CHUNK = 500


def works_on(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the person works on a row of `Case`.

    Those are who registered it, who completed a task of it, who holds one now, and who
    could take one that waits. Whoever did a step that four eyes look at worked on it, too.
    """
    mine = or_(
        Task.completed_by == actor.login,
        and_(Task.state == "open", Task.assignee == actor.login),
        and_(Task.state == "open", Task.assignee.is_(None), may_do(actor).correlate(Task)),
    )
    return or_(
        Case.started_by == actor.login, exists().where(Task.case_id == Case.id, mine)
    )


def worked_on(reading: Reading, case_ids: Collection[int]) -> set[int]:
    """Return those of the cases that the asking person works on; all for the engine."""
    if "system" in reading.actor.rights:
        return set(case_ids)
    wanted = sorted(set(case_ids))
    found: set[int] = set()
    for begin in range(0, len(wanted), _CHUNK):
        some = wanted[begin : begin + _CHUNK]
        # Written out: a few hundred numbers are read faster than they are handed over.
        ids: BindParameter[Sequence[int]] = bindparam(
            "ids", some, expanding=True, literal_execute=True
        )
        chosen = select(Case.id).where(Case.id.in_(ids), works_on(reading.actor))
        found.update(reading.session.scalars(chosen))
    return found


def workers_among(
    reading: Reading, case: Case, people: Collection[Actor]
) -> frozenset[str]:
    """Return the logins of those of *people* who work on *case*, as `works_on` says."""
    logins = [person.login for person in people]
    did = select(Task.completed_by).where(
        Task.case_id == case.id, Task.completed_by.in_(logins)
    )
    found = {case.started_by, *reading.session.scalars(did)}
    waiting = reading.session.scalars(
        select(Task).where(Task.case_id == case.id, Task.state == "open")
    ).all()
    for task in waiting:
        if task.assignee is not None:
            found.add(task.assignee)
        else:
            found.update(each.login for each in people if is_candidate(each, task))
    return frozenset(found).intersection(logins)


def revealed_until(reading: Reading, case_id: int) -> datetime | None:
    """Return until when the asking person sees the personal data of a case; or None."""
    chosen = (
        select(Submission.at)
        .where(
            Submission.case_id == case_id,
            Submission.command == REVEAL,
            Submission.by == reading.actor.login,
            Submission.at > reading.now - REVEALED_FOR,
        )
        .order_by(Submission.at.desc())
        .limit(1)
    )
    at = reading.session.scalar(chosen)
    return None if at is None else at + REVEALED_FOR


def is_masked(reading: Reading, case: Case) -> bool:
    """Tell whether the asking person sees the personal data of *case* masked."""
    if not reading.loaded(case.deployment_id).settings.personal:
        return False
    if case.erased_at is not None or case.id in worked_on(reading, [case.id]):
        return False
    return revealed_until(reading, case.id) is None


def veil_of(reading: Reading, case: Case) -> Veil:
    """Return what lies over *case* for who does not work on it.

    It masks what is personal now, and what was when anybody entered something.
    """
    return veils_of(reading, {case.id: case.deployment_id})[case.id]


def veils_of(reading: Reading, cases: Mapping[int, int]) -> dict[int, Veil]:
    """Return what lies over each of these cases, given with the ids of their deployments.

    It asks for what hundreds of them know at once.
    """
    reading.meet_deployments(cases.values())
    marked = {
        case_id: personal
        for case_id, deployment_id in cases.items()
        if (personal := reading.loaded(deployment_id).settings.personal)
    }
    texts: dict[int, set[str]] = {case_id: set() for case_id in marked}
    for case_id, values in _all_values(reading, marked):
        texts[case_id].update(personal_texts(values, marked[case_id]))
    return {
        case_id: Veil(texts[case_id]) if case_id in texts else NO_VEIL for case_id in cases
    }


def shows_file(reading: Reading, document: Document) -> bool:
    """Tell whether the asking person is shown what is in a file of a case they see.

    A file that stands at a place which the policy marks as personal cannot be masked.
    """
    return document.id in shown_files(reading, [document])


def shown_files(reading: Reading, documents: Iterable[Document]) -> set[int]:
    """Return the ids of those of the files whose content the asking person is shown."""
    shown: set[int] = set()
    by_case: dict[int | None, set[int]] = {}
    for document in documents:
        by_case.setdefault(document.case_id, set()).add(document.id)
    for case_id, ids in by_case.items():
        shown |= ids - _hidden_files(reading, case_id)
    return shown


def _hidden_files(reading: Reading, case_id: int | None) -> set[int]:
    """Return the ids of the files that the asking person is not shown of a case."""
    case = None if case_id is None else reading.find_case(case_id)
    if case is None or not is_masked(reading, case):
        return set()
    personal = reading.loaded(case.deployment_id).settings.personal
    return {
        number
        for _, values in _all_values(reading, [case.id])
        for number in numbers_at(values, personal)
    }


def _all_values(reading: Reading, case_ids: Iterable[int]) -> Iterator[tuple[int, Json]]:
    """Yield what cases know, and all that was entered in them, each with its case."""
    wanted = sorted(case_ids)
    for begin in range(0, len(wanted), _CHUNK):
        some = wanted[begin : begin + _CHUNK]
        known = select(SavedExecution.case_id, SavedExecution.variables)
        saved = reading.session.execute(known.where(SavedExecution.case_id.in_(some)))
        yield from ((case_id, loads(variables)) for case_id, variables in saved)
        entered = select(Submission.case_id, Submission.values)
        rows = reading.session.execute(entered.where(Submission.case_id.in_(some)))
        yield from ((case_id, values or {}) for case_id, values in rows if case_id)
